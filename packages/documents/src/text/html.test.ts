import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { reader } from './html.ts';
import { blocksOf, documentOf } from './testing/blocks-of.ts';

const LONG =
  'The supplier shall protect all personal data in transit and at rest, and shall report incidents within a day. '
    .repeat(2)
    .trim();

const CASES: readonly [name: string, html: string, blocks: string[]][] = [
  [
    'headings, paragraphs, inline elements',
    '<h1>A</h1><p>One <b>t</b>wo<i>.</i><h2><span>1. </span>B</h2>x<div>y</div>z',
    ['heading1 A', 'paragraph One two.', 'heading2(1) 1. B', 'paragraph x', 'paragraph y', 'paragraph z'],
  ],
  [
    'lists and their numbers',
    '<ol start=3 type=a><li>x<li>y<ul><li>z</ul></ol><ol><li value=9>n</ol>',
    ['item(c) x', 'item(d) y', 'item2 z', 'item(9) n'],
  ],
  [
    'tables as rows',
    '<table><caption>T</caption><tr><th>A<th>B<tr><td>1<td>two<br>lines<tr><td colspan=2></table>',
    ['caption T', 'row A | B', 'row 1 | two\nlines'],
  ],
  ['lists in cells', '<table><tr><td>R1<td>Must:<ul><li>a<li>b</ul></table>', ['row R1 | Must:\n- a\n- b']],
  [
    'pages laid out by tables',
    `<table><tr><td><h1>Head</h1><p>${LONG}<td><table><tr><td>x<td>y</table></table>`,
    ['heading1 Head', `paragraph ${LONG}`, 'row x | y'],
  ],
  ['definition lists', '<dl><dt>CPV</dt><dd>72000000</dd><dt>Alone</dt></dl>', ['field CPV: 72000000', 'field Alone']],
  [
    'scripts, styles and pictures',
    '<style>p{}</style><p>a<script>x()</script><img src=x alt="Seal of the city"><img alt="logo.png"> b<noscript>js</noscript>',
    ['paragraph a Seal of the city b'],
  ],
  ['entities', '<p>R&amp;D&nbsp;&eacute;&#8211;&lt;x&gt;&shy;', ['paragraph R&D é–<x>']],
  ['preformatted text', '<pre>a\n  b\n</pre>', ['code a\n  b']],
  ['quotes', '<blockquote><p>said</blockquote>', ['quote said']],
  [
    'raised note marks',
    '<p>ISO 27001<sup>1</sup>, 5 m<sup>2</sup>, 10<sup>6</sup>, the rule<sup><a href="#f">[2]</a></sup>',
    ['paragraph ISO 27001 [1], 5 m2, 10^6, the rule [2]'],
  ],
  ['line breaks', '<p>Name<br>Street<br><br>New', ['paragraph Name\nStreet', 'paragraph New']],
  ['bullets written as signs', '<p>• one<p>– two', ['item one', 'item two']],
  ['buttons and labels do not run together', '<p><label>a</label><label>b</label>', ['paragraph a b']],
  ['unclosed everything', '<div><p>a<table><td>b<ul><li>c<b>d<!-- e', ['paragraph a', 'paragraph b', 'item cd']],
  ['ends without beginnings', '</div></td></table></p>x</b>', ['paragraph x']],
];

