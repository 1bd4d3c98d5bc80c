import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { appendFileSync, chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { appendLog, connect, insertTenant, type Store, withTenant } from '@proviso/store';
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

beforeAll(async () => {
  store = await connect({ database: { dataDir: data } });
  await withTenant(store.db, tenant, (trx) => insertTenant(trx, 'Stadt Köln'));
  await entries(3);
}, 120_000);
afterAll(async () => {
  await store?.close();
  rmSync(folder, { recursive: true, force: true });
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

  it('say what is wrong with a folder', async () => {
    const none = await proviso('restore', join(folder, 'none.backup'), '--data', data);
    expect([none.code, none.err]).toEqual([2, expect.stringContaining('there is no file')]);
    writeFileSync(join(folder, 'a-file'), '');
    const bad = await proviso('log', 'verify', '--data', join(folder, 'a-file'));
    expect([bad.code, bad.err]).toEqual([2, expect.stringContaining('data folder')]);
  });
});
