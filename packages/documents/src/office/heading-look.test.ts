import { describe, expect, it } from 'vitest';
import type { Look } from './heading-look.ts';
import { headingByLook, printedNumber } from './heading-look.ts';

describe('printedNumber', () => {
  it.each([
    ['3.2.1 The supplier', '3.2.1'],
    ['3. Scope', '3'],
    ['12) Scope', '12'],
    ['A.1 Scope', 'A.1'],
    ['V2.10 Verify', 'V2.10'],
    ['IV. Scope', 'IV'],
    ['B) Scope', 'B'],
    ['Article 5 – Scope', 'Article 5'],
    ['ANNEX II', 'ANNEX II'],
    ['Bijlage A Dreigingen', 'Bijlage A'],
    ['1.0 \tPurpose', '1.0'],
    ['X.509 certificates', null],
    ['TLS1.2 is required', null],
    ['I am a supplier', null],
    ['2.5.', null],
    ['Part of the system', null],
    ['2024-01-01', null],
    ['', null],
  ])('%s', (text, number) => {
    expect(printedNumber(text)).toBe(number);
  });
});

describe('headingByLook', () => {
  const look = (text: string, more: Partial<Look> = {}): Look => ({
    text,
    bold: false,
    caps: false,
    large: false,
    number: null,
    ilvl: 0,
    ...more,
  });

  it.each([
    [look('Access control', { bold: true }), 2],
    [look('ACCESS CONTROL', { bold: true }), 1],
    [look('Access control', { bold: true, large: true }), 1],
    [look('Access control', { bold: true, number: '4' }), 1],
    [look('Access control', { bold: true, number: '4.2' }), 2],
    [look('Access control', { bold: true, number: '(a)', ilvl: 2 }), 3],
    [look('4.2.1\tAccess control', { bold: true }), 3],
    [look('4 ACCESS CONTROL'), 1],
    [look('4. Access control:', { bold: true }), 1],
    [look('Access control'), null],
    [look('ACCESS CONTROL'), null],
    [look('Name:', { bold: true }), null],
    [look('The supplier shall encrypt.', { bold: true }), null],
    [look('first,', { bold: true }), null],
    [look('- a point', { bold: true }), null],
    [look('a\tb', { bold: true }), null],
    [look('12', { bold: true }), null],
    [look(`Access ${'control '.repeat(20)}`, { bold: true }), null],
    [look('1 Introduction ..... 7', { bold: true }), null],
    [look('Introduction\t7', { bold: true }), null],
  ])('%o', (given, level) => {
    expect(headingByLook(given)).toBe(level);
  });
});
