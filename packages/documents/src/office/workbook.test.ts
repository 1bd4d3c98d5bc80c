import { describe, expect, it } from 'vitest';
import { openDocument, workbook } from '../testing/office-files.ts';
import { writeZip } from '../testing/zip-writer.ts';
import { readWorkbook } from './workbook.ts';

const STYLES =
  '<numFmts><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="9"/></cellXfs>';
const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const cellsOf = async (bytes: Uint8Array): Promise<string[]> =>
  (await readWorkbook(bytes)).grids.flatMap(({ name, cells }) =>
    cells.map(({ row, column, kind, text, formula }) =>
      [name, `${row}/${column}`, kind, JSON.stringify(text), ...(formula ? ['formula'] : [])].join(' '),
    ),
  );
const xlsx = (cells: string, after = ''): Uint8Array =>
  workbook([{ name: 'S', xml: `<sheetData>${cells}</sheetData>${after}` }], {
    strings: '<si><t>shared</t></si><si><r><t>rich </t></r><r><t>text</t></r><rPh><t>sound</t></rPh></si>',
    styles: STYLES,
  });
const row = (cells: string, more = ''): string => `<table:table-row${more}>${cells}</table:table-row>`;
const cell = (inner: string, more = ''): string => `<table:table-cell${more}>${inner}</table:table-cell>`;
const ods = (rows: string): Uint8Array =>
  openDocument('spreadsheet', `<table:table table:name="S">${rows}</table:table>`);

const CASES: [what: string, bytes: Uint8Array, cells: string[]][] = [
  [
    'texts, shared, rich and in place',
    xlsx(
      '<row r="2"><c r="B2" t="s"><v>0</v></c><c t="s"><v>1</v></c><c r="AA2" t="inlineStr"><is><t>here</t></is></c></row>',
    ),
    ['S 2/2 text "shared"', 'S 2/3 text "rich text"', 'S 2/27 text "here"'],
  ],
  [
    'numbers, percentages as their number, dates, truths',
    xlsx(
      '<row><c><v>0.1</v></c><c s="2"><v>0.5</v></c><c s="1"><v>46053</v></c><c t="b"><v>1</v></c><c t="d"><v>2026-01-31T00:00:00Z</v></c></row>',
    ),
    [
      'S 1/1 number "0.1"',
      'S 1/2 number "0.5"',
      'S 1/3 date "2026-01-31"',
      'S 1/4 boolean "TRUE"',
      'S 1/5 date "2026-01-31"',
    ],
  ],
  [
    'formulas with their last result, without one, and failed',
    xlsx(
      '<row><c t="str"><f>A1&amp;"x"</f><v>done</v></c><c><f>1+1</f></c><c t="e"><f>1/0</f><v>#DIV/0!</v></c><c t="str"><f>""</f><v></v></c></row>',
    ),
    ['S 1/1 text "done" formula', 'S 1/2 number "" formula', 'S 1/3 error "" formula', 'S 1/4 text "" formula'],
  ],
  [
    'OpenDocument: repeated cells and rows, lines, blanks',
    ods(
      row(cell('', ' table:number-columns-repeated="3"')) +
        row(
          cell('<text:p>a<text:s text:c="2"/>b</text:p><text:p>c</text:p>', ' office:value-type="string"') +
            cell('<text:p>x</text:p>', ' table:number-columns-repeated="2"'),
          ' table:number-rows-repeated="2"',
        ) +
        row(cell(''), ' table:number-rows-repeated="1048000"') +
        row(cell('<text:p>end</text:p>')),
    ),
    [
      'S 2/1 text "a  b\\nc"',
      'S 2/2 text "x"',
      'S 2/3 text "x"',
      'S 3/1 text "a  b\\nc"',
      'S 3/2 text "x"',
      'S 3/3 text "x"',
      'S 1048004/1 text "end"',
    ],
  ],
  [
    'OpenDocument: values of all types, and comments left out',
    ods(
      row(
        cell('<text:p>50 %</text:p>', ' office:value-type="percentage" office:value="0.5"') +
          cell('<text:p>31/01/26</text:p>', ' office:value-type="date" office:date-value="2026-01-31T00:00:00"') +
          cell('<text:p>WAHR</text:p>', ' office:value-type="boolean" office:boolean-value="true"') +
          cell(
            '<office:annotation><text:p>note</text:p></office:annotation><text:p>2</text:p>',
            ' table:formula="of:=1+1" office:value-type="float" office:value="2"',
          ) +
          cell(
            '<text:p>#REF!</text:p>',
            ' table:formula="of:=x" office:value-type="string" calcext:value-type="error"',
          ),
      ),
    ),
    [
      'S 1/1 number "0.5"',
      'S 1/2 date "2026-01-31"',
      'S 1/3 boolean "TRUE"',
      'S 1/4 number "2" formula',
      'S 1/5 error "" formula',
    ],
  ],
  [
    'delimited text: quotes, lines within them, the separator',
    bytesOf('a;"b; ""c""\nd";\n\n;=1+1;2,5\n'),
    [' 1/1 text "a"', ' 1/2 text "b; \\"c\\"\\nd"', ' 3/2 text "=1+1"', ' 3/3 text "2,5"'],
  ],
];

describe('a workbook as cells', () => {
  it.each(CASES)('reads %s', async (_, bytes, cells) => expect(await cellsOf(bytes)).toEqual(cells));

  it.each([
    ['Excel', xlsx('<row><c t="s"><v>0</v></c></row>', '<mergeCells><mergeCell ref="A1:C2"/></mergeCells>')],
    [
      'OpenDocument',
      ods(row(cell('<text:p>a</text:p>', ' table:number-columns-spanned="3" table:number-rows-spanned="2"'))),
    ],
  ])('says which cells of %s are joined', async (_, bytes) => {
    expect((await readWorkbook(bytes)).grids[0]?.merged).toEqual([{ top: 1, left: 1, bottom: 2, right: 3 }]);
  });

  it.each<[string, Uint8Array, string]>([
    ['nothing', new Uint8Array(), 'empty'],
    ['blanks', bytesOf(' \n'), 'empty'],
    ['a legacy workbook', oleWith('Workbook'), 'unsupported'],
    ['an encrypted workbook', oleWith('EncryptedPackage'), 'encrypted'],
    [
      'an encrypted OpenDocument',
      openDocument('spreadsheet', '', { manifest: '<manifest:encryption-data/>' }),
      'encrypted',
    ],
    ['another kind of document', openDocument('text', ''), 'unsupported'],
    ['a page', bytesOf('<!doctype html><html><body>x</body></html>'), 'unsupported'],
    ['a cut-off workbook', xlsx('<row><c><v>1</v></c></row>').slice(0, 900), 'truncated'],
    ['a broken sheet', workbook([{ name: 'S', xml: '<sheetData><row><c><v>1</v></row>' }]), 'corrupt'],
    ['a workbook without its main part', writeZip({ '_rels/.rels': '<x/>', 'xl/other.xml': '<x/>' }), 'corrupt'],
    [
      'a sheet of more cells than there are',
      ods(
        row(
          cell('<text:p>x</text:p>', ' table:number-columns-repeated="1000"'),
          ' table:number-rows-repeated="1000"',
        ).repeat(2),
      ),
      'too-large',
    ],
  ])('refuses %s', async (_, bytes, code) => {
    await expect(readWorkbook(bytes)).rejects.toMatchObject({ problem: { code } });
  });
});

/** The first bytes of a compound file with one stream's name in it. */
function oleWith(stream: string): Uint8Array {
  return new Uint8Array(
    Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(504), Buffer.from(stream, 'utf16le')]),
  );
}
