import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Cluster, startCluster } from '../cluster/cluster.ts';
import { connect, prepare, type Store, withClient } from '../connect/connect.ts';
import { withDatabase } from '../connect/pool.ts';
import { loadMigrations } from '../migrations/migrate.ts';

export interface TestDatabase {
  store: Store;
  /** As the administrator of the server. */
  url: string;
  /** Closes the store and drops the database. */
  drop(): Promise<void>;
}

/** One server for all files of a Vitest worker: they share what is loaded, and this. */
interface Server {
  url: string;
  template: string;
}
const HOME = Symbol.for('proviso.store.testing.server');
const shared = globalThis as { [HOME]?: Promise<Server> };

/** A database of its own with all migrations, for one test file: `beforeAll(tryDatabase)`, `afterAll(drop)`. */
export async function tryDatabase(): Promise<TestDatabase> {
  const { url: admin, template } = await server();
  const url = await createDatabase(admin, template);
  const store = await connect({ database: { url }, poolSize: 8 });
  return {
    store,
    url,
    drop: async () => {
      await store.close();
      await dropDatabase(url);
    },
  };
}

/** An empty database of the test server, with nothing of ours in it. The caller drops it. */
export async function tryEmptyDatabase(): Promise<{ url: string; drop(): Promise<void> }> {
  const url = await createDatabase((await server()).url, 'template1');
  return { url, drop: () => dropDatabase(url) };
}

function server(): Promise<Server> {
  shared[HOME] ??= start();
  return shared[HOME];
}

async function start(): Promise<Server> {
  const admin = process.env.PROVISO_TEST_DATABASE_URL ?? (await ownServer()).url;
  // With the number of this process: other workers may use the same server.
  const template = `proviso_template_${process.pid}`;
  await withClient(admin, async (client) => {
    await client.query(`DROP DATABASE IF EXISTS ${template}`);
    await client.query(`CREATE DATABASE ${template}`);
  });
  await prepare(withDatabase(admin, template), loadMigrations());
  return { url: admin, template };
}

async function ownServer(): Promise<Cluster> {
  const dataDir = await mkdtemp(join(tmpdir(), 'proviso-test-'));
  // These data need not outlive the power. Whether they outlive a crash is tested with the real settings.
  const cluster = await startCluster({
    dataDir,
    settings: { fsync: 'off', full_page_writes: 'off', max_connections: '200' },
  });
  const { pid } = cluster;
  endsWithUs(pid, dataDir);
  return cluster;
}

/** Stops a PostgreSQL and takes its data away when this process is gone, for whatever reason: what waits has an input that ends with us. */
function endsWithUs(pid: number, dataDir: string): void {
  const args = ['-e', `(${afterUs})(${pid}, ${JSON.stringify(dataDir)})`];
  const watcher = spawn(process.execPath, args, { stdio: ['pipe', 'ignore', 'ignore'], detached: true });
  watcher.unref();
  (watcher.stdin as unknown as { unref(): void }).unref();
}

/** Goes to another process as text; needs nothing but Node. */
function afterUs(pid: number, dataDir: string): void {
  for (const signal of ['SIGINT', 'SIGHUP', 'SIGTERM']) process.on(signal, () => {});
  const runs = (): boolean => {
    try {
      return process.kill(pid, 0);
    } catch {
      return false;
    }
  };
  const wait = (): void => {
    if (runs()) setTimeout(wait, 100);
    else process.getBuiltinModule('node:fs').rmSync(dataDir, { recursive: true, force: true });
  };
  process.stdin.resume().on('end', () => {
    if (runs()) process.kill(pid, 'SIGQUIT');
    wait();
  });
}

async function createDatabase(admin: string, template: string): Promise<string> {
  const name = `proviso_test_${randomBytes(6).toString('hex')}`;
  await withClient(admin, (client) => client.query(`CREATE DATABASE ${name} TEMPLATE ${template}`));
  return withDatabase(admin, name);
}

async function dropDatabase(url: string): Promise<void> {
  const name = new URL(url.replace(/^[a-z]+:\/\/[^/]*\//, 'http://x/')).pathname.slice(1);
  await withClient(withDatabase(url, 'postgres'), (client) =>
    client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`),
  );
}
