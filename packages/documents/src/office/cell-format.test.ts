import { describe, expect, it } from 'vitest';
import { numberKind, showNumber } from './cell-format.ts';

describe('numberKind', () => {
  it.each([
    [0, undefined, 'number'],
    [9, undefined, 'percent'],
    [14, undefined, 'date'],
    [20, undefined, 'time'],
    [22, undefined, 'datetime'],
    [164, 'dd/mm/yyyy', 'date'],
    [164, '[$-409]d\\-mmm\\-yy;@', 'date'],
    [164, 'yyyy"年"m"月"', 'date'],
    [164, 'dd.mm.yyyy hh:mm', 'datetime'],
    [164, '[h]:mm:ss', 'time'],
    [164, 'mm:ss.0', 'time'],
    [164, '0.0%', 'percent'],
    [164, '#,##0.00 "days"', 'number'],
    [164, '[Red]#,##0;[Blue]-#,##0', 'number'],
    [164, '_-* #,##0.00\\ "€"_-', 'number'],
    [164, 'General', 'number'],
  ] as const)('%d %s is a %s', (id, code, kind) => {
    expect(numberKind(id, code)).toBe(kind);
  });
});

describe('showNumber', () => {
  it.each([
    [0.1 + 0.2, 'number', false, '0.3'],
    [1_000_000, 'number', false, '1000000'],
    [0.125, 'percent', false, '12.5%'],
    [45_292, 'date', false, '2024-01-01'],
    [43_830, 'date', true, '2024-01-01'],
    [45_292.75, 'datetime', false, '2024-01-01 18:00'],
    [45_292, 'datetime', false, '2024-01-01'],
    [0.5, 'time', false, '12:00'],
    [-1, 'date', false, '-1'],
    [1e12, 'date', false, '1000000000000'],
    [Number.NaN, 'number', false, ''],
  ] as const)('%d as %s', (value, kind, from1904, expected) => {
    expect(showNumber(value, kind, from1904)).toBe(expected);
  });
});
