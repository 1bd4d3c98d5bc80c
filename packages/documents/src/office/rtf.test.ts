import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UnreadableError } from '../reader.ts';
import { apart, outline, readWith } from '../testing/office-files.ts';
import { reader } from './rtf.ts';

const HEAD =
  '{\\rtf1\\ansi\\ansicpg1252\\deff0{\\fonttbl{\\f0\\fcharset0 Arial;}{\\f1\\fcharset204 Arial;}{\\f2\\fcharset128 MS Mincho;}{\\f3\\fcharset2 Symbol;}}' +
  '{\\stylesheet{\\s0 Normal;}{\\s1\\outlinelevel0 heading 1;}{\\s2 Title;}{\\s3 toc 1;}}';
const rtf = (body: string): Uint8Array => Buffer.from(`${HEAD}${body}}`, 'latin1');

const CASES: { name: string; body: string; blocks: string[]; asides?: string[] }[] = [
  {
    name: 'styles, outline levels and bold headings',
    body: '\\pard\\s2 Plan\\par\\pard\\s1 One\\par\\pard\\plain Text\\par\\pard\\outlinelevel1 Two\\par\\pard\\plain{\\b 3.1 Access}\\par',
    blocks: ['title Plan', 'heading1 One', 'paragraph Text', 'heading2 Two', 'heading3 [3.1] 3.1 Access'],
  },
  {
    name: 'characters: Unicode, code pages, symbols, escapes',
    body: "\\uc1 caf\\'e9 \\u8364?5 \\u-10187?\\u-8704? {\\f1 \\'cf\\'f0} {\\f2 \\'93\\'fa\\'96\\'7b} {\\f3 \\'b3} a\\~b c\\_d e\\-f \\{x\\\\y\\} \\emdash \\rquote\\tab z\\line w\\par",
    blocks: ['paragraph café €5 \ud835\ude00 Пр 日本 ≥ a\u00a0b c-d ef {x\\y} —’\tz\nw'],
  },
  {
    name: 'as many stand-ins as \\uc says are stepped over',
    body: '{\\uc2 \\u233??x}{\\uc0 \\u233 y}\\par',
    blocks: ['paragraph éxéy'],
  },
  {
    name: 'tables, nested ones as lines, cells of several paragraphs',
    body: '\\trowd\\pard\\intbl a\\cell b\\par c\\cell\\row\\trowd\\pard\\intbl d\\cell \\pard\\intbl before\\par\\pard\\intbl\\itap2 n1\\nestcell n2\\nestcell{\\*\\nesttableprops\\trowd\\nestrow}\\pard\\intbl e\\cell\\row\\pard After\\par',
    blocks: ['row a | b\nc', 'row d | before\nn1 | n2\ne', 'paragraph After'],
  },
  {
    name: 'list numbers as written, bullets without',
    body: "{\\listtext\\pard\\plain 1.1.\\tab}\\pard Encrypt.\\par{\\listtext\\pard\\plain\\f3 \\'b7\\tab}\\pard Bullet.\\par",
    blocks: ['item [1.1] Encrypt.', 'item Bullet.'],
  },
  {
    name: 'deleted and hidden text apart',
    body: '\\pard Use {\\deleted SSL}{\\revised TLS}{\\v  unseen}\\par',
    blocks: ['paragraph Use TLS'],
    asides: ['deleted SSL', 'hidden unseen'],
  },
  {
    name: 'fields, pictures, objects, unknown groups, text boxes',
    body:
      '\\pard See {\\field{\\*\\fldinst HYPERLINK "x"}{\\fldrslt clause 4}}{\\pict 0102abcd}{\\*\\unknown gone}{\\object{\\*\\objdata 00}{\\result  shown}}\\par' +
      '{\\shp{\\*\\shpinst{\\sp{\\sn x}{\\sv 1}}{\\shptxt Boxed\\par}}{\\shprslt again}}\\pard\\par',
    blocks: ['paragraph See clause 4 shown', 'paragraph Boxed'],
  },
  {
    name: 'notes, headers, comments',
    body: '{\\header City\\par}\\pard ISO 27001{\\chftn{\\footnote\\pard Of 2022.}}{\\*\\atnid A}{\\*\\annotation Why?}\\par',
    blocks: ['paragraph ISO 27001', 'footnote [1] Of 2022.'],
    asides: ['header City', 'comment Why?'],
  },
  { name: 'binary data that look like text', body: '\\pard a{\\pict\\bin5 }}{{}}b\\par', blocks: ['paragraph ab'] },
];

describe('rtf', () => {
  it.each(CASES)('$name', async ({ body, blocks, asides }) => {
    const document = await readWith(reader, rtf(body));
    expect(outline(document)).toEqual(blocks);
    expect(apart(document)).toEqual(asides ?? []);
    expect(document.problems).toEqual([]);
  });

  it('gives the properties', async () => {
    const document = await readWith(
      reader,
      rtf('{\\info{\\title Terms}{\\author City}{\\creatim\\yr2024\\mo3\\dy7\\hr9}}\\pard x\\par'),
    );
    expect(document.properties).toEqual({ title: 'Terms', author: 'City', created: '2024-03-07T09:00:00' });
    expect(document.title).toBe('Terms');
  });

  it('reads what stands before a break and says so', async () => {
    const document = await readWith(reader, rtf('\\pard Kept\\par\\pard also ke').subarray(0, -1));
    expect(document.text).toBe('Kept\nalso ke');
    expect(document.problems).toMatchObject([{ code: 'truncated' }]);
  });

  it('refuses groups without end', async () => {
    await expect(readWith(reader, rtf('{'.repeat(100_000)))).rejects.toMatchObject({ problem: { code: 'too-deep' } });
  });

  it('ends in order whatever it is given', async () => {
    const token = fc.constantFrom(
      '{',
      '}',
      '\\par',
      '\\cell',
      '\\row',
      '\\nestcell',
      '\\nestrow',
      '\\intbl',
      '\\pard',
      '\\u233',
      "\\'e9",
      "\\'",
      '\\',
      '\\*',
      '\\uc9',
      '\\bin3 ',
      '\\footnote',
      '\\fonttbl',
      '\\stylesheet',
      '\\f2',
      ' text ',
      '\\v',
      '\\deleted',
      '\\listtext',
      '\\info',
      '\\title',
      '\\upr',
      '\\*\\ud',
      '\\ansicpg99',
    );
    await fc.assert(
      fc.asyncProperty(fc.array(token, { maxLength: 40 }), async (tokens) => {
        try {
          const document = await readWith(reader, rtf(tokens.join('')));
          for (const block of document.blocks) expect(document.text.slice(block.start, block.end).trim()).not.toBe('');
        } catch (error) {
          if (!(error instanceof UnreadableError)) throw error;
        }
      }),
      { numRuns: 300 },
    );
  });
});
