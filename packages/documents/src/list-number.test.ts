import { describe, expect, it } from 'vitest';
import { htmlListNumber, listNumber } from './list-number.ts';

describe('listNumber', () => {
  it.each([
    [7, 'decimal', '7'],
    [7, 'decimalZero', '07'],
    [12, 'decimalZero', '12'],
    [1, 'lowerLetter', 'a'],
    [26, 'upperLetter', 'Z'],
    [27, 'lowerLetter', 'aa'],
    [53, 'lowerLetter', 'aaa'],
    [4, 'lowerRoman', 'iv'],
    [1994, 'upperRoman', 'MCMXCIV'],
    [2, 'ordinal', '2nd'],
    [11, 'ordinal', '11th'],
    [23, 'ordinal', '23rd'],
    [3, 'decimalEnclosedCircle', '③'],
    [12, 'decimalFullWidth', '１２'],
    [1, 'aiueo', 'ア'],
    [2, 'iroha', 'ロ'],
    [21, 'japaneseCounting', '二十一'],
    [10, 'japaneseCounting', '十'],
    [2, 'russianLower', 'б'],
    [5, 'bullet', ''],
    [5, 'none', ''],
    [5, 'something new', '5'],
    [0, 'lowerLetter', '0'],
    [5000, 'upperRoman', '5000'],
  ])('%d as %s is %s', (value, format, expected) => {
    expect(listNumber(value, format)).toBe(expected);
  });
});

describe('htmlListNumber', () => {
  it.each([
    [3, '1', '3'],
    [2, 'a', 'b'],
    [28, 'A', 'AB'],
    [703, 'a', 'aaa'],
    [0, 'a', '0'],
    [4, 'i', 'iv'],
    [400, 'I', 'CD'],
    [2, 'toString', '2'],
  ])('%d in a list of type %s is %s', (value, style, expected) => {
    expect(htmlListNumber(value, style)).toBe(expected);
  });
});
