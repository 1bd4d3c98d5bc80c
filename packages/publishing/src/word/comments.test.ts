import { DEFAULT_LIMITS, parse, type RunAnchor, Zip } from '@proviso/documents';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { wordFile } from '../../../documents/src/testing/office-files.ts';
import { annotateWord, type WordNote, withoutAnnotations } from './comments.ts';

const DATE = '2026-11-26T09:00:00Z';
const inside = fc.constantFrom(
  '<w:t>alpha beta</w:t>',
  '<w:t xml:space="preserve"> gamma &amp; delta </w:t>',
  '<w:t>&#233;t&#xE9; &#x1F600;</w:t>',
  '<w:tab/>',
  '<w:br/>',
);
const run = fc
  .tuple(
    fc.constantFrom('', '<w:rPr><w:b/><w:rPrChange w:id="9" w:author="A"><w:rPr><w:i/></w:rPr></w:rPrChange></w:rPr>'),
    fc.array(inside, { minLength: 1, maxLength: 3 }),
  )
  .map(([properties, parts]) => `<w:r>${properties}${parts.join('')}</w:r>`);
const paragraph = fc
  .array(
    fc.oneof(
      run,
      run.map((one) => `<w:ins w:id="7" w:author="B">${one}</w:ins>`),
      run.map((one) => `<w:sdt><w:sdtContent>${one}</w:sdtContent></w:sdt>`),
      fc.constant('<w:del w:id="8" w:author="C"><w:r><w:delText>struck</w:delText></w:r></w:del>'),
    ),
    { minLength: 1, maxLength: 3 },
  )
  .map((parts) => `<w:p>${parts.join('')}</w:p>`);
const body = fc
  .array(
    fc.oneof(
      paragraph,
      paragraph.map((one) => `<w:tbl><w:tr><w:tc>${one}</w:tc></w:tr></w:tbl>`),
    ),
    {
      minLength: 1,
      maxLength: 3,
    },
  )
  .map((parts) => `${parts.join('')}<w:sectPr/>`);

const read = (file: Uint8Array, name: string): string => {
  const zip = new Zip(file, DEFAULT_LIMITS);
  const entry = zip.get(name);
  return entry ? new TextDecoder().decode(zip.read(entry)) : '';
};

/** Every part by name: what a file holds, however it is packed. */
const content = (file: Uint8Array): [string, string][] =>
  new Zip(file, DEFAULT_LIMITS).entries.map(({ name }) => [name, read(file, name)]);

/** The anchors of the characters from `start` to `end`, as the lint command makes them. */
function anchorsBetween(blocks: readonly { runs?: RunAnchor[] }[], start: number, end: number): RunAnchor[] {
  return blocks
    .flatMap((block) => block.runs ?? [])
    .filter((one) => one.start < end && start < one.end)
    .map((one) => {
      const from = Math.max(start, one.start);
      return { ...one, start: from, end: Math.min(end, one.end), offset: one.offset + from - one.start };
    });
}

