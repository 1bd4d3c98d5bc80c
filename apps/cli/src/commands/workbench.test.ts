import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPurchase } from '@proviso/procurement';
import {
  appendLog,
  connect,
  diskFiles,
  insertDocument,
  insertPurchase,
  insertTenant,
  recordFile,
  type Store,
  streamOf,
  withTenant,
} from '@proviso/store';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const MAIN = join(import.meta.dirname, '../main.ts');
const folder = mkdtempSync(join(tmpdir(), 'proviso-commands-'));
// Under root PostgreSQL runs as another user, who must get to its data.
chmodSync(folder, 0o711);
const data = join(folder, 'data');
const tenant = randomUUID();
let store: Store;

/** A whole process; its answers, and its exit code. */
function proviso(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const env = { ...process.env, DATABASE_URL: '', PROVISO_DATA: '' };
  return new Promise((done) => {
    execFile(process.execPath, [MAIN, ...args], { env }, (error, out, err) => {
      done({ code: error ? Number(error.code) : 0, out, err });
    });
  });
}

const entries = (count: number): Promise<void> =>
  withTenant(store.db, tenant, async (trx) => {
    for (let i = 0; i < count; i++)
      await appendLog(trx, { actor: 'system', action: 'purchase.closed', subject: { type: 'purchase', id: `p${i}` } });
  });

const DESCRIPTION = {
  language: 'en',
  country: 'DE',
  region: null,
  zone: 'Europe/Berlin',
  procedure: 'open',
  electronic: true,
  urgency: null,
  priorInformation: null,
  contractMonths: 48,
  longTerm: null,
  ceiling: null,
};

/** A purchase with a document and an entry in the log; gives its id. */
async function planted(reference: string, title: string): Promise<string> {
  const id = randomUUID();
  const person = randomUUID();
  const made = createPurchase(
    { id, description: { ...DESCRIPTION, title, reference }, lots: null },
    { by: { id: person, roles: ['buyer'] }, at: '2026-01-05T09:00:00.000Z' },
  );
  if ('code' in made) throw new Error(JSON.stringify(made));
  const files = diskFiles(join(data, 'files'));
  const { sha256, bytes } = await files.put(streamOf(`said in ${reference}`));
  await withTenant(store.db, tenant, async (trx) => {
    const hash = Buffer.from(sha256, 'hex');
    const document = made.purchase;
    await insertPurchase(trx, { id, reference, title, state: 'drafted', procedure: 'open', language: 'en', document });
    await recordFile(trx, files, { sha256: hash, bytes, media: 'text/plain' });
    await insertDocument(trx, { id: randomUUID(), purchase: id, name: 'a b.txt', sha256: hash, bytes }, []);
    await appendLog(trx, {
      actor: `person:${person}`,
      action: 'purchase.drafted',
      subject: { type: 'purchase', id },
      content: { words: 'drafted well' },
    });
  });
  return id;
}

