import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { reader } from './markdown.ts';
import { blocksOf, documentOf } from './testing/blocks-of.ts';

const CASES: readonly [name: string, markdown: string, blocks: string[]][] = [
  [
    'headings and paragraphs',
    '# A\n\nOne\ntwo.\n\n## B\nThree',
    ['heading1 A', 'paragraph One two.', 'heading2 B', 'paragraph Three'],
  ],
  [
    'headings before CommonMark',
    '##Scope\n\nText\n\n#PERFORMANCE WORK',
    ['heading2 Scope', 'paragraph Text', 'heading1 PERFORMANCE WORK'],
  ],
  ['underlined headings', 'Title\n=====\nSub\n---\n', ['heading1 Title', 'heading2 Sub']],
  [
    'emphasis, code and links lose their marks',
    'The **supplier** _must_ use `TLS 1.3` per [the RFC](https://x.org/rfc-9999).',
    ['paragraph The supplier must use TLS 1.3 per the RFC.'],
  ],
  ['reference links', 'See [the rule][1].\n\n[1]: https://x.org/iso-27001', ['paragraph See the rule.']],
  [
    'link with a template in its target',
    'a [policy exception]({{ site.baseurl }}/x.pdf) b',
    ['paragraph a policy exception b'],
  ],
  ['alternative text of pictures', '![Network diagram](a.png) and ![](b.png)', ['paragraph Network diagram and']],
  [
    'lists with depth and number',
    '1. one\n   - in\n2. two\n\n* x',
    ['item(1) one', 'item2 in', 'item(2) two', 'item x'],
  ],
  ['a list that starts late', '7. seven\n8. eight', ['item(7) seven', 'item(8) eight']],
  ['task lists', '- [ ] open\n- [x] done', ['item open', 'item done']],
  [
    'tables',
    '| ID | Requirement |\n|---|:-:|\n| R1 | Use **DNSSEC** |\n| R2 | |',
    ['row ID | Requirement', 'row R1 | Use DNSSEC', 'row R2'],
  ],
  ['line breaks in cells', '|a|b|\n|-|-|\n|x|one<br>two|', ['row a | b', 'row x | one\ntwo']],
  [
    'HTML tables',
    '<table><tr><th>A</th><th>B</th></tr><tr><td>1</td><td>\n\n**two**\n\n</td></tr></table>',
    ['row A | B', 'row 1 | two'],
  ],
  ['HTML comments', 'a <!-- not said --> b\n\n<!-- nor this\n\nnor that -->\n\nc', ['paragraph a b', 'paragraph c']],
  ['code', '```yaml\ntls: 1.2\n```\n\n    indented', ['code tls: 1.2', 'code indented']],
  ['quotes', '> The buyer says.\n>\n> More.', ['quote The buyer says.', 'quote More.']],
  ['GitHub alerts', '> [!WARNING]\n> Do not.', ['quote Do not.']],
  [
    'footnotes',
    'Use ISO 27001[^1].\n\n[^1]: See *annex*.\n[^b]: Two',
    ['paragraph Use ISO 27001 [1].', 'footnote(1) See annex.', 'footnote(b) Two'],
  ],
  [
    'definition lists',
    'Datum\n:   2016-04-12\n\nFundstelle\n\n: BGBl I',
    ['field Datum: 2016-04-12', 'field Fundstelle: BGBl I'],
  ],
  ['struck text is no text', 'Keep ~~drop~~ keep', ['paragraph Keep keep']],
  ['emphasis never closed', '**Factor 2: Plan **', ['paragraph Factor 2: Plan']],
  [
    'a bold line is a heading',
    '**Security requirements**\n\ntext',
    ['heading6 Security requirements', 'paragraph text'],
  ],
  ['a bold sentence is none', '**The supplier must comply.**', ['paragraph The supplier must comply.']],
  ['blanks to fill in', 'Return to <agency name> by <date>.', ['paragraph Return to <agency name> by <date>.']],
  ['a tag that nothing closes', 'the <object> of <s> the contract', ['paragraph the <object> of <s> the contract']],
  ['template values', 'For {{ buy.agency.name }} only', ['paragraph For [buy.agency.name] only']],
  [
    'template tags',
    '{% include "nav.html" %}\n\n{{< note >}}Text{{< /note >}}\n\n<% if x %>\nBody',
    ['paragraph Text', 'paragraph Body'],
  ],
  [
    'a component that is handed a table',
    '{{ component("table", {\n headers: ["Ref","Rule"],\n data: [["R1","Say \\"yes\\" to TLS"]]\n}) }}',
    ['row Ref | Rule', 'row R1 | Say "yes" to TLS'],
  ],
  ['attributes of kramdown', '## Title {#id .cls}\n{: .note}\nText', ['heading2 Title', 'paragraph Text']],
  [
    'containers and admonitions',
    '::: warning Title\nBody\n:::\n\n!!! note "Mind"\n    Inside',
    ['paragraph Title', 'paragraph Body', 'heading6 Mind', 'paragraph Inside'],
  ],
  ['a table of contents is apart', '- [A](#a)\n- [B](#b)\n- [C](#c)\n\n# A', ['heading1 A']],
  [
    'words broken at their own hyphen',
    'ein De-Mail-\nGesetz, Ein-\nund Ausgang',
    ['paragraph ein De-Mail-Gesetz, Ein- und Ausgang'],
  ],
  ['entities', 'R&amp;D &eacute; &lt;b&gt;', ['paragraph R&D é <b>']],
  ['unclosed everything', '[a](b **c `d <e\n\n| x', ['paragraph [a](b c `d <e', 'paragraph | x']],
];

