import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TenantScope, withTenant } from '../connect/tenant.ts';
import { type TestDatabase, tryDatabase } from '../testing/database.ts';
import { plantTenant, type Sample } from '../testing/sample.ts';
import { insertDocument, listDocuments, type Passage, replaceReading, searchPassages } from './library.ts';

let base: TestDatabase;
let own: Sample;
const within = <R>(work: (trx: TenantScope) => Promise<R>) => withTenant(base.store.db, own.tenant, work);
const search = (words: string, page = {}) => within((trx) => searchPassages(trx, { words, limit: 10, ...page }));
/** The passages found, by the sample's text. */
const texts = async (words: string) => (await search(words)).found.map(({ n }) => SAMPLE[n - 1]?.text);

const passage = (language: string | null, text: string): Passage => ({ page: 3, heading: '4.2', language, text });
const DUTCH = passage('nl-BE', 'De leverancier versleutelt alle verbindingen.');
const FRENCH = passage('fr', 'Les liaisons «chiffrées» d’accès sont exigées…');
const GERMAN = passage('de', 'Die Verbindungen müssen verschlüsselt sein.');
const OTHER = passage('xx', 'Kelime IPv6 burada.');
const MARKUP = passage('en', 'Send <script>alert(1)</script> encrypted mail \u0000 only.');
const SAMPLE = [DUTCH, FRENCH, GERMAN, OTHER, MARKUP];

beforeAll(async () => {
  base = await tryDatabase();
  own = await plantTenant(base.store.db, 'lib');
  const theirs = await plantTenant(base.store.db, 'their');
  await within((trx) =>
    insertDocument(trx, { id: randomUUID(), name: 'bestek.docx', sha256: own.file, bytes: 3 }, SAMPLE),
  );
  await withTenant(base.store.db, theirs.tenant, (trx) =>
    insertDocument(trx, { id: randomUUID(), name: 'secret.pdf', sha256: theirs.file, bytes: 3 }, [
      passage('en', 'Their quokka is secret.'),
    ]),
  );
});
afterAll(() => base.drop());

describe('searching passages', () => {
  const cases: [string, string, string[]][] = [
    ['a Dutch plural by its singular', 'verbinding', [DUTCH.text]],
    ['a French plural with its accent, in quotes and after an apostrophe', 'chiffrée accès exigé', [FRENCH.text]],
    ['a phrase in typographic quotes', '“alle verbindingen”', [DUTCH.text]],
    ['a German word by its stem', 'verbindung', [GERMAN.text]],
    ['a word of a language without stems', 'kelime', [OTHER.text]],
    ['a phrase', '"alle verbindingen"', [DUTCH.text]],
    ['a word but not another', 'verbindungen -verschlüsselt', []],
    ['either of two', 'kelime or liaison', [FRENCH.text, OTHER.text]],
    ['nothing for no words', '', []],
    ['nothing for signs', '"((:*&|!', []],
    ['nothing of another tenant', 'quokka', []],
  ];
  it.each(cases)('finds %s', async (_, words, found) => {
    expect((await texts(words)).toSorted()).toEqual(found.toSorted());
  });

  it('marks what matches and changes no text', async () => {
    const { found, matches, more } = await search('encrypted mail');
    expect({ matches, more }).toEqual({ matches: 1, more: false });
    expect(found[0]).toMatchObject({ documentName: 'bestek.docx', n: 5, page: 3, heading: '4.2', language: 'en' });
    const dutch = (await search('leverancier')).found[0];
    expect(dutch?.excerpt).toEqual([
      { text: 'leverancier', match: true },
      { text: ' versleutelt alle verbindingen', match: false },
    ]);
  });

  it('pages, says how many, and what was not ranked', async () => {
    const many = Array.from({ length: 1_200 }, (_, n) => passage('en', `wombat number ${n}`));
    const id = randomUUID();
    await within((trx) => insertDocument(trx, { id, name: 'many', sha256: own.file, bytes: 3 }, many));
    const first = await search('wombat');
    expect(first).toMatchObject({ matches: 500, more: true });
    const second = await search('wombat', { skip: 10 });
    const ns = [...first.found, ...second.found].map(({ n }) => n);
    expect(new Set(ns).size).toBe(20);
    await within((trx) => replaceReading(trx, id, { reading: { engine: '2' }, passages: many.slice(0, 2) }));
    expect(await search('wombat')).toMatchObject({ matches: 2, more: false });
  });

  it('uses the index, though rows are kept apart', async () => {
    const { rows } = await base.store.asOwner(async (client) => {
      await client.query('SET enable_seqscan = off');
      return await client.query<{ 'QUERY PLAN': string }>(
        `EXPLAIN SELECT FROM proviso.passage p WHERE tsv @@ websearch_to_tsquery('dutch', 'verbinding')`,
      );
    });
    expect(rows.map((row) => row['QUERY PLAN']).join('\n')).toContain('passage_tsv');
  });
});

it('lists documents, the newest first', async () => {
  const page = await within((trx) => listDocuments(trx, { limit: 1 }));
  expect(page.rows).toHaveLength(1);
  const rest = await within((trx) => listDocuments(trx, { limit: 50, after: page.next ?? '' }));
  expect(rest.rows.map(({ id }) => id)).not.toContain(page.rows[0]?.id);
  expect(rest.next).toBeNull();
  expect((await within((trx) => listDocuments(trx, { purchase: own.purchase, limit: 5 }))).rows).toEqual([]);
});

it('brings each typographic sign to its plain like', async () => {
  const { rows } = await base.store.asOwner((client) =>
    client.query<{ plain: string }>('SELECT proviso.plain($1) AS plain', [
      '«a» “b” „c‟ ‹d› ‘e’ x‐y‑z–w—v…u\u00a0t\u202fs§r·q、p。 au\u00adthen\u200bti\ufeffcation ñ',
    ]),
  );
  expect(rows[0]?.plain).toBe('"a" "b" "c" "d" \'e\' x-y-z w v u t s r q p  authentication ñ');
});
