import { createHash, randomBytes } from 'node:crypto';
import { link, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
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
      const taken = await linkNew(fresh, path);
      await rm(fresh, { force: true });
      if (taken) break;
      await removeStale(path, dataDir, mine);
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

/** Who a lock names, and whether that process still is. */
async function holderOf(
  held: string,
  dataDir: string,
): Promise<{ pid: string; here: boolean; lives: boolean; socket: string | null }> {
  const [pid = '', birth, token = ''] = held.split('\n');
  const socket = /^[0-9a-f]+$/.test(token) ? join(dataDir, `lock-${token}.socket`) : null;
  const here = (await birthOf(Number(pid) || 0)) === birth;
  return { pid, here, lives: here || (socket !== null && (await answers(socket))), socket };
}

/** Removes the lock where its holder is gone. @throws StoreError `in-use` */
async function removeStale(path: string, dataDir: string, mine: string): Promise<void> {
  const held = await readFile(path, 'utf8').catch(() => null);
  if (held === null) return;
  const { pid, here, lives, socket } = await holderOf(held, dataDir);
  if (lives) {
    throw new StoreError(
      'in-use',
      `The data folder ${dataDir} is in use by process ${pid}${here ? '' : ' of another container'}. Stop that one first, or name another folder with --data.`,
    );
  }
  if ((await removeAlone(path, held, { dataDir, mine })) && socket !== null) await rm(socket, { force: true });
}

/** Between two looks at who removes the same stale file, in milliseconds. */
const PATIENCE = 5;

/**
 * Removes a file of a process that is gone, if it still reads `held`. Two may see the same stale file, and the slower one must not remove what the
 * faster one has put there since: so that file may only be removed by who holds a mark that is named after its content. A mark whose holder is
 * gone is a stale file like any other. Resolves to whether it was removed here.
 */
async function removeAlone(path: string, held: string, by: { dataDir: string; mine: string }): Promise<boolean> {
  const mark = `${path}.${createHash('sha256').update(held).digest('hex').slice(0, 12)}`;
  const fresh = `${mark}.${randomBytes(6).toString('hex')}`;
  await writeFile(fresh, by.mine, { mode: 0o600 });
  const marked = await linkNew(fresh, mark);
  await rm(fresh, { force: true });
  if (!marked) {
    const other = await readFile(mark, 'utf8').catch(() => null);
    if (other !== null && !(await holderOf(other, by.dataDir)).lives) await removeAlone(mark, other, by);
    else await setTimeout(PATIENCE);
    return false;
  }
  try {
    const stale = (await readFile(path, 'utf8').catch(() => null)) === held;
    if (stale) await rm(path, { force: true });
    return stale;
  } finally {
    await rm(mark, { force: true });
  }
}

/** Gives a file a second name. False where that name is taken. */
async function linkNew(file: string, name: string): Promise<boolean> {
  return await link(file, name).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'EEXIST') return false;
      throw error;
    },
  );
}