describe('markdown', () => {
  test.each(CASES)('%s', async (_name, markdown, blocks) => {
    expect(await blocksOf(reader, markdown)).toEqual(blocks);
  });

  test('front matter states properties, a title and sentences', async () => {
    const document = await documentOf(
      reader,
      '---\n# a comment\ntitle: "Directive 18-01"\ndate: 2017-10-16\nlang: en\ntags: [a, b]\nsummary: Agencies must use HTTPS for all of their sites.\n---\nText',
    );
    expect(document.title).toBe('Directive 18-01');
    expect(document.properties).toMatchObject({ title: 'Directive 18-01', date: '2017-10-16', language: 'en' });
    expect(document.text).toBe('Directive 18-01\nsummary: Agencies must use HTTPS for all of their sites.\nText');
    expect(document.blocks.map((block) => block.kind)).toEqual(['title', 'field', 'paragraph']);
  });

  test.each([
    ['a title the text repeats is not said twice', '---\ntitle: Plan\n---\n# The Plan', ['heading1 The Plan']],
    ['a date to be filled in is none', '---\ndate: git Last Modified\n---\nx', ['paragraph x']],
    ['broken front matter', '---\ntitle: a: b: [\n---\nx', ['title a: b: [', 'paragraph x']],
    ['front matter of Hugo', '+++\ntitle = "Plan"\n+++\nx', ['title Plan', 'paragraph x']],
    [
      'a rule at the top is none',
      '---\n\nJust text here\n\n---\n\nmore',
      ['paragraph Just text here', 'paragraph more'],
    ],
    ['front matter never closed', '---\ntitle: x\n\ntext', ['paragraph title: x', 'paragraph text']],
  ])('%s', async (_name, markdown, blocks) => {
    expect(await blocksOf(reader, markdown)).toEqual(blocks);
  });

  test('struck text and tables of contents are kept as asides', async () => {
    const document = await documentOf(reader, '- [A](#a)\n- [B](#b)\n- [C](#c)\n\nKeep ~~drop this~~');
    expect(document.asides).toEqual([
      { kind: 'header', text: 'A' },
      { kind: 'header', text: 'B' },
      { kind: 'header', text: 'C' },
      { kind: 'deleted', text: 'drop this' },
    ]);
  });

  test.each([
    ['quotes 10,000 deep', `${'> '.repeat(10_000)}x`],
    ['lists 300 deep', Array.from({ length: 300 }, (_, depth) => `${'  '.repeat(depth)}- x`).join('\n')],
  ])('%s are said to be too deep', async (_name, markdown) => {
    const document = await documentOf(reader, markdown);
    expect(document.problems.map((problem) => problem.code)).toEqual(['too-deep']);
  });

  test.each(['[', '[a](', '![', '*a ', '`a', '{% ', '{{ ', '<div>', '<!--', '|a', '> ', '# '])(
    '%s without end is read',
    async (mark) => {
      expect(await documentOf(reader, mark.repeat(20_000))).toBeDefined();
    },
  );

  test('what is longer than a document may be is left out and said', async () => {
    const document = await documentOf(reader, 'one\n\ntwo\n\nthree', 'a.md', { maxBlocks: 2 });
    expect(document.text).toBe('one\ntwo');
    expect(document.problems.map((problem) => problem.code)).toEqual(['cut']);
    expect((await documentOf(reader, 'word '.repeat(1000), 'a.md', { maxChars: 100 })).text.length).toBeLessThanOrEqual(
      100,
    );
  });

  test('any text is read, and blocks stand at their offsets', async () => {
    const piece = fc.constantFrom(
      '# ',
      '- ',
      '> ',
      '| a | b |\n|-|-|\n',
      '**',
      '`',
      '<b>',
      '</td>',
      '<table>',
      '\n\n',
      '[^1]: ',
      '{{',
      '}}',
      '{%',
      'x y',
      '\t',
      '---\n',
      ': ',
      '~~',
      '\u0000',
    );
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 40 }), async (pieces) => {
        await documentOf(reader, pieces.join(''));
      }),
      { numRuns: 300 },
    );
  });
});
