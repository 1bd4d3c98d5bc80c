import { describe, expect, test } from 'vitest';
import { reader as json } from './json.ts';
import { blocksOf, documentOf } from './testing/blocks-of.ts';
import { reader as yaml } from './yaml.ts';

const YAML: readonly [name: string, text: string, blocks: string[]][] = [
  [
    'lists of like things are rows',
    "- area: crypto\n  rules:\n    - nr: 1\n      text: 'Use `TLS 1.2` ([RFC](https://x.org/rfc5246)).'\n      note: ''\n    - nr: 2\n      text: Keep **keys** safe from all others.\n",
    ['field area: crypto', 'row nr | text', 'row 1 | Use TLS 1.2 (RFC).', 'row 2 | Keep keys safe from all others.'],
  ],
  [
    'names are headings',
    'title: Catalogue\ngroups:\n  - name: Network\n    description: All connections of the system must be encrypted at all times.\n    id: N.1\n',
    [
      'heading1 Catalogue',
      'heading2 groups',
      'heading3(N.1) Network',
      'paragraph All connections of the system must be encrypted at all times.',
    ],
  ],
  ['Markdown in values', 'body: |\n  # Head\n\n  - *one*\n  - two\n', ['heading1 Head', 'item one', 'item two']],
  [
    'HTML in values',
    'body: "<p>One <b>two</b></p><ul><li>three three three three three three</li></ul>"\n',
    ['paragraph One two', 'item three three three three three three'],
  ],
  ['short lists in one line', 'tags: [a, b]\nlevel: must\n', ['field tags: a, b', 'field level: must']],
  [
    'what only programs read is left out',
    'url: https://x.org/a\nid: 3fa85f64-5717-4562-b3fc-2c963f66afa6\nhash: 0123456789abcdef0123\nkeep: yes\n',
    ['field keep: yes'],
  ],
  ['several documents and merged keys', 'a: &d {level: must}\n---\nb: two\n', ['row a | level: must', 'field b: two']],
  ['dates and numbers stay as written', 'date: 2020-01-02\nversion: 1.10\n', ['field date: 2020-01-02']],
];

describe('YAML', () => {
  test.each(YAML)('%s', async (_name, text, blocks) => {
    expect(await blocksOf(yaml, text)).toEqual(blocks);
  });

  test('aliases that multiply are bounded and said', async () => {
    const bomb = Array.from({ length: 12 }, (_, row) =>
      row === 0 ? 'a0: &a0 [lol, lol]' : `a${row}: &a${row} [${Array(9).fill(`*a${row - 1}`)}]`,
    ).join('\n');
    const document = await documentOf(yaml, bomb);
    expect(document.problems.map((problem) => problem.code)).toContain('too-large');
    expect(document.blocks.length).toBeLessThan(30_000);
    expect(await documentOf(yaml, 'a: &a [*a, b]')).toBeDefined();
  });

  test.each([
    ['nested 10,000 deep', `${'['.repeat(10_000)}x${']'.repeat(10_000)}`, 'corrupt'],
    ['not YAML', 'a: [b\n  "c: {d\nsecurity: use TLS\n', 'corrupt'],
    [
      'nested 300 deep',
      Array.from({ length: 300 }, (_, depth) => `${' '.repeat(depth)}k:`)
        .join('\n')
        .concat(' text text'),
      'too-deep',
    ],
  ])('%s', async (_name, text, code) => {
    const document = await documentOf(yaml, text);
    expect(document.problems.map((problem) => problem.code)).toContain(code);
  });

  test('a long text that is referred to without end is not repeated without end', async () => {
    const document = await documentOf(
      yaml,
      `a: &a "${'Use TLS. '.repeat(2000)}"\nb: [${Array(20_000).fill('*a').join(',')}]\n`,
    );
    expect(document.problems.map((problem) => problem.code)).toContain('too-large');
    expect(document.text.length).toBeLessThan(5_000_000);
  });

  test('a text that is not YAML keeps its lines', async () => {
    expect((await documentOf(yaml, 'a: [b\n"c: {d\nsecurity: use TLS\n')).text).toContain('security: use TLS');
  });
});

