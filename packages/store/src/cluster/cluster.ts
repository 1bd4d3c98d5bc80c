import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmod, chown, mkdir, readdir, realpath, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { StoreError } from '../errors.ts';
import { type Binaries, findBinaries } from './binaries.ts';
import { ADMIN, environment, initialise } from './initialise.ts';
import { type FolderLock, lockFolder } from './lock.ts';
import { clearOrphan, readPostmasterFile } from './orphan.ts';
import { waitUntil } from './processes.ts';
import { type Runner, reachable, runnerFor } from './runner.ts';

export interface ClusterOptions {
  /** Made when it is not there. Holds `postgres/`, `password` and the lock. */
  dataDir: string;
  /** Gets what PostgreSQL says, line by line, without the values of any statement. */
  log?: (line: string) => void;
  /** Settings of PostgreSQL beside our own, as for `postgresql.conf`. */
  settings?: Readonly<Record<string, string>>;
}

export interface Cluster {
  /** Connects as the administrator, to the database `postgres`. */
  url: string;
  /** Process number of PostgreSQL. */
  pid: number;
  /** Resolves when PostgreSQL has ended, whoever ended it. */
  ended: Promise<void>;
  /** Ends all sessions, writes everything to disk and lets the folder go. */
  stop(): Promise<void>;
}

/** Replaying the log after a crash may take its time. */
const READY_MS = 120_000;
const STOP_MS = 30_000;
/** A socket's path must fit in 107 bytes (unix(7)); PostgreSQL adds 15. */
const LONGEST_SOCKET_FOLDER = 90;
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
/** One per running cluster: they are not the application's. */
const OWN_LISTENERS = new Set<unknown>();

/**
 * Starts our own PostgreSQL on a data folder, making it first if need be. It listens on a socket in a private folder, on Windows
 * on a free port of 127.0.0.1. Throws a `StoreError`: `in-use`, `other-version`, `data-folder` or `start-failed`.
 *
 * A signal that would end this process stops PostgreSQL first, unless the application listens to that signal itself.
 */
export async function startCluster(options: ClusterOptions): Promise<Cluster> {
  const log = options.log ?? (() => {});
  const dataDir = await ownFolder(options.dataDir);
  const lock = await lockFolder(dataDir);
  try {
    const cluster = join(dataDir, 'postgres');
    const runner = await runnerFor(cluster);
    const binaries = await reachable(await findBinaries(), dataDir, runner);
    const password = await initialise(dataDir, binaries, runner);
    await clearOrphan(cluster, binaries, log);
    const address = await addressFor(dataDir, runner);
    const settings = { ...SETTINGS, ...address.settings, ...options.settings };
    const child = launch(binaries, cluster, runner, settings);
    return await watched(child, { cluster, lock, address, url: address.url(password), log });
  } catch (error) {
    await lock.release();
    throw error;
  }
}

const SETTINGS = {
  max_connections: '120',
  shared_buffers: '256MB',
  timezone: 'UTC',
  log_timezone: 'UTC',
  // Compiling costs more than our statements do.
  jit: 'off',
  // What people wrote must not get into the log: no statements, no values of keys.
  log_statement: 'none',
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
  log_checkpoints: 'off',
  // A transaction that somebody forgot must not hold the log of a tenant for ever.
  idle_in_transaction_session_timeout: '60s',
};

/** Under root others may pass through the folder, since PostgreSQL then runs as another user; what is inside is closed to them. */
async function ownFolder(dataDir: string): Promise<string> {
  const root = process.getuid?.() === 0;
  try {
    await mkdir(resolve(dataDir), { recursive: true, mode: root ? 0o711 : 0o700 });
    const real = await realpath(dataDir);
    // A folder that was made for us a moment ago is ours to open; one with something in it is not.
    if (root && (await readdir(real)).length === 0) await chmod(real, 0o711);
    return real;
  } catch (cause) {
    throw new StoreError(
      'data-folder',
      `The data folder ${dataDir} cannot be made or opened: ${(cause as Error).message}. Name another with --data.`,
      { cause },
    );
  }
}

interface Address {
  settings: Record<string, string>;
  url(password: string): string;
  /** Removes the folder of the socket, when PostgreSQL has ended. */
  remove(): Promise<void>;
}

