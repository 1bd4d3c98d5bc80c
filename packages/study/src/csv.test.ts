import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvCell, csvLine, csvText, parseCsv, parseCsvObjects } from './csv.ts';

describe('csvCell', () => {
  it.each([
    ['plain', 'plain'],
    ['', ''],
    ['a,b', '"a,b"'],
    ['say "yes"', '"say ""yes"""'],
    ['two\nlines', '"two\nlines"'],
    [' padded ', '" padded "'],
    ['=1+1', "'=1+1"],
    ['+cmd|calc', "'+cmd|calc"],
    ['-2+3', "'-2+3"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\t=1', "'\t=1"],
    ['=HYPERLINK("http://x","y")', '"\'=HYPERLINK(""http://x"",""y"")"'],
    ['-1', '-1'],
    ['+0.5', '+0.5'],
    ['é–漢字', 'é–漢字'],
  ])('writes %j as %j', (value, cell) => {
    expect(csvCell(value)).toBe(cell);
  });
});

describe('parseCsv', () => {
  it.each([
    [
      'a,b\r\nc,d\r\n',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    [
      'a,b\nc,d',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    [
      '\uFEFFa;b\n1,5;2\n',
      [
        ['a', 'b'],
        ['1,5', '2'],
      ],
    ],
    [
      'a\tb\nc\td\n',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    ['a,"b,\n""c"""\n', [['a', 'b,\n"c"']]],
    [
      'a,\n,b\n',
      [
        ['a', ''],
        ['', 'b'],
      ],
    ],
    ['a,b,', [['a', 'b', '']]],
    ['\n\na\n', [['a']]],
    ['"never closed,\nx', [['never closed,\nx']]],
    ['"a"b,c\n', [['ab', 'c']]],
    ['', []],
  ])('reads %j', (text, records) => {
    expect(parseCsv(text)).toEqual(records);
  });

  it('reads back whatever was written', () => {
    const cell = fc.string({ unit: 'grapheme' }).filter((text) => !/^'[=+\-@\t\r]/.test(text));
    const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1 });
    fc.assert(
      fc.property(table, (rows) => {
        // The first line decides the separator, so it is a header, as in every file written here.
        expect(parseCsv(csvText(['a', 'b'], rows)).slice(1)).toEqual(rows);
      }),
    );
  });

  it('never lets a cell begin as a formula', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const written = csvCell(text).replace(/^"/, '');
        expect(/^[=+\-@\t\r]/.test(written) && !/^[+-]?\d+(\.\d+)?$/.test(written)).toBe(false);
      }),
    );
  });
});

describe('parseCsvObjects', () => {
  it('names cells by the first line and fills what is missing', () => {
    expect(parseCsvObjects('Address, Country \nhttps://a.example/x.pdf,NL\nb.pdf\n')).toEqual([
      { address: 'https://a.example/x.pdf', country: 'NL' },
      { address: 'b.pdf', country: '' },
    ]);
  });
});

describe('csvLine', () => {
  it('keeps a record of one empty cell', () => expect(csvLine([''])).toBe('""\r\n'));
});
