import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { loadDataFiles, type RecordLine } from '../records.ts';
import { mergeLines } from './merge.ts';
import { readUnfed } from './no-feed.ts';
import { FEEDS, refresh } from './refresh.ts';
import { fixture } from './testing/read-feed.ts';

const root = join(import.meta.dirname, '..', '..');
const index = readFileSync(join(import.meta.dirname, 'fixtures', 'rfc-index.xml'), 'utf8');
const into = mkdtempSync(join(tmpdir(), 'proviso-refresh-'));
const file = join(into, 'data', 'rfc.ndjson');
const HEADER =
  '{"file":"rfc","body":"IETF","kind":"standard","core":true,"confidence":"high","source":"https://x.example (2020-01-01)"}';
const HELD = [
  { id: 'RFC 1', title: 'Made by hand', hand: true },
  { id: 'RFC 822', title: 'An old title', core: false, topics: ['email'] },
  { id: 'RFC 4', title: 'No longer in the feed' },
];

beforeEach(() => {
  rmSync(into, { recursive: true, force: true });
  cpSync(join(root, 'data', 'selection.yaml'), join(into, 'data', 'selection.yaml'));
  cpSync(join(root, 'data', 'status-words.yaml'), join(into, 'data', 'status-words.yaml'));
  cpSync(join(root, 'names', 'README.md'), join(into, 'names', 'README.md'));
  writeFileSync(file, `${[HEADER, ...HELD.map((line) => JSON.stringify(line))].join('\n')}\n`);
});
afterAll(() => rmSync(into, { recursive: true, force: true }));

const answering =
  (body: string, init: ResponseInit = {}) =>
  async () =>
    new Response(body, { headers: { 'last-modified': 'Sun, 22 Nov 2026 10:00:00 GMT' }, ...init });
const lines = () =>
  readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);

test('what is new is added, what differs is changed, what is gone is removed, what is ours stays', async () => {
  const [result] = await refresh({ fetch: answering(index), into, only: ['rfc'] });
  expect(result).toMatchObject({ body: 'rfc', ok: true, added: 6, changed: 1, removed: 1, message: '' });
  expect(result?.ids.removed).toEqual(['RFC 4']);
  expect(lines()[0]?.source).toBe('https://x.example (2026-11-22)');
  expect(lines().find((line) => line.id === 'RFC 1')).toEqual(HELD[0]);
  expect(lines().find((line) => line.id === 'RFC 822')).toMatchObject({
    core: false,
    topics: ['email'],
    date: '1982-08-13',
  });
});

test('a second refresh changes nothing', async () => {
  await refresh({ fetch: answering(index), into, only: ['rfc'] });
  const before = readFileSync(file, 'utf8');
  const [result] = await refresh({ fetch: answering(index), into, only: ['rfc'] });
  expect(result).toMatchObject({ ok: true, added: 0, changed: 0, removed: 0 });
  expect(readFileSync(file, 'utf8')).toBe(before);
});

test('a dry run counts and writes nothing', async () => {
  const before = readFileSync(file, 'utf8');
  const [result] = await refresh({ fetch: answering(index), into, only: ['rfc'], dryRun: true });
  expect(result).toMatchObject({ ok: true, added: 6 });
  expect(readFileSync(file, 'utf8')).toBe(before);
});

test('what a hand-made line points to is not removed', async () => {
  const pointing = { id: 'RFC 1', title: 'Made by hand', hand: true, members: ['RFC 4'] };
  writeFileSync(file, `${[HEADER, JSON.stringify(pointing), JSON.stringify(HELD[2])].join('\n')}\n`);
  const [result] = await refresh({ fetch: answering(index), into, only: ['rfc'] });
  expect(result).toMatchObject({ ok: true, removed: 0 });
});

describe('data stay as they were after', () => {
  test.each<[string, typeof globalThis.fetch]>([
    ['a refusal', answering('no', { status: 503 })],
    ['a page of HTML', answering('<html><body>Maintenance</body></html>')],
    ['an empty answer', answering('')],
    [
      'an index with one entry where there were more',
      answering('<rfc-index><rfc-entry><doc-id>RFC0001</doc-id></rfc-entry></rfc-index>'),
    ],
    [
      'no network',
      async () => {
        throw new TypeError('fetch failed');
      },
    ],
    [
      'links that go round in circles',
      answering(
        `<rfc-index>${[7, 8, 9].map((n) => `<rfc-entry><doc-id>RFC000${n}</doc-id><title>t</title><obsoleted-by><doc-id>RFC000${n === 9 ? 7 : n + 1}</doc-id></obsoleted-by></rfc-entry>`).join('')}</rfc-index>`,
      ),
    ],
  ])('%s', async (_, fetch) => {
    const before = readFileSync(file, 'utf8');
    const [result] = await refresh({ fetch, into, only: ['rfc'] });
    expect(result?.ok).toBe(false);
    expect(result?.message).not.toBe('');
    expect(readFileSync(file, 'utf8')).toBe(before);
  });

  test.each(['<html><body>Maintenance', '\ufeff\n<!DOCTYPE HTML>\n<head>', '<!doctype html><title>Home</title>'])(
    'a page (%j), and it is called one',
    async (page) => {
      const [result] = await refresh({ fetch: answering(page), into, only: ['rfc'] });
      expect(result).toMatchObject({ ok: false, message: expect.stringMatching(/rfc-index\.xml sent a web page/) });
    },
  );

  test('no network, and it says which address and why', async () => {
    const fetch = async () => {
      throw new TypeError('fetch failed', { cause: new Error('getaddrinfo ENOTFOUND www.rfc-editor.org') });
    };
    const [result] = await refresh({ fetch, into, only: ['rfc'] });
    expect(result?.message).toMatch(/^https:.*rfc-index\.xml could not be reached: getaddrinfo ENOTFOUND/);
  });

  test('a name that is no body', async () => {
    const [result] = await refresh({ fetch: answering(''), into, only: ['atlantis'] });
    expect(result).toMatchObject({ body: 'atlantis', ok: false });
    expect(result?.message).toContain('rfc');
  });
});

