import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TenantScope, withTenant } from '../connect/tenant.ts';
import { type TestDatabase, tryDatabase } from '../testing/database.ts';
import { plantTenant, type Sample } from '../testing/sample.ts';
import { insertDocument, replaceReading } from './library.ts';
import { briefPage, type DocumentChoice, documentChoices, readingPage } from './readings.ts';

let base: TestDatabase;
let own: Sample;
const within = <R>(work: (trx: TenantScope) => Promise<R>) => withTenant(base.store.db, own.tenant, work);
const NOTHING = { asOf: null, scope: null, concernsIct: null, security: null, standards: null, mentions: [] };

const mention = { standard: 'RFC 8446', text: 'TLS 1.3', status: 'current', kind: null, core: true, versioned: false };
const READING = {
  scope: { value: 'chapter', concernsIct: true },
  security: { value: 'proof' },
  standards: {
    value: 'named',
    mentions: [
      { ...mention, modality: 'must', start: 1 },
      { ...mention, modality: 'must', start: 9, text: 'RFC 8446' },
      { ...mention, standard: null, modality: 'may' },
    ],
  },
};

async function add(name: string, more: object = {}, reading?: object): Promise<string> {
  const id = randomUUID();
  const row = { id, name, sha256: own.file, bytes: 3, ...(reading && { reading }), ...more };
  await within((trx) => insertDocument(trx, row, []));
  return id;
}
const names = async (choice: DocumentChoice) =>
  (await within((trx) => briefPage(trx, choice, { limit: 50 }))).rows.map(({ name }) => name);

beforeAll(async () => {
  base = await tryDatabase();
  own = await plantTenant(base.store.db, 'readings');
  await plantTenant(base.store.db, 'their');
  await within((trx) => trx.deleteFrom('document').execute());
});
afterAll(() => base.drop());

describe('a brief', () => {
  it('is kept with the reading and follows it', async () => {
    const id = await add('a', {}, { reading: READING, text: 'x'.repeat(10_000) });
    const brief = async () =>
      (await within((trx) => briefPage(trx, {}, { limit: 9 }))).rows.find((row) => row.id === id);
    const said = await brief();
    expect(said).toMatchObject({ read: true, brief: { scope: 'chapter', concernsIct: true, security: 'proof' } });
    // Named twice in one way, and once without a record: only then do the words count.
    expect(said?.brief?.mentions).toHaveLength(2);
    expect(said?.brief?.mentions).toContainEqual({ ...mention, text: '', modality: 'must' });
    expect(said?.brief?.mentions).toContainEqual({ ...mention, standard: null, modality: 'may' });
    await within((trx) => replaceReading(trx, id, { reading: { reading: {} }, passages: [] }));
    expect((await brief())?.brief).toEqual(NOTHING);
  });

  it.each([
    [{}],
    [{ reading: null }],
    [{ reading: { standards: 'x', scope: [] } }],
    [{ reading: { standards: { mentions: { a: 1 } } } }],
    [[]],
    [{ reading: { standards: { mentions: [null, 1, 'x'] } } }],
  ])('can be had of any reading: %j', async (reading) => {
    const id = await add('odd', {}, reading);
    const { rows } = await within((trx) => briefPage(trx, {}, { limit: 99 }));
    expect(rows.find((row) => row.id === id)?.brief).toMatchObject({ scope: null, security: null, standards: null });
  });
});

it('documents are chosen by purchase, language and day', async () => {
  await within((trx) => trx.deleteFrom('document').execute());
  const at = (day: string) => ({ at: `${day}T23:59:59.999Z` });
  await add('old', { ...at('2026-01-30'), language: 'nl-BE', purchase: own.purchase });
  await add('new', { ...at('2026-01-31'), language: 'nl' });
  await add('next', { at: '2026-02-01T00:00:00Z', language: 'fr' });
  await add('unknown', { at: '2026-03-01T00:00:00Z' });
  expect(await names({})).toEqual(['unknown', 'next', 'new', 'old']);
  expect(await names({ language: 'nl' })).toEqual(['new', 'old']);
  expect(await names({ from: '2026-01-31', to: '2026-01-31' })).toEqual(['new']);
  expect(await names({ to: '2026-01-30' })).toEqual(['old']);
  expect(await names({ purchase: own.purchase, language: 'fr' })).toEqual([]);
  expect(await within(documentChoices)).toEqual({
    languages: ['fr', 'nl'],
    purchases: [{ id: own.purchase, title: expect.any(String) }],
  });
  const first = await within((trx) => readingPage(trx, {}, { limit: 3 }));
  const rest = await within((trx) => readingPage(trx, {}, { limit: 3, after: first.next ?? '' }));
  expect([...first.rows, ...rest.rows].map(({ name, read, reading, text }) => [name, read, reading, text])).toEqual(
    ['unknown', 'next', 'new', 'old'].map((name) => [name, false, null, null]),
  );
});

it('a very long text stays where it is', async () => {
  await within((trx) => trx.deleteFrom('document').execute());
  const noise = Array.from({ length: 80_000 }, () => randomUUID()).join('');
  await add('long', {}, { reading: READING, text: noise });
  await add('short', {}, { reading: READING, text: 'few words' });
  const { rows } = await within((trx) => readingPage(trx, {}, { limit: 9 }));
  expect(new Map(rows.map(({ name, text, reading }) => [name, [text, reading]]))).toEqual(
    new Map([
      ['long', [null, READING]],
      ['short', ['few words', READING]],
    ]),
  );
});
