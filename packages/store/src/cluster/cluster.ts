import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmod, chown, mkdir, readdir, realpath, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout } from 'node:timers/promises';
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
  /** Process number of PostgreSQL, as it is now. */
  readonly pid: number;
  /** Resolves when PostgreSQL was stopped. One that ends by itself is started again. */
  ended: Promise<void>;
  /** Ends all sessions, writes everything to disk and lets the folder go. */
  stop(): Promise<void>;
}

/** Replaying the log after a crash may take its time. */
const READY_MS = 120_000;
const STOP_MS = 30_000;
/** Between two attempts to start a PostgreSQL that ended by itself; longer each time, as while a disk is full. */
const AGAIN_MS = { first: 200, most: 10_000 };
/** A socket's path must fit in 107 bytes (unix(7)); PostgreSQL adds 15. */
const LONGEST_SOCKET_FOLDER = 90;
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
/** One per running cluster: they are not the application's. */
const OWN_LISTENERS = new Set<unknown>();

/**
 * Starts our own PostgreSQL on a data folder, making it first if need be. It listens on a socket in a private folder, on Windows
 * on a free port of 127.0.0.1. Throws a `StoreError`: `in-use`, `other-version`, `data-folder` or `start-failed`.
 *
 * A signal that would end this process stops PostgreSQL first, unless the application listens to that signal itself. A PostgreSQL that ends
 * otherwise (killed, out of memory, a full disk) is started again at the same address, until it runs or is stopped.
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
    const address = await addressFor(dataDir, runner);
    const settings = { ...SETTINGS, ...address.settings, ...options.settings };
    const start = async (): Promise<Running> => {
      await clearOrphan(cluster, binaries, log);
      await address.prepare();
      return await ready(launch(binaries, cluster, runner, settings), cluster, log);
    };
    return keptRunning(await start(), { start, lock, address, url: address.url(password), log });
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
  /** Makes the folder of the socket anew, before each start. */
  prepare(): Promise<void>;
  /** Removes the folder of the socket, when PostgreSQL has ended. */
  remove(): Promise<void>;
}

async function addressFor(dataDir: string, runner: Runner | null): Promise<Address> {
  if (process.platform === 'win32') {
    const port = String(await freePort());
    return {
      settings: { listen_addresses: '127.0.0.1', port, unix_socket_directories: '' },
      url: (password) => `postgresql://${ADMIN}:${password}@127.0.0.1:${port}/postgres`,
      prepare: async () => {},
      remove: async () => {},
    };
  }
  const inside = join(dataDir, 'socket');
  const folder =
    Buffer.byteLength(inside) <= LONGEST_SOCKET_FOLDER
      ? inside
      : join(tmpdir(), `proviso-${randomBytes(12).toString('hex')}`);
  return {
    prepare: async () => {
      await rm(folder, { recursive: true, force: true });
      await mkdir(folder, { mode: 0o700 });
      if (runner !== null) await chown(folder, runner.uid, runner.gid);
    },
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

/** A PostgreSQL that takes connections, or has ended since. */
interface Running {
  child: ChildProcess;
  isOver(): boolean;
  gone: Promise<void>;
}

/** Waits until a PostgreSQL takes connections. @throws StoreError `start-failed` with its last words */
async function ready(child: ChildProcess, cluster: string, log: (line: string) => void): Promise<Running> {
  const last: string[] = [];
  let over = false;
  const gone = new Promise<void>((done) => {
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
      log(line);
      last.push(line);
      if (last.length > 5) last.shift();
    });
    (child.stderr as { unref?(): void }).unref?.();
  }
  const isReady = async () => {
    const file = await readPostmasterFile(cluster);
    return over || (file?.pid === child.pid && file?.ready === true);
  };
  const inTime = await waitUntil(isReady, READY_MS);
  if (over || !inTime) {
    if (!over) child.kill('SIGQUIT');
    await gone;
    throw new StoreError('start-failed', `PostgreSQL did not start on ${cluster}: ${last.join(' / ')}`);
  }
  child.unref();
  return { child, isOver: () => over, gone };
}

/** Looks after a PostgreSQL until it is stopped. */
function keptRunning(
  first: Running,
  parts: {
    start: () => Promise<Running>;
    lock: FolderLock;
    address: Address;
    url: string;
    log: (line: string) => void;
  },
): Cluster {
  let now = first;
  const end = new AbortController();
  const { promise: ended, resolve: hasEnded } = Promise.withResolvers<void>();
  const again = async (): Promise<void> => {
    for (let rest = AGAIN_MS.first; !end.signal.aborted; rest = Math.min(2 * rest, AGAIN_MS.most)) {
      try {
        now = await parts.start();
        return;
      } catch (error) {
        parts.log((error as Error).message);
        await setTimeout(rest, undefined, { ref: false, signal: end.signal }).catch(() => {});
      }
    }
  };
  const watching = (async () => {
    while (!end.signal.aborted) {
      await now.gone;
      if (end.signal.aborted || !(await parts.lock.isHeld())) return;
      parts.log('PostgreSQL has ended by itself: starting it again');
      await again();
    }
  })();
  const forget = onLeaving(
    () => now.child,
    () => stop(),
  );
  let stopping: Promise<void> | undefined;
  const stop = () => {
    stopping ??= (async () => {
      end.abort();
      const leave = async () => {
        const { child, isOver } = now;
        child.ref();
        // SIGINT is PostgreSQL's fast shutdown; where it hangs, SIGQUIT leaves the rest to recovery.
        if (!isOver()) child.kill('SIGINT');
        if (!(await waitUntil(isOver, STOP_MS))) child.kill('SIGQUIT');
        await now.gone;
      };
      await leave();
      // One that was just being started again.
      await watching;
      await leave();
      forget();
      await parts.address.remove();
      await parts.lock.release();
      hasEnded();
    })();
    return stopping;
  };
  return {
    url: parts.url,
    get pid() {
      return now.child.pid ?? 0;
    },
    ended,
    stop,
  };
}

/** Stops PostgreSQL when this process leaves. Returns a function that undoes the listening. */
function onLeaving(child: () => ChildProcess, stop: () => Promise<void>): () => void {
  const onExit = () => child().kill('SIGINT');
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