beforeAll(async () => {
  store = await connect({ database: { dataDir: data } });
  await withTenant(store.db, tenant, (trx) => insertTenant(trx, 'Stadt Köln'));
  await entries(3);
}, 120_000);
afterAll(async () => {
  await store?.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('a data folder that is not there', () => {
  it.each([
    ['backup', join(folder, 'nothing.backup')],
    ['export', '2026-17', '--out', join(folder, 'nothing.zip')],
    ['log', 'verify'],
  ])('is named, and nothing is made of it: %s', async (...args) => {
    const mistyped = join(folder, 'dta');
    const { code, out, err } = await proviso(...args, '--data', mistyped);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(`There is no workbench in ${mistyped}.`);
    expect(readdirSync(folder).filter((name) => /^(?:dta|nothing)/.test(name))).toEqual([]);
  });
});

describe('commands beside a running workbench', () => {
  it('check the log, and against heads that were kept', async () => {
    const { code, out } = await proviso('log', 'verify', '--data', data);
    expect([code, out]).toEqual([
      0,
      expect.stringMatching(/^Stadt Köln: 3 entries, none changed.* Head 3 [0-9a-f]{64}\n$/),
    ]);
    const heads = join(folder, 'heads.json');
    writeFileSync(heads, (await proviso('log', 'verify', '--data', data, '--json')).out);
    await entries(2);
    expect((await proviso('log', 'verify', '--data', data, '--heads', heads)).out).toContain('5 entries');
    const other = JSON.parse(readFileSync(heads, 'utf8'));
    other.logs[0].verdict.head.hash = 'f'.repeat(64);
    writeFileSync(heads, JSON.stringify(other));
    const cut = await proviso('log', 'verify', '--data', data, '--heads', heads);
    expect([cut.code, cut.out]).toEqual([1, 'Stadt Köln: tampered with at entry 3: anchor.\n']);
    writeFileSync(heads, JSON.stringify({ logs: [{ tenant: randomUUID(), verdict: { head: { seq: 1, hash: '' } } }] }));
    expect((await proviso('log', 'verify', '--data', data, '--heads', heads)).code).toBe(1);
    writeFileSync(heads, 'no JSON');
    const wrong = await proviso('log', 'verify', '--data', data, '--heads', heads);
    expect([wrong.code, wrong.err]).toEqual([2, expect.stringContaining('does not hold heads')]);
  });

  it('take a backup and put it into another folder, with the log intact', async () => {
    const file = join(folder, 'all.backup');
    const made = await proviso('backup', file, '--data', data, '--json');
    expect([made.code, JSON.parse(made.out)]).toEqual([0, expect.objectContaining({ files: 0, missing: [] })]);
    const again = await proviso('backup', file, '--data', data);
    expect([again.code, again.err]).toEqual([2, expect.stringContaining('is there already')]);

    expect((await proviso('restore', file, '--check')).out).toContain('is whole');
    const other = join(folder, 'other');
    expect((await proviso('restore', file, '--data', other)).code).toBe(0);
    expect((await proviso('log', 'verify', '--data', other)).out).toContain('Stadt Köln: 5 entries');
    const twice = await proviso('restore', file, '--data', other);
    expect(twice.code).toBe(2);

    appendFileSync(file, 'x');
    const damaged = await proviso('restore', file, '--check');
    expect([damaged.code, damaged.err]).toEqual([2, expect.stringMatching(/^proviso: .+\n$/)]);
  });

  it('export a purchase as a dossier whose log is checked without them', async () => {
    const id = await planted('A-1', 'Fire <walls>');
    const [out, zip] = [join(folder, 'dossier'), join(folder, 'dossier.zip')];
    const made = await proviso('export', 'A-1', '--out', out, '--data', data, '--json');
    expect([made.code, JSON.parse(made.out)]).toEqual([
      0,
      expect.objectContaining({ purchase: id, organisation: 'Stadt Köln', title: 'Fire <walls>', missing: [] }),
    ]);
    expect(readdirSync(out).sort()).toEqual(
      'comments.json documents index.html log openings.json purchase.json scores.csv scores.json'.split(' '),
    );
    expect(readFileSync(join(out, 'index.html'), 'utf8')).toContain('<h1>Fire &lt;walls&gt;</h1>');
    expect(readFileSync(join(out, 'documents', '1 a b.txt'), 'utf8')).toBe('said in A-1');
    const said = await proviso('export', id, '--out', zip, '--data', data, '--lang', 'fr');
    expect([said.code, said.out]).toEqual([0, expect.stringMatching(/^« Fire <walls> » : \d+ fichiers, \d+ octets/)]);

    const heads = join(folder, 'heads-of-today.json');
    writeFileSync(heads, (await proviso('log', 'verify', '--data', data, '--json')).out);
    for (const dossier of [out, zip]) {
      // The folder it would start a database in is no folder: none is needed.
      const checked = await proviso('log', 'verify', dossier, '--heads', heads, '--data', join(folder, 'a-file'));
      expect([checked.code, checked.out]).toEqual([0, expect.stringMatching(/^Stadt Köln: \d+ entries, none changed/)]);
    }
    const half = join(folder, 'half.zip');
    const whole = readFileSync(zip);
    writeFileSync(half, whole.subarray(0, whole.length / 2));
    const cut = await proviso('log', 'verify', half);
    expect([cut.code, cut.err]).toEqual([2, expect.stringContaining('The end of the file is missing')]);
    const purchaseLog = join(out, 'log', 'purchase.json');
    const words = readFileSync(purchaseLog, 'utf8');
    const chain = join(out, 'log', 'chain.ndjson');
    const lines = readFileSync(chain, 'utf8');
    const tampered: [string, string, string, string][] = [
      [purchaseLog, words.replace('drafted well', 'drafted badly'), words, 'content'],
      [purchaseLog, words.replaceAll(/"seq": \d+/g, '"seq": 99'), words, 'gap'],
      [chain, lines.replace('purchase.closed', 'purchase.opened'), lines, 'edited'],
      [chain, lines.split('\n').slice(1).join('\n'), lines, 'gap'],
      [chain, lines.split('\n').slice(0, 2).join('\n'), lines, 'gap'],
    ];
    for (const [file, after, before, fault] of tampered) {
      expect(after).not.toBe(before);
      writeFileSync(file, after);
      const found = await proviso('log', 'verify', out);
      expect([found.code, found.out]).toEqual([1, expect.stringContaining(`: ${fault}.`)]);
      writeFileSync(file, before);
    }
    writeFileSync(chain, 'no JSON');
    const wrong = await proviso('log', 'verify', out);
    expect([wrong.code, wrong.err]).toEqual([2, expect.stringContaining('no JSON')]);
    rmSync(chain);
    expect((await proviso('log', 'verify', out)).err).toContain('There is no log/chain.ndjson');
    expect((await proviso('log', 'verify', join(folder, 'nowhere'))).err).toContain('there is no folder or file');
  });

  it('export nothing over what is there, and name what is lost', async () => {
    await planted('B-1', 'Lost');
    const out = join(folder, 'lost');
    for (const [args, complaint] of [
      [['C-1', '--out', out], 'there is no purchase C-1'],
      [['B-1', '--out', folder], 'is there already'],
      [['B-1', '--out', out, '--organisation', 'Bonn'], 'there is no organisation Bonn'],
      [['B-1', '--out', join(folder, 'none', 'x')], 'cannot be written'],
    ] as const) {
      const { code, err } = await proviso('export', ...args, '--data', data);
      expect([code, err]).toEqual([2, expect.stringContaining(complaint)]);
    }
    expect(existsSync(out)).toBe(false);
    rmSync(join(data, 'files'), { recursive: true });
    const partly = await proviso('export', 'B-1', '--out', out, '--data', data, '--lang', 'de');
    expect([partly.code, partly.err]).toEqual([3, expect.stringContaining('Nicht im Dossier')]);
    expect(existsSync(join(out, 'index.html'))).toBe(true);
  });

  it('say what is wrong with a folder', async () => {
    const none = await proviso('restore', join(folder, 'none.backup'), '--data', data);
    expect([none.code, none.err]).toEqual([2, expect.stringContaining('there is no file')]);
    writeFileSync(join(folder, 'a-file'), '');
    const bad = await proviso('log', 'verify', '--data', join(folder, 'a-file'));
    expect([bad.code, bad.err]).toEqual([2, expect.stringContaining('data folder')]);
  });
});