async function addressFor(dataDir: string, runner: Runner | null): Promise<Address> {
  if (process.platform === 'win32') {
    const port = String(await freePort());
    return {
      settings: { listen_addresses: '127.0.0.1', port, unix_socket_directories: '' },
      url: (password) => `postgresql://${ADMIN}:${password}@127.0.0.1:${port}/postgres`,
      remove: async () => {},
    };
  }
  const inside = join(dataDir, 'socket');
  const folder =
    Buffer.byteLength(inside) <= LONGEST_SOCKET_FOLDER
      ? inside
      : join(tmpdir(), `proviso-${randomBytes(12).toString('hex')}`);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { mode: 0o700 });
  if (runner !== null) await chown(folder, runner.uid, runner.gid);
  return {
    settings: { listen_addresses: '', port: '5432', unix_socket_directories: folder, unix_socket_permissions: '0700' },
    url: (password) => `postgresql://${ADMIN}:${password}@/postgres?host=${encodeURIComponent(folder)}&port=5432`,
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

function launch(
  binaries: Binaries,
  cluster: string,
  runner: Runner | null,
  settings: Readonly<Record<string, string>>,
): ChildProcess {
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  return spawn(binaries.postgres, ['-D', cluster, ...flags], {
    ...(runner && { uid: runner.uid, gid: runner.gid }),
    cwd: cluster,
    env: environment(),
    stdio: ['ignore', 'ignore', 'pipe'],
    // A group of its own: Ctrl-C in a terminal reaches us, and we end it when our own work is done.
    detached: true,
  });
}

async function watched(
  child: ChildProcess,
  parts: { cluster: string; lock: FolderLock; address: Address; url: string; log: (line: string) => void },
): Promise<Cluster> {
  const last: string[] = [];
  let over = false;
  const ended = new Promise<void>((done) => {
    const end = () => {
      over = true;
      done();
    };
    child.once('exit', end);
    child.once('error', (error) => {
      last.push(error.message);
      end();
    });
  });
  if (child.stderr !== null) {
    createInterface({ input: child.stderr }).on('line', (line) => {
      parts.log(line);
      last.push(line);
      if (last.length > 5) last.shift();
    });
    (child.stderr as { unref?(): void }).unref?.();
  }
  const isReady = async () => {
    const file = await readPostmasterFile(parts.cluster);
    return over || (file?.pid === child.pid && file?.ready === true);
  };
  const inTime = await waitUntil(isReady, READY_MS);
  if (over || !inTime) {
    if (!over) child.kill('SIGQUIT');
    await ended;
    throw new StoreError('start-failed', `PostgreSQL did not start on ${parts.cluster}: ${last.join(' / ')}`);
  }
  child.unref();
  const forget = onLeaving(child, () => stop());
  let stopping: Promise<void> | undefined;
  const stop = () => {
    stopping ??= (async () => {
      child.ref();
      // SIGINT is PostgreSQL's fast shutdown; where it hangs, SIGQUIT leaves the rest to recovery.
      if (!over) child.kill('SIGINT');
      if (!(await waitUntil(() => over, STOP_MS))) child.kill('SIGQUIT');
      await ended;
      forget();
      await parts.address.remove();
      await parts.lock.release();
    })();
    return stopping;
  };
  return { url: parts.url, pid: child.pid ?? 0, ended, stop };
}

/** Stops PostgreSQL when this process leaves. Returns a function that undoes the listening. */
function onLeaving(child: ChildProcess, stop: () => Promise<void>): () => void {
  const onExit = () => child.kill('SIGINT');
  const onSignal = (signal: NodeJS.Signals) => {
    // The application ends its own work first, and then calls stop().
    if (process.listeners(signal).some((listener) => !OWN_LISTENERS.has(listener))) return;
    stop().finally(() => process.kill(process.pid, signal));
  };
  OWN_LISTENERS.add(onSignal);
  process.once('exit', onExit);
  for (const signal of SIGNALS) process.on(signal, onSignal);
  return () => {
    OWN_LISTENERS.delete(onSignal);
    process.off('exit', onExit);
    for (const signal of SIGNALS) process.off(signal, onSignal);
  };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const address = server.address();
  await new Promise((closed) => server.close(closed));
  return typeof address === 'object' && address !== null ? address.port : 0;
}