/** What stands between a comment's marks, without markup: entities as they are written, breaks as one blank. */
function commented(xml: string, id: number): string {
  const inner =
    xml.split(`<w:commentRangeStart w:id="${id}"/>`)[1]?.split(`<w:commentRangeEnd w:id="${id}"/>`)[0] ?? '';
  return inner
    .replace(/<w:del .*?<\/w:del>/g, '')
    .replace(/<w:(?:tab|br)\/>/g, ' ')
    .replace(/<[^>]*>/g, '')
    .replace(/&#(x?)([\da-fA-F]+);/g, (_, hex, digits) => String.fromCodePoint(Number.parseInt(digits, hex ? 16 : 10)))
    .replace(/&amp;/g, '&');
}

describe('annotateWord', () => {
  it('puts each comment on its exact words, and taking all out gives every original part', async () => {
    await fc.assert(
      fc.asyncProperty(
        body,
        fc.array(fc.tuple(fc.nat(), fc.nat()), { minLength: 1, maxLength: 5 }),
        async (inner, picks) => {
          const original = wordFile({ body: inner });
          const document = await parse(original, 'a.docx', { anchors: true });
          if (document.text === '') return;
          const wanted: string[] = [];
          const notes: WordNote[] = [];
          for (const [a, b] of picks) {
            const block = document.blocks[a % document.blocks.length];
            if (!block || block.end - block.start < 2) continue;
            const start = block.start + (b % (block.end - block.start - 1));
            const end = Math.min(block.end, start + 1 + (a % 9));
            const runs = anchorsBetween(document.blocks, start, end);
            if (runs.length === 0) continue;
            notes.push({ runs, paragraphs: ['Vague & "odd" <words>'] });
            wanted.push(document.text.slice(runs[0]?.start, runs.at(-1)?.end).replace(/\s/g, ' '));
          }
          const { bytes, unplaced } = annotateWord(original, { notes, proposals: [], date: DATE });
          expect(unplaced).toEqual([]);
          const xml = read(bytes, 'word/document.xml');
          wanted.forEach((text, id) => {
            // A surrogate pair cut in half is written whole.
            if (/^[\udc00-\udfff]|[\ud800-\udbff]$/.test(text)) return;
            expect(commented(xml, id)).toBe(text);
          });
          const again = await parse(bytes, 'a.docx');
          expect(again.text).toBe(document.text);
          expect(content(withoutAnnotations(bytes))).toEqual(content(original));
        },
      ),
      { numRuns: 150 },
    );
  });

  it('keeps comments that are there, and takes only its own out', async () => {
    const original = wordFile({
      body: '<w:p><w:commentRangeStart w:id="4"/><w:r><w:t>one two</w:t></w:r><w:commentRangeEnd w:id="4"/></w:p><w:sectPr/>',
      comments: '<w:comment w:id="4" w:author="Ada"><w:p><w:r><w:t>mine</w:t></w:r></w:p></w:comment>',
    });
    const { blocks } = await parse(original, 'a.docx', { anchors: true });
    const notes = [{ runs: anchorsBetween(blocks, 4, 7), paragraphs: ['ours'] }];
    const { bytes } = annotateWord(original, { notes, proposals: [], date: DATE });
    expect(read(bytes, 'word/comments.xml')).toMatch(/w:id="4" w:author="Ada".*w:id="5" w:author="Proviso"/);
    const back = withoutAnnotations(bytes);
    for (const part of ['word/document.xml', 'word/comments.xml', 'word/_rels/document.xml.rels'])
      expect(read(back, part)).toBe(read(original, part));
  });

  it('proposes paragraphs as a tracked insertion, in place and reversibly', async () => {
    const original = wordFile({
      body: '<w:p><w:r><w:t>first</w:t></w:r></w:p><w:p><w:r><w:t>second</w:t></w:r></w:p><w:sectPr/>',
    });
    const { blocks } = await parse(original, 'a.docx', { anchors: true });
    const { bytes } = annotateWord(original, {
      notes: [],
      proposals: [
        { after: blocks[0]?.runs?.[0] ?? null, paragraphs: [{ text: 'Between & "both"', bold: true }] },
        { after: null, paragraphs: [{ text: 'Last' }] },
      ],
      date: DATE,
    });
    expect((await parse(bytes, 'a.docx')).text).toBe('first\nBetween & "both"\nsecond\nLast');
    expect(content(withoutAnnotations(bytes))).toEqual(content(original));
  });

  it('says which notes have no place in the body', () => {
    const original = wordFile({ body: '<w:p><w:r><w:t>one</w:t></w:r></w:p>' });
    const elsewhere = { start: 0, end: 1, part: 'word/footnotes.xml', paragraph: 0, run: 0, offset: 0 };
    const { bytes, unplaced } = annotateWord(original, {
      notes: [
        { runs: [elsewhere], paragraphs: ['x'] },
        { runs: [], paragraphs: ['y'] },
      ],
      proposals: [],
      date: DATE,
    });
    expect(unplaced).toEqual([0, 1]);
    expect(bytes).toEqual(original);
  });

  it('neutralises what a comment may not hold', async () => {
    const original = wordFile({ body: '<w:p><w:r><w:t>one</w:t></w:r></w:p>' });
    const { blocks } = await parse(original, 'a.docx', { anchors: true });
    const notes = [{ runs: blocks[0]?.runs ?? [], paragraphs: ['</w:t><w:x>\u0000\ud800&'] }];
    const { bytes } = annotateWord(original, { notes, proposals: [], date: DATE });
    expect(read(bytes, 'word/provisoComments.xml')).toContain('>&lt;/w:t&gt;&lt;w:x&gt;&amp;<');
    expect(content(withoutAnnotations(bytes))).toEqual(content(original));
  });
});