describe('html', () => {
  test.each(CASES)('%s', async (_name, html, blocks) => {
    expect(await blocksOf(reader, html)).toEqual(blocks);
  });

  const FRAMES: readonly [name: string, html: string, aside: string][] = [
    ['nav', `<nav><a href=/>Home</a></nav><p>${LONG}`, 'Home'],
    ['roles', `<div role=navigation>Menu</div><p>${LONG}`, 'Menu'],
    ['footer', `<p>${LONG}</p><footer>Imprint</footer>`, 'Imprint'],
    ['cookie banner by its name', `<div id="cookie-banner"><p>We use cookies</div><p>${LONG}`, 'We use cookies'],
    ['breadcrumbs', `<ul class="site-breadcrumbs"><li>You are here</ul><p>${LONG}`, 'You are here'],
    ['hidden by attribute', `<p>${LONG}</p><p hidden>secret</p>`, 'secret'],
    ['hidden by style', `<p>${LONG}</p><p style="color:red; display : none">secret</p>`, 'secret'],
    ['hidden from everyone but screen readers', `<p>${LONG}</p><span class="visually-hidden">Skip</span>`, 'Skip'],
    ['hidden by aria', `<p>${LONG}<i aria-hidden="true">x1</i></p>`, 'x1'],
    ['deleted', `<p>${LONG}<del>old words</del></p>`, 'old words'],
    ['what stands outside main', `<p>Outside</p><main><p>${LONG}</p></main>`, 'Outside'],
    ['menu without a name', `${'<p><a href=/x>Some link</a>'.repeat(8)}<p>${LONG}`, 'Some link'],
  ];
  test.each(FRAMES)('the frame of a page is apart: %s', async (_name, html, aside) => {
    const document = await documentOf(reader, `<html><body>${html}</body></html>`);
    expect(document.asides.map((each) => each.text)).toContain(aside);
    expect(document.text).toBe(LONG);
  });

  test.each([
    [
      'a long part named like a frame is text',
      `<div class="has-sidebar"><p>${LONG.repeat(3)}</p></div>`,
      LONG.repeat(3),
    ],
    ['a header inside an article', `<main><header><p>${LONG}</p></header></main>`, LONG],
    [
      'a heading in the banner that is the only title',
      `<header><h1>Title</h1><p>x</p></header><p>${LONG}</p>`,
      `Title\n${LONG}`,
    ],
    [
      'links inside the text',
      `<p>${LONG}</p><ul>${'<li><a href=/x>A law</a>'.repeat(3)}</ul><p>${LONG}</p>`,
      `${LONG}\nA law\nA law\nA law\n${LONG}`,
    ],
  ])('kept: %s', async (_name, html, text) => {
    expect((await documentOf(reader, html)).text).toBe(text);
  });

  test('states what it says of itself', async () => {
    const document = await documentOf(
      reader,
      `<html lang="fr-FR"><head><title>Guide – Ville</title><meta name="DC.date" content="2024-02-01"><meta property="og:site_name" content="Ville">
       <script type="application/ld+json">{"publisher":{"name":"Ville de X"},"dateModified":"2024-03-01"}</script></head><body><h1>Guide</h1><p lang=en>Hello</p></body></html>`,
    );
    expect(document.title).toBe('Guide – Ville');
    expect(document.properties).toEqual({
      language: 'fr',
      date: '2024-02-01',
      site: 'Ville',
      publisher: 'Ville de X',
      modified: '2024-03-01',
    });
    expect(document.text).toBe('Guide\nHello');
    expect(document.blocks.map((block) => block.language)).toEqual([undefined, 'en']);
  });

  test.each([
    ['div', '<div>'],
    ['table', '<table><tr><td>'],
    ['list', '<ul><li>'],
    ['font', '<font>'],
    ['span', '<span hidden>'],
  ])('%s 100,000 deep is read flat and said', async (_name, mark) => {
    const document = await documentOf(reader, `${mark.repeat(100_000)}The end.`);
    expect(document.text + document.asides.map((aside) => aside.text)).toContain('The end.');
    expect(document.problems.map((problem) => problem.code)).toEqual(['too-deep']);
  });

  test('any markup is read, and blocks stand at their offsets', async () => {
    const piece = fc.constantFrom(
      '<p>',
      '</p>',
      '<table>',
      '<tr>',
      '<td>',
      '</table>',
      '<li>',
      '<ul>',
      '</ul>',
      '<dl>',
      '<dt>',
      '<dd>',
      '<br>',
      '<h2>',
      '</h2>',
      '<s>',
      '</s>',
      '<pre>',
      '<nav>',
      '<sup>',
      '</sup>',
      '<a href="#x">',
      '<b>',
      ' ',
      'word',
      '&',
      '<',
      '<!--',
      '-->',
      '<title>',
      '<main>',
    );
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 60 }), async (pieces) => {
        await documentOf(reader, pieces.join(''));
      }),
      { numRuns: 300 },
    );
  });
});
