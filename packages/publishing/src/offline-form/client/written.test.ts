import { describe, expect, it } from 'vitest';
import { answerText, fileName, numberOf, numberText, textOf } from './written.ts';

describe('a number as it is written', () => {
  it.each([
    ['', null],
    ['  ', null],
    ['14', 14],
    [' 14 ', 14],
    ['2,5', 2.5],
    ['2.5', 2.5],
    ['99.999', 99.999],
    ['-3', -3],
    ['2.', '2.'],
    ['1.000.000', '1.000.000'],
    ['1e5', '1e5'],
    ['0x10', '0x10'],
    ['14 days', '14 days'],
    ['Infinity', 'Infinity'],
    ['9'.repeat(400), '9'.repeat(400)],
  ])('%.20j', (written, value) => expect(numberOf(written)).toBe(value));
});

describe('a number as it is printed', () => {
  it.each([
    [14, 'en', '14'],
    [10_000, 'en', '10000'],
    [2.5, 'en', '2.5'],
    [99.999, 'nl', '99,999'],
    [-0.5, 'de', '-0,5'],
    [12_345.678, 'fr', '12345,678'],
  ])('%d in %s', (value, language, text) => {
    expect(numberText(value, language)).toBe(text);
    expect(numberOf(text)).toBe(value);
  });
});

describe('a text as it is written', () => {
  it.each([
    ['', null],
    [' \n\t', null],
    ['a ', 'a '],
    ['a\r\nb\rc', 'a\nb\nc'],
  ])('%j', (written, value) => expect(textOf(written)).toBe(value));
});

describe('an answer as it is read', () => {
  const question = { choices: [{ id: 'well', text: 'Very well' }], unit: 'days' };
  it.each([
    [null, ''],
    [undefined, ''],
    ['', ''],
    [true, 'yes'],
    [false, 'no'],
    [0, '0 days'],
    ['well', 'Very well'],
    ['other', 'other'],
  ])('%j', (value, text) => expect(answerText(question, value, { say: (id) => id, language: 'en' })).toBe(text));
});

describe('a file name', () => {
  it.each([
    [['T-1', 'Ünïcode & Söhne'], 't-1-unicode-sohne.json'],
    [['../../etc/passwd', null], 'etc-passwd.json'],
    [['漢字'], 'answers.json'],
    [['CON', ''], 'con.json'],
    [['a'.repeat(200)], `${'a'.repeat(80)}.json`],
  ])('of %.40j', (words, name) => expect(fileName(words, 'json')).toBe(name));
});
