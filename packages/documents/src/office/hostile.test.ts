import { describe, expect, it } from 'vitest';
import type { Document, ProblemCode } from '../model.ts';
import type { FormatReader, Limits } from '../reader.ts';
import { UnreadableError } from '../reader.ts';
import { openDocument, p, presentation, r, readWith, shape, wordFile, workbook } from '../testing/office-files.ts';
import { writeZip } from '../testing/zip-writer.ts';
import { reader as docx } from './docx.ts';
import { reader as odf } from './odf.ts';
import { reader as pptx } from './pptx.ts';
import { reader as rtf } from './rtf.ts';
import { reader as xlsx } from './xlsx.ts';

const SMALL: Partial<Limits> = { maxInflatedBytes: 8_000_000, maxChars: 100_000, maxBlocks: 1_000, maxPages: 20 };
const deep = (element: string, inner = ''): string =>
  `<${element}>`.repeat(10_000) + inner + `</${element}>`.repeat(10_000);
const LAUGHS = `<!DOCTYPE x [<!ENTITY a "lol">${'bcdefghij'
  .split('')
  .map((name, index) => `<!ENTITY ${name} "${`&${'abcdefghi'[index]};`.repeat(10)}">`)
  .join('')}]>`;
const rows = (count: number, inner: string): string => `<row>${inner}</row>`.repeat(count);

const HOSTILE: [string, FormatReader, () => Uint8Array, ProblemCode][] = [
  ['docx: a part that inflates without end', docx, () => wordFile({ body: p(r(' '.repeat(9_000_000))) }), 'too-large'],
  ['docx: 10,000 elements deep', docx, () => wordFile({ body: deep('w:sdt', p(r('x'))) }), 'too-deep'],
  ['docx: 10,000 tables deep', docx, () => wordFile({ body: deep('w:tbl') }), 'too-deep'],
  ['docx: one paragraph without end', docx, () => wordFile({ body: p(r('word '.repeat(1_000_000))) }), 'cut'],
  ['docx: a million paragraphs', docx, () => wordFile({ body: p(r('x')).repeat(100_000) }), 'cut'],
  [
    'docx: deletions without end',
    docx,
    () => wordFile({ body: p(`<w:del>${r('x'.repeat(500))}</w:del>`).repeat(1_000) }),
    'cut',
  ],
  [
    'docx: comments without end',
    docx,
    () =>
      wordFile({ body: p(r('x')), comments: `<w:comment w:id="1">${p(r('y'.repeat(5_000)))}</w:comment>`.repeat(100) }),
    'cut',
  ],
  ['docx: a tag without end', docx, () => wordFile({ body: `<w:p a="${'x'.repeat(5_000_000)}"/>` }), 'cut'],
  [
    'docx: a note called without end',
    docx,
    () =>
      wordFile({ body: `${p('<w:r><w:footnoteReference w:id="1"/></w:r>'.repeat(60_000))}${p(r('x')).repeat(2_000)}` }),
    'cut',
  ],
  [
    'docx: cells without end',
    docx,
    () => wordFile({ body: `<w:tbl><w:tr>${'<w:tc><w:p/></w:tc>'.repeat(60_000)}</w:tr></w:tbl>` }),
    'cut',
  ],
  [
    'odt: a frame without end',
    odf,
    () => openDocument('text', `<draw:text-box>${'<text:p>x</text:p>'.repeat(60_000)}</draw:text-box>`),
    'cut',
  ],
  ['docx: not well-formed', docx, () => wordFile({ body: `${p(r('x'))}<w:p><w:r><w:t>y</w:p>` }), 'corrupt'],
  [
    'xlsx: one line without end in a cell',
    xlsx,
    () =>
      workbook([
        {
          name: 'A',
          xml: `<sheetData>${rows(1, `<c t="inlineStr"><is><t>${'x'.repeat(7_000_000)}</t></is></c>`)}</sheetData>`,
        },
      ]),
    'cut',
  ],
  [
    'xlsx: a small text shown in every cell',
    xlsx,
    () =>
      workbook([{ name: 'A', xml: `<sheetData>${rows(900, '<c t="s"><v>0</v></c>'.repeat(10))}</sheetData>` }], {
        strings: `<si><t>${'x'.repeat(1_000)}</t></si>`,
      }),
    'cut',
  ],
  [
    'xlsx: shared texts without end',
    xlsx,
    () =>
      workbook([{ name: 'A', xml: '<sheetData/>' }], { strings: `<si><t>${'x'.repeat(1_000)}</t></si>`.repeat(1_000) }),
    'cut',
  ],
  [
    'xlsx: a thousand sheets',
    xlsx,
    () => workbook(Array.from({ length: 1_000 }, (_, index) => ({ name: `S${index}`, xml: '<sheetData/>' }))),
    'cut',
  ],
  [
    'pptx: a thousand slides',
    pptx,
    () => presentation(Array.from({ length: 500 }, () => ({ shapes: shape(['x']) }))),
    'cut',
  ],
  ['pptx: groups without end', pptx, () => presentation([{ shapes: deep('p:grpSp') }]), 'too-deep'],
  ['odt: lists without end', odf, () => openDocument('text', deep('text:list')), 'too-deep'],
  [
    'odt: spaces without end',
    odf,
    () => openDocument('text', '<text:p>x<text:s text:c="999999999"/>y</text:p>'.repeat(1_000)),
    'cut',
  ],
  [
    'ods: a row repeated 1,048,576 times',
    odf,
    () =>
      openDocument(
        'spreadsheet',
        '<table:table table:name="S"><table:table-row table:number-rows-repeated="1048576"><table:table-cell table:number-columns-repeated="16384"><text:p>x</text:p></table:table-cell></table:table-row></table:table>',
      ),
    'cut',
  ],
  ['rtf: one paragraph without end', rtf, () => Buffer.from(`{\\rtf1 ${'word '.repeat(100_000)}}`), 'cut'],
  ['rtf: groups without end', rtf, () => Buffer.from(`{\\rtf1 ${'{'.repeat(1_000_000)}`), 'too-deep'],
  ['not a Word file', docx, () => writeZip({ 'readme.txt': 'x' }), 'corrupt'],
];

