import { crc32 as zlibCrc32 } from 'node:zlib';
import { Workbook } from '@cj-tech-master/excelts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { workbook } from './workbook.ts';
import { crc32, storedZip } from './zip.ts';

async function cellsOf(bytes: Uint8Array): Promise<unknown[][]> {
  const book = new Workbook();
  await book.xlsx.load(bytes);
  return book.worksheets.map((sheet) => {
    const cells: unknown[] = [];
    sheet.eachRow((row) => row.eachCell({ includeEmpty: true }, (cell) => cells.push(cell.value)));
    return cells;
  });
}
const book = (...texts: string[]): Uint8Array =>
  workbook([{ name: 'One', widths: [20], rows: texts.map((text) => [text]) }]);

describe('the checksum of zip', () => {
  it('is that of zlib', () =>
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 500 }), (bytes) => {
        expect(crc32(bytes)).toBe(zlibCrc32(bytes));
      }),
    ));
});

describe('the workbook', () => {
  it.each([
    ['=1+1'],
    ['=HYPERLINK("http://example.org")'],
    ['+1'],
    ['-1'],
    ['@SUM(A1)'],
    ['<b>&amp;"\''],
    ['two\nlines'],
    [' kept blanks '],
    ['é😀漢'],
  ])('holds %j as that very text', async (text) => {
    expect(await cellsOf(book('head', text))).toEqual([['head', text]]);
  });

  it('holds no formula, and marks every text as text for who edits it', () => {
    const xml = Buffer.from(book('head', '=1+1')).toString('latin1');
    expect(xml).not.toMatch(/<f>/);
    expect(xml).toContain('<c r="A2" s="1" t="inlineStr">');
    expect(xml.match(/quotePrefix="1"/g)).toHaveLength(2);
  });

  it('writes what looks like an escape of Office so that it stays text', () => {
    expect(Buffer.from(book('_x0041_')).toString('latin1')).toContain('_x005F_x0041_');
  });

  it('leaves out what XML cannot hold', async () => {
    expect(await cellsOf(book('a\u0000b\u001b\ufffec'))).toEqual([['abc']]);
  });

  it('has sheets, numbers and names as given', async () => {
    const bytes = workbook([
      {
        name: 'A & B',
        widths: [5],
        rows: [
          ['n', 'x'],
          [7, 2.5],
        ],
      },
      { name: 'Two', widths: [], rows: [] },
    ]);
    const read = new Workbook();
    await read.xlsx.load(bytes);
    expect(read.worksheets.map(({ name }) => name)).toEqual(['A & B', 'Two']);
    expect(read.worksheets[0]?.getCell('B2').value).toBe(2.5);
  });

  it('is the same bytes each time', () => expect(book('a')).toEqual(book('a')));
});

describe('an archive', () => {
  it('without entries is the end of its directory alone', () => expect(storedZip([])).toHaveLength(22));
});
