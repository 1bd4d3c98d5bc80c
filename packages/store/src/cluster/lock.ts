import { randomBytes } from 'node:crypto';
import { link, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { StoreError } from '../errors.ts';
import { birthOf } from './processes.ts';

/** Held by the one process that may start PostgreSQL on a data folder. */
export interface FolderLock {
  release(): Promise<void>;
}

const NAME = 'proviso.lock';

/**
 * Takes the lock of a data folder. A lock whose process is gone is healed, also where its number was given to another process.
 * Throws `in-use`, with the number of the holder. PostgreSQL's own lock stands behind this one.
 */
export async function lockFolder(dataDir: string): Promise<FolderLock> {
  const path = join(dataDir, NAME);
  const mine = `${process.pid}\n${await birthOf(process.pid)}\n${randomBytes(6).toString('hex')}\n`;
  const fresh = `${path}.${randomBytes(6).toString('hex')}`;
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
    if (taken) return { release: () => giveBack(path, mine) };
    await removeStale(path, dataDir);
  }
}

async function removeStale(path: string, dataDir: string): Promise<void> {
  const held = await readFile(path, 'utf8').catch(() => null);
  if (held === null) return;
  const [pid = '', birth] = held.split('\n');
  if ((await birthOf(Number(pid) || 0)) === birth) {
    throw new StoreError(
      'in-use',
      `The data folder ${dataDir} is in use by process ${pid}. Stop that one first, or name another folder with --data.`,
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
  await rm(aside, { force: true });
}

async function giveBack(path: string, mine: string): Promise<void> {
  if ((await readFile(path, 'utf8').catch(() => null)) === mine) await rm(path, { force: true });
}
