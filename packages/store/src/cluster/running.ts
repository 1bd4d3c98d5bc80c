import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ADMIN } from './initialise.ts';
import { isAlive } from './processes.ts';

/**
 * Address of the PostgreSQL that another process runs on this data folder, for the administrator; null where none does or it is not ready.
 * Whoever may read the folder's password may join it. Lines of `postmaster.pid`: src/include/utils/pidfile.h.
 */
export async function runningCluster(dataDir: string): Promise<string | null> {
  const read = (name: string): Promise<string> => readFile(join(dataDir, name), 'utf8').catch(() => '');
  const [pid = '', , , port = '', socket = '', address = '', , state = ''] = (
    await read('postgres/postmaster.pid')
  ).split('\n');
  const password = (await read('password')).trim();
  if (!isAlive(Number(pid) || 0) || state.trim() !== 'ready' || password === '') return null;
  return socket.trim() === ''
    ? `postgresql://${ADMIN}:${password}@${address.trim() || '127.0.0.1'}:${port.trim()}/postgres`
    : `postgresql://${ADMIN}:${password}@/postgres?host=${encodeURIComponent(socket.trim())}&port=${port.trim()}`;
}
