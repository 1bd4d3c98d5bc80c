import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ADMIN } from './initialise.ts';
import { readPostmasterFile } from './orphan.ts';
import { isAlive } from './processes.ts';

/**
 * Address of the PostgreSQL that another process runs on this data folder, for the administrator; null where none does or it is not ready.
 * Whoever may read the folder's password may join it.
 */
export async function runningCluster(dataDir: string): Promise<string | null> {
  const file = await readPostmasterFile(join(dataDir, 'postgres'));
  const password = (await readFile(join(dataDir, 'password'), 'utf8').catch(() => '')).trim();
  if (file === null || !file.ready || !isAlive(file.pid) || password === '') return null;
  const { port, folder, address } = file;
  return folder === ''
    ? `postgresql://${ADMIN}:${password}@${address || '127.0.0.1'}:${port}/postgres`
    : `postgresql://${ADMIN}:${password}@/postgres?host=${encodeURIComponent(folder)}&port=${port}`;
}