const RELEASE = {
  uri: 'https://x.org/release.json',
  publisher: { name: 'Data office' },
  releases: [
    {
      ocid: 'ocds-213czf-1',
      id: '1',
      date: '2010-03-15T09:30:00Z',
      tag: ['tender'],
      language: 'en',
      parties: [
        {
          id: 'GB-LAC-1',
          name: 'City of X',
          roles: ['buyer'],
          address: { locality: 'X', countryName: 'United Kingdom' },
        },
      ],
      buyer: { id: 'GB-LAC-1', name: 'City of X' },
      tender: {
        id: 't',
        title: 'Managed firewall',
        description: 'The supplier runs the firewalls of the city and reports incidents within a day.',
        items: [
          {
            id: '1',
            description: 'Firewall operation',
            classification: { scheme: 'CPV', id: '72700000', description: 'Computer network services' },
          },
        ],
        documents: [{ id: 'd', title: 'Tender notice', url: 'https://x.org/d.pdf' }],
        value: { amount: 100, currency: 'EUR' },
      },
    },
  ],
};

describe('JSON', () => {
  test('a release of the Open Contracting Data Standard', async () => {
    const document = await documentOf(json, JSON.stringify(RELEASE));
    expect(document.title).toBe('Managed firewall');
    expect(document.properties).toMatchObject({
      publisher: 'City of X',
      country: 'United Kingdom',
      date: '2010-03-15T09:30:00Z',
      language: 'en',
      type: 'tender',
    });
    for (const said of [
      'Managed firewall',
      'The supplier runs the firewalls',
      'Firewall operation',
      'Computer network services',
      'Tender notice',
      'amount: 100 | currency: EUR',
    ]) {
      expect(document.text).toContain(said);
    }
    expect(document.text).not.toMatch(/https:|ocds-213czf/);
  });

  test.each([
    [
      'JSON Lines',
      '{"title":"A","text":"Short one"}\n{"title":"B","text":"Short two"}\n',
      ['row title | text', 'row A | Short one', 'row B | Short two'],
    ],
    [
      'keys as words',
      '{"awardCriteriaDetails":"The best proposal wins","has_lots":false,"x-ray":3}',
      ['field award criteria details: The best proposal wins', 'field has lots: false', 'field x ray: 3'],
    ],
    ['a lone string', '"Use TLS 1.3"', ['field Use TLS 1.3']],
    [
      'dangerous keys',
      '{"__proto__":{"level":"must"},"constructor":"x"}',
      ['row proto | level: must', 'field constructor: x'],
    ],
  ])('%s', async (_name, text, blocks) => {
    expect(await blocksOf(json, text)).toEqual(blocks);
  });

  test('a file that is cut off gives the texts that can be found', async () => {
    const document = await documentOf(
      json,
      '{"title":"Firewall","description":"The supplier must \\u201cencrypt\\u201d all of it","next":"un',
    );
    expect(document.text).toContain('The supplier must “encrypt” all of it');
    expect(document.problems).toMatchObject([{ code: 'corrupt', fatal: false }]);
    await expect(documentOf(json, '{]')).rejects.toMatchObject({ problem: { code: 'corrupt', fatal: true } });
  });

  test('a file that is longer than what is read is said to be that, not damaged', async () => {
    const text = JSON.stringify(Array.from({ length: 50 }, (_, i) => ({ title: `Firewall ${i}` })));
    const document = await documentOf(json, text, 'file', { maxChars: 100 });
    expect(document.text).toContain('Firewall 1');
    expect(document.problems.map((problem) => problem.code)).toEqual(['cut']);
    const numbers = documentOf(json, JSON.stringify(Array(500).fill(1)), 'file', { maxChars: 100 });
    await expect(numbers).rejects.toMatchObject({ problem: { code: 'too-large', fatal: true } });
  });

  test('half a surrogate pair is no part of a text', async () => {
    const document = await documentOf(json, '{"title":"Use \\ud800 TLS","rows":[{"a":"x \\udc00","b":"y"}]}');
    expect(document.text.isWellFormed()).toBe(true);
    expect(document.text).toContain('Use \ufffd TLS');
  });

  test.each([
    ['lists', `${'['.repeat(100_000)}"x"${']'.repeat(100_000)}`],
    ['objects', `${'{"a":'.repeat(5000)}"x"${'}'.repeat(5000)}`],
  ])('%s nested without end', async (_name, text) => {
    const codes = await documentOf(json, text).then(
      (document) => document.problems.map((problem) => problem.code),
      (error: { problem: { code: string } }) => [error.problem.code],
    );
    expect(codes).toEqual(['too-deep']);
  });
});
