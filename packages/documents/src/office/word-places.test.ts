import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { p, readWith, wordFile } from '../testing/office-files.ts';
import { reader } from './docx.ts';
import { findWordPlaces, placeInText } from './word-places.ts';

/** Insides of a run: text with entities, and what shows one character. */
const inside = fc.constantFrom(
  '<w:t>one</w:t>',
  '<w:t xml:space="preserve"> two &amp; three </w:t>',
  '<w:t>&#233;&#x1F600;&lt;</w:t>',
  '<w:t><![CDATA[a<b]]>c</w:t>',
  '<w:t/>',
  '<w:tab/>',
  '<w:br/>',
  '<w:noBreakHyphen/>',
  '<w:lastRenderedPageBreak/>',
  '<!-- <w:t>no</w:t> -->',
);
const run = fc
  .tuple(fc.constantFrom('', '<w:rPr><w:b/></w:rPr>'), fc.array(inside, { maxLength: 4 }))
  .map(([properties, parts]) => `<w:r>${properties}${parts.join('')}</w:r>`);
const wrapped = fc
  .tuple(
    run,
    fc.constantFrom(
      ['', ''],
      ['<w:ins w:id="1">', '</w:ins>'],
      ['<w:hyperlink r:id="x">', '</w:hyperlink>'],
      ['<w:sdt><w:sdtPr><w:tag w:val="a>b"/></w:sdtPr><w:sdtContent>', '</w:sdtContent></w:sdt>'],
      [
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText><w:t>gone</w:t></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>',
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
      ],
      [
        '<mc:AlternateContent><mc:Choice Requires="a">',
        '</mc:Choice><mc:Fallback><w:r><w:t>twice</w:t></w:r></mc:Fallback></mc:AlternateContent>',
      ],
      ['<w:del w:id="2"><w:r><w:delText>old</w:delText></w:r></w:del>', ''],
    ),
  )
  .map(([inner, [before, after]]) => `${before}${inner}${after}`);
const paragraph = fc.array(wrapped, { maxLength: 4 }).map((parts) => p(parts.join('')));
const body = fc
  .array(
    fc.oneof(
      paragraph,
      paragraph.map((one) => `<w:tbl><w:tr><w:tc>${one}</w:tc></w:tr></w:tbl>`),
    ),
    { minLength: 1, maxLength: 4 },
  )
  .map((parts) => parts.join(''));

const shown = (raw: string): string =>
  raw
    .replace(/&#(x?)([\da-fA-F]+);/g, (_, hex, digits) => String.fromCodePoint(Number.parseInt(digits, hex ? 16 : 10)))
    .replace(/&lt;/g, '<')
    .replace(/&amp;/g, '&');

describe('findWordPlaces', () => {
  it('finds every anchored character where the reader says it stands', async () => {
    await fc.assert(
      fc.asyncProperty(body, async (inner) => {
        const document = await readWith(reader, wordFile({ body: inner }), {}, { anchors: true });
        const xml = `<w:document><w:body>${inner}</w:body></w:document>`;
        const { runs } = findWordPlaces(xml);
        for (const anchor of document.blocks.flatMap((block) => block.runs ?? [])) {
          const place = runs.find((one) => one.paragraph === anchor.paragraph && one.run === anchor.run);
          expect(place).toBeDefined();
          let at = 0;
          let text = '';
          for (const piece of place?.pieces ?? []) {
            const raw = xml.slice(piece.text?.inner ?? piece.start, piece.text?.innerEnd ?? piece.end);
            text += piece.text ? shown(raw.replace(/<!\[CDATA\[([\s\S]*?)\]\]>/g, '$1')) : ' ';
            at += piece.length;
          }
          expect(text).toHaveLength(at);
          const read = document.text.slice(anchor.start, anchor.end).replace(/[\t\n-]/g, ' ');
          expect(text.slice(anchor.offset, anchor.offset + read.length)).toBe(read);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('tells paragraphs of the body from those in tables, and where the body ends', () => {
    const xml = '<w:body><w:p/><w:tbl><w:tr><w:tc><w:p></w:p></w:tc></w:tr></w:tbl><w:sectPr/></w:body>';
    const { paragraphs, bodyEnd } = findWordPlaces(xml);
    expect([...paragraphs.values()].map(({ inBody }) => inBody)).toEqual([true, false]);
    expect(xml.slice(bodyEnd)).toBe('<w:sectPr/></w:body>');
  });

  it.each(['', '<', '<w:p', '</w:p></w:p>', '<w:p><w:r><w:t>', '<w:r></w:p>', '<w:p attr="', '<!-- <w:p>'])(
    'does not mind broken XML: %j',
    (xml) => {
      expect(() => findWordPlaces(xml)).not.toThrow();
    },
  );

  it('takes time in proportion to a hostile tag', () => {
    const xml = `<w:p ${'a="<" '.repeat(50_000)}`;
    expect(findWordPlaces(xml).runs).toEqual([]);
  });
});

describe('placeInText', () => {
  it.each([
    ['a&amp;b', 0, ''],
    ['a&amp;b', 1, 'a'],
    ['a&amp;b', 2, 'a&amp;'],
    ['a&amp;b', 3, 'a&amp;b'],
    ['&#x1F600;b', 2, '&#x1F600;'],
    ['a\r\nb', 2, 'a\r\n'],
    ['a & b', 3, 'a &'],
  ])('%s, %i', (raw, offset, before) => {
    expect(raw.slice(0, placeInText(raw, 0, raw.length, offset))).toBe(before);
  });
});