async function problems(
  reader: FormatReader,
  bytes: Uint8Array,
): Promise<{ codes: ProblemCode[]; document: Document | null }> {
  try {
    const document = await readWith(reader, bytes, SMALL);
    return { codes: document.problems.map((problem) => problem.code), document };
  } catch (error) {
    if (error instanceof UnreadableError) return { codes: [error.problem.code], document: null };
    throw error;
  }
}

describe('hostile office files', () => {
  it.each(HOSTILE)('%s', async (_, reader, make, code) => {
    const { codes, document } = await problems(reader, make());
    expect(codes).toContain(code);
    if (document) {
      expect(document.text.length).toBeLessThanOrEqual(100_000);
      expect(document.blocks.length).toBeLessThanOrEqual(1_000);
      expect(document.asides.reduce((sum, aside) => sum + aside.text.length, 0)).toBeLessThanOrEqual(100_000);
    }
  });

  it('expands no entities', async () => {
    const bytes = writeZip({
      'word/document.xml': `${LAUGHS}<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>${p(r('&j;'))}</w:body></w:document>`,
    });
    expect((await readWith(docx, bytes)).text).toBe('&j;');
  });

  it('does not open archives in archives', async () => {
    const inner = writeZip({ 'a.bin': new Uint8Array(5_000_000) });
    const bytes = writeZip([
      {
        name: 'word/document.xml',
        data: '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body/></w:document>',
      },
      { name: 'word/embeddings/a.zip', data: inner },
    ]);
    const { codes } = await problems(docx, bytes);
    expect(codes).toEqual(['external']);
  });

  it.each([0.3, 0.6, 0.9])('reads the first %d of a Word file, or says what is wrong', async (share) => {
    const body = Array.from({ length: 2_000 }, (_, index) => p(r(`Clause ${index * 7919}`))).join('');
    const whole = wordFile({ body });
    const { codes, document } = await problems(docx, whole.subarray(0, Math.floor(whole.length * share)));
    expect(codes).toContain('truncated');
    expect(document?.text.startsWith('Clause 0\nClause 7919\n')).toBe(true);
  });
});
