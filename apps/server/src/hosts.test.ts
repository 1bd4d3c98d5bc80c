import { randomUUID } from 'node:crypto';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type Cluster,
  connect,
  diskFiles,
  insertDocument,
  insertTenant,
  type Jobs,
  openJobs,
  recordFile,
  type Store,
  startCluster,
  streamOf,
  withTenant,
} from '@proviso/store';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ServerProcess, serverProcess } from './testing/process.ts';

let folder: string;
let data: string;
let postgres: Cluster;
let store: Store;
let jobs: Jobs;
let server: ServerProcess;
let workers: ServerProcess[];
const tenant = randomUUID();

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'proviso-hosts-'));
  // Under root PostgreSQL runs as another user, who must get to its data.
  await chmod(folder, 0o711);
  data = join(folder, 'data');
  // A PostgreSQL of its own, as that of an operator; the server and its workers know it by its address alone.
  postgres = await startCluster({ dataDir: join(folder, 'elsewhere') });
  store = await connect({ database: { url: postgres.url }, poolSize: 4 });
  jobs = await openJobs(store);
  await withTenant(store.db, tenant, (trx) => insertTenant(trx, 'Town'));
  const env = { DATABASE_URL: postgres.url, PROVISO_URL: 'http://127.0.0.1:1' };
  server = await serverProcess(['--data', data, '--no-jobs'], env);
  await server.start();
  workers = await Promise.all([1, 2].map(() => serverProcess(['--data', data, '--worker'], env)));
}, 60_000);
afterAll(async () => {
  await Promise.all([server, ...(workers ?? [])].map((one) => one?.stop()));
  await jobs?.close();
  await store?.close();
  await postgres?.stop();
  await rm(folder, { recursive: true, force: true });
});

/** Leaves a document to be read; says whether it was, so far. */
async function toBeRead(): Promise<() => Promise<boolean>> {
  const files = diskFiles(join(data, 'files'));
  const { sha256, bytes } = await files.put(streamOf(`The supplier shall encrypt connections. ${randomUUID()}`));
  const id = randomUUID();
  await withTenant(store.db, tenant, async (trx) => {
    const hash = Buffer.from(sha256, 'hex');
    await recordFile(trx, files, { sha256: hash, bytes, media: 'text/plain' });
    await insertDocument(trx, { id, purchase: null, name: 'tender.txt', sha256: hash, bytes }, []);
    await jobs.send('reading', { tenant, document: id }, { trx });
  });
  return async () => {
    const row = await withTenant(store.db, tenant, (trx) =>
      trx.selectFrom('document').select('reading').where('id', '=', id).executeTakeFirst(),
    );
    return row?.reading !== null;
  };
}
const within = (ms: number) => ({ timeout: ms, interval: 100 });
const link = (): Promise<Response> =>
  fetch(`${server.url}/api/offer`, { headers: { 'x-proviso-link': 'x'.repeat(43), 'accept-language': 'fr' } });
const signIn = (): Promise<Response> =>
  fetch(`${server.url}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: 'http://127.0.0.1:1' },
    body: JSON.stringify({ email: 'a@example.org', password: 'one long sentence' }),
  });

describe('a server and workers on one PostgreSQL', () => {
  it('share the work: jobs wait for workers, and are done by whichever is there', async () => {
    const first = await toBeRead();
    await new Promise((done) => setTimeout(done, 1_000));
    expect(await first()).toBe(false);
    const [one, two] = workers;
    await one?.start();
    await expect.poll(first, within(30_000)).toBe(true);
    await two?.start();
    expect(await one?.stop()).toBe(0);
    await expect.poll(await toBeRead(), within(30_000)).toBe(true);
  });

  it('say that the database is away, and go on by themselves when it is back', async () => {
    expect((await link()).status).toBe(404);
    expect((await signIn()).status).toBe(401);
    await postgres.stop();
    for (const ask of [link, signIn]) {
      const answer = await ask();
      expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '2']);
      expect(await answer.json()).toMatchObject({ code: 'database-away', message: expect.any(String) });
    }
    expect((await fetch(server.url)).status).toBeLessThan(500);
    postgres = await startCluster({ dataDir: join(folder, 'elsewhere') });
    await expect.poll(async () => (await link()).status, within(20_000)).toBe(404);
    await expect.poll(async () => (await signIn()).status, within(20_000)).toBe(401);
    await expect.poll(await toBeRead(), within(30_000)).toBe(true);
  });
});

it.each([
  [{}, 'set DATABASE_URL'],
  [{ DATABASE_URL: 'postgresql://u:p@127.0.0.1:1/x' }, 'set PROVISO_URL'],
])('a worker with %j alone is refused', async (env, complaint) => {
  const alone = await serverProcess(['--worker', '--data', join(folder, 'alone')], { PROVISO_URL: undefined, ...env });
  await expect(alone.start()).rejects.toThrow(complaint);
});
