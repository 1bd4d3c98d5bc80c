import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmod, chown, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { StoreError } from '../errors.ts';
import type { Binaries } from './binaries.ts';
import type { Runner } from './runner.ts';

/** The superuser of our own cluster. */
export const ADMIN = 'proviso_admin';

/**
 * Makes the cluster in `<dataDir>/postgres` if it is not there, and gives the administrator's password, which is kept in
 * `<dataDir>/password` (mode 0600). A first start that was interrupted is begun anew: what is half made has another name.
 * Throws `other-version` for data of another major version, `data-folder` where the password is lost, `start-failed`.
 */
export async function initialise(dataDir: string, binaries: Binaries, runner: Runner | null): Promise<string> {
  const cluster = join(dataDir, 'postgres');
  const passwordFile = join(dataDir, 'password');
  const major = await readFile(join(cluster, 'PG_VERSION'), 'utf8').catch(() => null);
  if (major !== null) {
    if (major.trim() !== binaries.major) throw otherVersion(cluster, major.trim(), binaries);
    const password = await readFile(passwordFile, 'utf8').catch(() => '');
    if (password.trim() !== '') return password.trim();
    throw new StoreError(
      'data-folder',
      `${passwordFile} is missing or empty, so the database in ${cluster} cannot be opened. Put it back from a copy of the data folder.`,
    );
  }
  if ((await stat(cluster).catch(() => null)) !== null) {
    throw new StoreError(
      'data-folder',
      `${cluster} is there but holds no PostgreSQL data. Name another data folder, or move it away.`,
    );
  }
  const password = randomBytes(24).toString('base64url');
  await writeFile(passwordFile, `${password}\n`, { mode: 0o600 });
  await chmod(passwordFile, 0o600);
  const half = `${cluster}.half`;
  await rm(half, { recursive: true, force: true });
  await mkdir(half, { mode: 0o700 });
  // initdb wants an empty folder, and reads the password as the user it runs as.
  const lent = join(dataDir, 'password.half');
  await rm(lent, { force: true });
  await writeFile(lent, `${password}\n`, { mode: 0o600 });
  if (runner !== null) for (const path of [half, lent]) await chown(path, runner.uid, runner.gid);
  try {
    await promisify(execFile)(
      binaries.initdb,
      [
        `--pgdata=${half}`,
        `--username=${ADMIN}`,
        `--pwfile=${lent}`,
        '--auth=scram-sha-256',
        '--data-checksums',
        '--encoding=UTF8',
        // Compares by code point, the same on every machine and for ever: no index breaks with a new C library.
        '--locale=C',
        '--locale-provider=builtin',
        '--builtin-locale=C.UTF-8',
        '--no-instructions',
      ],
      { ...(runner && { uid: runner.uid, gid: runner.gid }), cwd: half, env: environment() },
    );
  } catch (cause) {
    const said = (cause as { stderr?: string }).stderr?.trim() ?? String(cause);
    await rm(half, { recursive: true, force: true });
    throw new StoreError('start-failed', `PostgreSQL could not make its data in ${cluster}: ${said}`, { cause });
  } finally {
    await rm(lent, { force: true });
  }
  await rename(half, cluster);
  return password;
}

/** What PostgreSQL gets to see of our environment: none of our secrets, no PG* variable that changes where it looks. */
export function environment(): NodeJS.ProcessEnv {
  const { PATH, TMPDIR, SystemRoot } = process.env;
  return { PATH, TMPDIR, SystemRoot, LC_ALL: 'C', TZ: 'UTC' };
}

function otherVersion(cluster: string, major: string, binaries: Binaries): StoreError {
  return new StoreError(
    'other-version',
    `${cluster} holds data of PostgreSQL ${major}; this Proviso comes with ${binaries.version}. Make a backup with the Proviso that wrote it (proviso backup), and restore that into a new data folder. Nothing was changed.`,
  );
}
