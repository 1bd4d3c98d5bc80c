import { describe, expect, it } from 'vitest';
import { apart, outline, readWith, workbook } from '../testing/office-files.ts';
import { reader } from './xlsx.ts';

const STRINGS = ['Requirement', 'Answer', 'Encrypt data', 'yes', 'Section one']
  .map((text) => `<si><t>${text}</t></si>`)
  .concat('<si><r><t>rich </t></r><r><t>text_x000D_</t></r><rPh><t>phonetic</t></rPh></si>')
  .join('');
const STYLES =
  '<numFmts><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/></numFmts><fonts><font/><font><b/></font></fonts><cellStyleXfs><xf numFmtId="9"/></cellStyleXfs><cellXfs><xf numFmtId="0" fontId="0"/><xf numFmtId="164" fontId="0"/><xf numFmtId="0" fontId="1"/></cellXfs>';
const data = (...rows: string[]): string => `<sheetData>${rows.join('')}</sheetData>`;
const row = (cells: string, more = ''): string => `<row${more}>${cells}</row>`;
const s = (ref: string, index: number, more = ''): string => `<c r="${ref}" t="s"${more}><v>${index}</v></c>`;
const n = (ref: string, value: string, more = ''): string => `<c r="${ref}"${more}><v>${value}</v></c>`;

describe('xlsx', () => {
  it('gives a heading for a sheet, then its rows', async () => {
    const document = await readWith(
      reader,
      workbook(
        [
          {
            name: 'Demands',
            xml: data(
              row(s('A1', 0) + s('B1', 1)),
              row(`${s('A3', 2)}<c r="B3" t="inlineStr"><is><t>inline</t></is></c>`),
              row(
                `<c r="A4" t="str"><f>A1&amp;"x"</f><v>formula</v></c>${n('B4', '45292', ' s="1"')}<c r="C4" t="b"><v>1</v></c><c r="D4" t="e"><v>#REF!</v></c>`,
              ),
              row(s('B5', 5)),
              row('<c r="A6"/>'),
            ),
          },
          { name: 'Empty', xml: data() },
          { name: 'Prices', xml: data(row(n('A1', '1.10') + n('B1', '2'))) },
        ],
        { strings: STRINGS, styles: STYLES },
      ),
    );
    expect(outline(document)).toEqual([
      'heading1 Demands',
      'row Requirement | Answer',
      'row Encrypt data | inline',
      'row formula | 2024-01-01 | TRUE',
      'paragraph rich text',
      'heading1 Prices',
      'row 1.1 | 2',
    ]);
    expect(document.blocks.map((block) => block.page)).toEqual([1, 1, 1, 1, 1, 3, 3]);
    expect(document.pages).toBe(3);
    expect(document.problems).toEqual([]);
  });

  it('keeps hidden sheets, rows and columns apart', async () => {
    const document = await readWith(
      reader,
      workbook(
        [
          {
            name: 'A',
            xml: `<cols><col min="2" max="3" hidden="1"/></cols>${data(row(s('A1', 0) + s('B1', 1)), row(s('A2', 2), ' hidden="1"'))}`,
          },
          { name: 'B', state: 'veryHidden', xml: data(row(s('A1', 3))) },
        ],
        { strings: STRINGS },
      ),
    );
    expect(outline(document)).toEqual(['heading1 A', 'paragraph Requirement']);
    expect(apart(document)).toEqual(['hidden Answer', 'hidden Encrypt data', 'hidden yes']);
  });

  it('takes a bold line alone in its row for a heading when rows follow it', async () => {
    const bold = ' s="2"';
    const document = await readWith(
      reader,
      workbook(
        [
          {
            name: 'A',
            xml: data(
              row(s('A1', 0, bold)),
              row(s('A2', 4, bold)),
              row(s('A3', 2) + s('B3', 3)),
              row(s('A4', 1, bold)),
            ),
          },
        ],
        {
          strings: STRINGS,
          styles: STYLES,
        },
      ),
    );
    expect(outline(document)).toEqual([
      'heading1 A',
      'paragraph Requirement',
      'heading3 Section one',
      'row Encrypt data | yes',
      'paragraph Answer',
    ]);
  });

  it('says which sheet was cut and reads the next', async () => {
    const rows = Array.from({ length: 50_010 }, () => row('<c t="inlineStr"><is><t>x</t></is></c>'));
    const document = await readWith(
      reader,
      workbook([
        { name: 'Big', xml: data(...rows) },
        { name: 'Small', xml: data(row(n('A1', '7'))) },
      ]),
    );
    expect(document.problems).toEqual([
      { code: 'cut', message: 'Sheet "Big" has 50010 rows with text; the first 50000 were read.', fatal: false },
    ]);
    expect(document.text.endsWith('Small\n7')).toBe(true);
  });
});
