import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import type { ConnectOptions } from './connect/connect.ts';
import { StoreError } from './errors.ts';
import { diskFiles } from './files/disk.ts';
import type { FileStore } from './files/file-store.ts';
import { s3Files } from './files/s3.ts';

/** Where a workbench keeps what it knows. */
export interface Place {
  /** Holds our own PostgreSQL, files and keys; with `DATABASE_URL` and S3 only keys. */
  dataDir: string;
  database: ConnectOptions['database'];
  files: FileStore;
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The place that the server and the commands beside it work on: `data`, else `PROVISO_DATA`, else a folder of the user's own; `DATABASE_URL`
 * (with `PROVISO_SECRET` where it has no password) for another PostgreSQL; `PROVISO_S3_*` for files elsewhere. `join`: beside a running workbench.
 * @throws StoreError that names what is missing.
 */
export function placeFrom(
  { data, join: beside }: { data?: string | undefined; join?: boolean },
  env: Environment,
): Place {
  const dataDir = resolve(data ?? env.PROVISO_DATA ?? ownFolder(env));
  const { DATABASE_URL: url, PROVISO_SECRET: secret } = env;
  return {
    dataDir,
    database: url ? { url, ...(secret && { secret }) } : { dataDir, ...(beside && { join: true }) },
    files: env.PROVISO_S3_BUCKET ? s3From(env) : diskFiles(join(dataDir, 'files')),
  };
}

/** Was a workbench ever started here? A folder whose name was mistyped holds none; another PostgreSQL answers for itself. */
export function isStarted({ database, dataDir }: Pick<Place, 'database' | 'dataDir'>): boolean {
  return 'url' in database || existsSync(join(dataDir, 'postgres', 'PG_VERSION'));
}

/** Under root PostgreSQL runs as another user, who may not enter root's home. */
function ownFolder(env: Environment): string {
  if (env.XDG_DATA_HOME) return join(env.XDG_DATA_HOME, 'proviso');
  return process.getuid?.() === 0 ? '/var/lib/proviso' : join(homedir(), '.local', 'share', 'proviso');
}

function s3From(env: Environment): FileStore {
  const wanted = (name: string): string => {
    const value = env[name];
    if (value) return value;
    throw new StoreError(
      'file-store',
      `PROVISO_S3_BUCKET is set, and ${name} is not. Set it, or leave both out to keep files in the data folder.`,
    );
  };
  return s3Files({
    endpoint: wanted('PROVISO_S3_ENDPOINT'),
    bucket: wanted('PROVISO_S3_BUCKET'),
    accessKeyId: wanted('PROVISO_S3_ACCESS_KEY_ID'),
    secretAccessKey: wanted('PROVISO_S3_SECRET_ACCESS_KEY'),
    region: env.PROVISO_S3_REGION ?? 'us-east-1',
  });
}
