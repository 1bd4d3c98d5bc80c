import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { findBinaries } from './binaries.ts';
import { type Cluster, startCluster } from './cluster.ts';
import { lockFolder } from './lock.ts';
import { clearOrphan, readPostmasterFile } from './orphan.ts';
import { birthOf, isAlive, waitUntil } from './processes.ts';
import { reachable, runnerFor } from './runner.ts';
import { runningCluster } from './running.ts';

const folders: string[] = [];
async function folder(): Promise<string> {
  const made = await mkdtemp(join(tmpdir(), 'proviso-cluster-'));
  folders.push(made);
  return made;
}
afterAll(() => Promise.all(folders.map((path) => rm(path, { recursive: true, force: true }))));

async function ask<Row extends pg.QueryResultRow>(url: string, text: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Row>(text)).rows;
  } finally {
    await client.end();
  }
}

describe('a data folder', () => {
  let dataDir: string;
  let running: Cluster | undefined;
  const start = async (log?: (line: string) => void) => {
    running = await startCluster({ dataDir, ...(log && { log }) });
    return running;
  };
  beforeAll(async () => {
    dataDir = await folder();
  });
  afterEach(async () => {
    await running?.stop();
    running = undefined;
  });

  it('that runs is joined by who may read its password, and by nobody when it is stopped', async () => {
    expect(await runningCluster(dataDir)).toBeNull();
    await start();
    const url = (await runningCluster(dataDir)) as string;
    expect(await ask(url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    await running?.stop();
    expect(await runningCluster(dataDir)).toBeNull();
  });

  it('is made at the first start: checked pages, UTF-8, a password, a private socket', async () => {
    const { url } = await start();
    const rows = await ask(
      url,
      `SELECT current_setting('data_checksums') AS checksums, current_setting('fsync') AS fsync, current_setting('listen_addresses') AS addresses,
        current_setting('server_encoding') AS encoding, current_setting('password_encryption') AS password, inet_server_addr() AS address`,
    );
    expect(rows).toEqual([
      { checksums: 'on', fsync: 'on', addresses: '', encoding: 'UTF8', password: 'scram-sha-256', address: null },
    ]);
    const modes = await Promise.all(
      ['password', 'postgres', 'socket'].map(async (name) => (await stat(join(dataDir, name))).mode & 0o777),
    );
    expect(modes).toEqual([0o600, 0o700, 0o700]);
    const password = (await readFile(join(dataDir, 'password'), 'utf8')).trim();
    expect(password).toMatch(/^[\w-]{32}$/);
    const rules = await ask<{ auth_method: string }>(url, 'SELECT DISTINCT auth_method FROM pg_hba_file_rules');
    expect(rules).toEqual([{ auth_method: 'scram-sha-256' }]);
    await expect(ask(url.replace(password, 'wrong'), 'SELECT 1')).rejects.toThrow('password authentication failed');
  });

  it('keeps what was written, and the words of nobody in the log', async () => {
    const said: string[] = [];
    const first = await start((line) => said.push(line));
    await ask(first.url, `CREATE TABLE kept (secret text PRIMARY KEY); INSERT INTO kept VALUES ('quokka')`);
    await expect(ask(first.url, `INSERT INTO kept VALUES ('quokka')`)).rejects.toThrow('duplicate key');
    await expect(ask(first.url, `SELECT 'quokka'::int`)).rejects.toThrow('invalid input syntax');
    await first.stop();
    expect(said.join('\n')).toContain('duplicate key');
    expect(said.filter((line) => line.includes('(quokka)') || line.includes('INSERT'))).toEqual([]);
    const second = await start();
    expect(await ask(second.url, 'SELECT secret FROM kept')).toEqual([{ secret: 'quokka' }]);
  });

  it('in use is refused, with who uses it and what to do, and goes on', async () => {
    const { url } = await start();
    await expect(startCluster({ dataDir })).rejects.toMatchObject({
      code: 'in-use',
      message: expect.stringMatching(new RegExp(`${dataDir} is in use by process ${process.pid}\\. Stop that one`)),
    });
    expect(await ask(url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('whose PostgreSQL lost its parent is taken over', async () => {
    const { pid } = await start();
    // What a killed parent leaves: the server, and a lock of a process that is gone.
    await writeFile(join(dataDir, 'proviso.lock'), `${process.pid}\nlong ago\n`);
    const said: string[] = [];
    const again = await startCluster({ dataDir, log: (line) => said.push(line) });
    expect(said[0]).toBe(`PostgreSQL (process ${pid}) was left running by a Proviso that was killed: stopping it`);
    expect(isAlive(pid)).toBe(false);
    expect(await ask(again.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    await again.stop();
  });

  it('whose PostgreSQL is killed gets it back at the same address, with all that was committed', async () => {
    const said: string[] = [];
    const cluster = await start((line) => said.push(line));
    await ask(cluster.url, 'CREATE TABLE held (n int)');
    for (let n = 1; n <= 2; n++) {
      await ask(cluster.url, `INSERT INTO held VALUES (${n})`);
      const { pid } = cluster;
      process.kill(pid, 'SIGKILL');
      expect(await waitUntil(() => cluster.pid !== pid, 60_000)).toBe(true);
      expect(await ask(cluster.url, 'SELECT count(*)::int AS n FROM held')).toEqual([{ n }]);
    }
    expect(said.filter((line) => line.includes('has ended by itself'))).toHaveLength(2);
    // Killed again, and stopped before it is back.
    process.kill(cluster.pid, 'SIGKILL');
    await cluster.stop();
    await cluster.ended;
    expect(await runningCluster(dataDir)).toBeNull();
    await start();
  });

  it('with a postmaster.pid whose number another program has now, starts', async () => {
    await (await start()).stop();
    const sleeper = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60_000)'], { stdio: 'ignore' });
    try {
      await writeFile(
        join(dataDir, 'postgres', 'postmaster.pid'),
        `${sleeper.pid}\n${join(dataDir, 'postgres')}\n1\n5432\n\n\n\nready\n`,
      );
      const { url } = await start();
      expect(await ask(url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
      expect(isAlive(sleeper.pid ?? 0)).toBe(true);
    } finally {
      sleeper.kill();
    }
  });

  it('leaves a signal that the application listens to alone, and listens no more once it is stopped', async () => {
    const before = process.listenerCount('SIGHUP');
    const { ended, pid } = await start();
    const own = () => {};
    process.on('SIGHUP', own);
    process.emit('SIGHUP', 'SIGHUP');
    process.off('SIGHUP', own);
    expect(isAlive(pid)).toBe(true);
    await running?.stop();
    await ended;
    expect(await readPostmasterFile(join(dataDir, 'postgres'))).toBeNull();
    expect(process.listenerCount('SIGHUP')).toBe(before);
  });

  it('of another major version is refused and left alone', async () => {
    const file = join(dataDir, 'postgres', 'PG_VERSION');
    await writeFile(file, '17\n');
    await expect(startCluster({ dataDir })).rejects.toMatchObject({
      code: 'other-version',
      message: expect.stringMatching(
        /holds data of PostgreSQL 17; this Proviso comes with 18\.\d+\. Make a backup .* Nothing was changed\./,
      ),
    });
    expect(await readFile(file, 'utf8')).toBe('17\n');
    await writeFile(file, '18\n');
  });

  it('without its password is refused, with what to do', async () => {
    const password = await readFile(join(dataDir, 'password'));
    await rm(join(dataDir, 'password'));
    await expect(startCluster({ dataDir })).rejects.toMatchObject({
      code: 'data-folder',
      message: expect.stringContaining('from a copy'),
    });
    await writeFile(join(dataDir, 'password'), password);
  });

  it('with a bad setting says what PostgreSQL said', async () => {
    await expect(startCluster({ dataDir, settings: { shared_buffers: 'much' } })).rejects.toMatchObject({
      code: 'start-failed',
      message: expect.stringContaining('invalid value for parameter "shared_buffers"'),
    });
    // The lock was given back.
    await start();
  });
});

describe('the lock of a folder', () => {
  it('is held by one of many who want it at once, also when a stale one lies there', async () => {
    const dataDir = await folder();
    await writeFile(join(dataDir, 'proviso.lock'), '999999999\nlong ago\n');
    const tries = await Promise.allSettled(Array.from({ length: 8 }, () => lockFolder(dataDir)));
    const held = tries.filter((result) => result.status === 'fulfilled');
    expect(held).toHaveLength(1);
    await held[0]?.value.release();
    await (await lockFolder(dataDir)).release();
    expect((await readdir(dataDir)).filter((name) => name.includes('lock'))).toEqual([]);
  });

  // Each wait of the file system is a chance for the others; many rounds find the orders in which it once was held by two.
  it('is held by one, over many rounds of many', async () => {
    const dataDir = await folder();
    for (let round = 0; round < 40; round++) {
      await writeFile(join(dataDir, 'proviso.lock'), `999999999\nlong ago\n${round % 2 ? '' : round.toString(16)}\n`);
      const tries = await Promise.allSettled(
        Array.from({ length: 12 }, async (_, at) => {
          await setTimeout(at % 4);
          return await lockFolder(dataDir);
        }),
      );
      const held = tries.filter((result) => result.status === 'fulfilled');
      expect(held).toHaveLength(1);
      await held[0]?.value.release();
    }
  });

  it('whose healing was cut off is healed', async () => {
    const dataDir = await folder();
    const stale = '999999999\nlong ago\n';
    const mark = createHash('sha256').update(stale).digest('hex').slice(0, 12);
    await writeFile(join(dataDir, 'proviso.lock'), stale);
    await writeFile(join(dataDir, `proviso.lock.${mark}`), '999999998\nlong ago too\n');
    await (await lockFolder(dataDir)).release();
    expect((await readdir(dataDir)).filter((name) => name.includes('lock'))).toEqual([]);
  });

  it.each(['', 'x', '1', '-1\n\n', '0\nnull\n'])('that reads %j is stale', async (content) => {
    const dataDir = await folder();
    await writeFile(join(dataDir, 'proviso.lock'), content);
    await (await lockFolder(dataDir)).release();
  });

  // As two containers on one volume see each other: numbers of processes say nothing, sockets do.
  it.each([8, 150])('whose holder is in another container is held, in a folder of %i letters', async (length) => {
    const dataDir = join(await folder(), 'x'.repeat(length));
    await mkdir(dataDir);
    const lock = await lockFolder(dataDir);
    const path = join(dataDir, 'proviso.lock');
    const written = await readFile(path, 'utf8');
    await writeFile(path, written.replace(/^.*\n.*\n/, '999999999\nlong ago\n'));
    await expect(lockFolder(dataDir)).rejects.toMatchObject({
      code: 'in-use',
      message: expect.stringContaining('of another container'),
    });
    await writeFile(path, written);
    await lock.release();
    expect(await readdir(dataDir)).toEqual([]);
  });

  it('tells a process from a later one with its number', async () => {
    const child = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60_000)'], { stdio: 'ignore' });
    const birth = await birthOf(child.pid ?? 0);
    expect(birth).toBe(await birthOf(child.pid ?? 0));
    expect(birth).not.toBe(await birthOf(process.pid));
    child.kill('SIGKILL');
    expect(await waitUntil(async () => (await birthOf(child.pid ?? 0)) === null, 5_000)).toBe(true);
  });
});

it('a PostgreSQL that is not seen from here, and answers, is left alone', async () => {
  const dataDir = await folder();
  const cluster = await startCluster({ dataDir });
  const pidFile = join(dataDir, 'postgres', 'postmaster.pid');
  const written = await readFile(pidFile, 'utf8');
  const binaries = await findBinaries();
  try {
    await writeFile(pidFile, written.replace(/^\d+/, '999999999'));
    await expect(clearOrphan(join(dataDir, 'postgres'), binaries, () => {})).rejects.toMatchObject({ code: 'in-use' });
    expect(await ask(cluster.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  } finally {
    await writeFile(pidFile, written);
    await cluster.stop();
  }
});

describe.runIf(process.getuid?.() === 0)('started by root', () => {
  it('PostgreSQL runs as a user without rights, who owns the data', async () => {
    const dataDir = await folder();
    const runner = await runnerFor(join(dataDir, 'postgres'));
    expect(['postgres', 'nobody']).toContain(runner?.name);
    await mkdir(join(dataDir, 'mine'));
    expect((await runnerFor(join(dataDir, 'mine')))?.uid).toBeGreaterThan(0);
  });

  it('a folder that user cannot enter is refused with its name; programs there are copied', async () => {
    const closed = await folder();
    await mkdir(join(closed, 'data'));
    await expect(startCluster({ dataDir: join(closed, 'data') })).rejects.toMatchObject({
      code: 'data-folder',
      message: expect.stringContaining(`cannot enter ${closed}. Name a data folder elsewhere`),
    });
    const open = await folder();
    await chmod(open, 0o755);
    const binaries = {
      ...(await findBinaries()),
      root: join(closed, 'native'),
      postgres: join(closed, 'native/bin/postgres'),
    };
    await mkdir(join(closed, 'native/bin'), { recursive: true });
    await writeFile(binaries.postgres, 'x');
    const moved = await reachable(binaries, open, await runnerFor(open));
    expect(moved.postgres).toBe(join(open, `postgresql-${binaries.version}/bin/postgres`));
    expect(await readFile(moved.postgres, 'utf8')).toBe('x');
  });
});
