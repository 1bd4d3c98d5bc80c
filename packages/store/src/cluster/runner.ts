import { chmod, cp, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { StoreError } from '../errors.ts';
import type { Binaries } from './binaries.ts';

/** Whom PostgreSQL runs as. It refuses to run as root, so root lends it to another user of the machine. */
export interface Runner {
  name: string;
  uid: number;
  gid: number;
}

/** In the order they are looked for. */
const USERS = ['postgres', 'nobody'];

/**
 * Null when we are not root: then PostgreSQL runs as we do. Else the owner of the existing data, or a known user without rights.
 * Throws `data-folder` when the machine has no such user.
 */
export async function runnerFor(cluster: string): Promise<Runner | null> {
  if (process.getuid?.() !== 0) return null;
  const users = (await readFile('/etc/passwd', 'utf8').catch(() => ''))
    .split('\n')
    .map((line) => line.split(':'))
    .map(([name = '', , uid, gid]) => ({ name, uid: Number(uid), gid: Number(gid) }));
  const owner = await stat(cluster).catch(() => null);
  const found =
    owner !== null && owner.uid !== 0
      ? users.find(({ uid }) => uid === owner.uid)
      : USERS.map((wanted) => users.find(({ name, uid }) => name === wanted && uid > 0)).find((user) => user);
  if (found !== undefined) return found;
  throw new StoreError(
    'data-folder',
    owner !== null && owner.uid !== 0
      ? `${cluster} belongs to user number ${owner.uid}, whom /etc/passwd does not know. Add that user, or give the folder to another: chown -R postgres ${cluster}`
      : 'PostgreSQL does not run as root, and /etc/passwd knows neither "postgres" nor "nobody". Add one (useradd --system postgres), or start as another user.',
  );
}

/**
 * Sees to it that the runner can reach the data and the programs. Programs in a folder closed to others (`/root`) are copied
 * into the data folder. Throws `data-folder` where the data folder itself is closed.
 */
export async function reachable(binaries: Binaries, dataDir: string, runner: Runner | null): Promise<Binaries> {
  if (runner === null) return binaries;
  const closed = await closedFolder(dataDir, runner);
  if (closed !== null) {
    throw new StoreError(
      'data-folder',
      `PostgreSQL runs as user "${runner.name}" when started by root, and that user cannot enter ${closed}. Name a data folder elsewhere (--data /var/lib/proviso), or open the folder: chmod o+x ${closed}`,
    );
  }
  if ((await closedFolder(binaries.root, runner)) === null) return binaries;
  const root = join(dataDir, `postgresql-${binaries.version}`);
  if ((await stat(root).catch(() => null)) === null) {
    const half = `${root}.half`;
    await rm(half, { recursive: true, force: true });
    await cp(binaries.root, half, { recursive: true, verbatimSymlinks: true });
    await chmod(half, 0o755);
    await rename(half, root);
  }
  const moved = (program: string) => join(root, relative(binaries.root, program));
  return { ...binaries, root, initdb: moved(binaries.initdb), postgres: moved(binaries.postgres) };
}

/** The outermost folder on the way to this one, and itself, that the user may not enter; null when all are open. */
async function closedFolder(folder: string, runner: Runner): Promise<string | null> {
  const above = dirname(folder);
  const outer = above === folder ? null : await closedFolder(above, runner);
  if (outer !== null) return outer;
  const { mode, uid, gid } = await stat(folder);
  const bit = uid === runner.uid ? 0o100 : gid === runner.gid ? 0o010 : 0o001;
  return (mode & bit) === 0 ? folder : null;
}