test('one feed that fails leaves the others alone, and each says what is kept', async () => {
  cpSync(join(root, 'data', 'itu.ndjson'), join(into, 'data', 'itu.ndjson'));
  const fetch: typeof globalThis.fetch = async (address) =>
    String(address).includes('itu.int') ? new Response('Request Rejected', { status: 403 }) : await answering(index)();
  const before = readFileSync(join(into, 'data', 'itu.ndjson'), 'utf8');
  const [rfc, itu] = await refresh({ fetch, into, only: ['itu', 'rfc'] });
  expect(rfc).toMatchObject({ body: 'rfc', ok: true, held: { records: 8, asOf: '2026-11-22' } });
  expect(itu).toMatchObject({ body: 'itu', ok: false, held: { records: before.trim().split('\n').length - 1 } });
  expect(itu?.message).toMatch(/itu\.int.* answered 403/);
  expect(readFileSync(join(into, 'data', 'itu.ndjson'), 'utf8')).toBe(before);
});

test.each([
  ['itu', fixture('itu.json')],
  ['3gpp', fixture('3gpp.csv')],
])('%s: a list that is cut short changes nothing, and nothing that it lacks is lost', async (name, sample) => {
  const path = join(into, 'data', `${name}.ndjson`);
  cpSync(join(root, 'data', `${name}.ndjson`), path);
  const whole = readFileSync(path, 'utf8');
  const fetch = async () => new Response(sample);
  const [short] = await refresh({ fetch, into, only: [name] });
  expect(short).toMatchObject({ ok: false, message: expect.stringMatching(/records where \d+ were held/) });
  expect(readFileSync(path, 'utf8')).toBe(whole);
  const few = { id: name === 'itu' ? 'ITU-T Z.9' : '3GPP TS 99.999', title: 'Not in the sample' };
  writeFileSync(path, `${[whole.split('\n')[0], JSON.stringify(few)].join('\n')}\n`);
  const [result] = await refresh({ fetch, into, only: [name] });
  expect(result).toMatchObject({ ok: true, removed: 0 });
  expect(readFileSync(path, 'utf8')).toContain(JSON.stringify(few));
});

describe('a body without a feed', () => {
  test('is said to have none, and its records stay', async () => {
    cpSync(join(root, 'data'), join(into, 'data'), { recursive: true });
    const before = readFileSync(join(into, 'data', 'iec.ndjson'), 'utf8');
    const asked: string[] = [];
    const fetch: typeof globalThis.fetch = async (address) => {
      asked.push(String(address));
      return new Response('', { status: 500 });
    };
    const results = await refresh({ fetch, into, only: ['iec', 'ieee', 'oasis'] });
    expect(results.map((result) => [result.body, result.ok])).toEqual([
      ['iec', true],
      ['ieee', true],
      ['oasis', true],
    ]);
    for (const result of results) {
      expect(result.message).toMatch(/^there is no open feed: .+; look at https:/);
      expect(result.held?.records).toBeGreaterThan(100);
    }
    expect(asked).toEqual([]);
    expect(readFileSync(join(into, 'data', 'iec.ndjson'), 'utf8')).toBe(before);
  });

  test('every data file has a feed or a reason why not, and never both', () => {
    const files = loadDataFiles(join(root, 'data')).map((file) => file.header.file);
    const unfed = readUnfed(readFileSync(join(root, 'data', 'no-feed.yaml'), 'utf8')).map(({ name }) => name);
    expect([...FEEDS.map((feed) => feed.name), ...unfed].sort()).toEqual(files.sort());
  });

  test.each(['iec:', 'iec: { why: x }', 'iec: { why: x, see: y }', 'iec: 3'])('%j is refused', (yaml) => {
    expect(() => readUnfed(yaml)).toThrow(/iec needs why, see and source/);
  });
});

test('no merge ever loses or changes a hand-made line', () => {
  const line = fc.record({
    id: fc.constantFrom('a', 'b', 'c', 'd'),
    title: fc.string(),
    hand: fc.constantFrom(true, undefined),
  });
  const list = fc.uniqueArray(line, { selector: (l) => l.id }) as unknown as fc.Arbitrary<RecordLine[]>;
  fc.assert(
    fc.property(list, list, fc.boolean(), (held, fresh, covers) => {
      const merged = mergeLines(
        held,
        fresh,
        () => covers,
        () => false,
      );
      for (const one of held) if (one.hand) expect(merged.lines).toContainEqual(one);
      expect(new Set(merged.lines.map((l) => l.id)).size).toBe(merged.lines.length);
      expect(merged.lines.length).toBe(held.length - merged.removed.length + merged.added.length);
    }),
  );
});
