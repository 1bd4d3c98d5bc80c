import { randomBytes } from 'node:crypto';
import { link, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { StoreError } from '../errors.ts';
import { answers, withShortPath } from './answers.ts';
import { birthOf } from './processes.ts';

/** Held by the one process that may start PostgreSQL on a data folder. */
export interface FolderLock {
  /** False once another has taken the folder over. */
  isHeld(): Promise<boolean>;
  release(): Promise<void>;
}

const NAME = 'proviso.lock';

/**
 * Takes the lock of a data folder. A lock whose process is gone is healed, also where its number was given to another process. The holder
 * listens on a socket that the lock names, so that it is also seen from another container, where process numbers mean nothing.
 * Throws `in-use`, with the number of the holder. PostgreSQL's own lock stands behind this one.
 */
export async function lockFolder(dataDir: string): Promise<FolderLock> {
  const path = join(dataDir, NAME);
  const token = randomBytes(6).toString('hex');
  const socket = join(dataDir, `lock-${token}.socket`);
  // Before the lock is there, so that whoever reads it hears its holder.
  const listener = await listen(socket);
  const mine = `${process.pid}\n${await birthOf(process.pid)}\n${token}\n`;
  const fresh = `${path}.${token}`;
  const quiet = async (): Promise<void> => {
    listener?.close();
    await rm(socket, { force: true });
  };
  try {
    for (;;) {
      // Made whole under another name and linked, so that nobody ever reads half a lock.
      await writeFile(fresh, mine, { mode: 0o600 });
      const taken = await link(fresh, path).then(
        () => true,
        (error: NodeJS.ErrnoException) => {
          if (error.code === 'EEXIST') return false;
          throw error;
        },
      );
      await rm(fresh, { force: true });
      if (taken) break;
      await removeStale(path, dataDir);
    }
  } catch (error) {
    await quiet();
    throw error;
  }
  const isHeld = async () => (await readFile(path, 'utf8').catch(() => '')) === mine;
  return {
    isHeld,
    release: async () => {
      if (await isHeld()) await rm(path, { force: true });
      await quiet();
    },
  };
}

/** Null where no socket can be made, as on Windows or some network drives: there the process number alone must do. */
async function listen(socket: string): Promise<Server | null> {
  if (process.platform === 'win32') return null;
  const server = createServer((one) => one.destroy()).unref();
  const listens = await withShortPath(
    socket,
    (path) =>
      new Promise<boolean>((done) => {
        server.once('error', () => done(false));
        server.listen(path, () => done(true));
      }),
  );
  return listens ? server : null;
}

async function removeStale(path: string, dataDir: string): Promise<void> {
  const held = await readFile(path, 'utf8').catch(() => null);
  if (held === null) return;
  const [pid = '', birth, token = ''] = held.split('\n');
  const socket = /^[0-9a-f]+$/.test(token) ? join(dataDir, `lock-${token}.socket`) : null;
  const here = (await birthOf(Number(pid) || 0)) === birth;
  if (here || (socket !== null && (await answers(socket)))) {
    throw new StoreError(
      'in-use',
      `The data folder ${dataDir} is in use by process ${pid}${here ? '' : ' of another container'}. Stop that one first, or name another folder with --data.`,
    );
  }
  // Two may see the same stale lock. What was moved away is looked at again, so that a fresh lock is put back.
  const aside = `${path}.${randomBytes(6).toString('hex')}.stale`;
  const moved = await rename(path, aside).then(
    () => true,
    () => false,
  );
  if (!moved) return;
  if ((await readFile(aside, 'utf8')) !== held) await link(aside, path).catch(() => {});
  else if (socket !== null) await rm(socket, { force: true });
  await rm(aside, { force: true });
}
