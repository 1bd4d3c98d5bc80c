import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { Store } from '../connect/connect.ts';
import { StoreError } from '../errors.ts';
import type { FileStore } from '../files/file-store.ts';
import { loadMigrations, migrateWithin, schemaVersion } from '../migrations/migrate.ts';
import type { Header } from './format.ts';
import { type BackupSummary, readBackup } from './read.ts';
import { copyTarget, quoted } from './tables.ts';

/** Checks a backup from beginning to end without a database. Throws `damaged-backup`. */
export async function verifyBackup(source: AsyncIterable<Uint8Array>): Promise<BackupSummary> {
  const through = async (data: AsyncIterable<Uint8Array>) => {
    for await (const _ of data);
  };
  return await readBackup(source, {
    header: async () => {},
    table: async (_, data) => {
      await through(data);
      return undefined;
    },
    file: (_, data) => through(data),
  });
}

/**
 * Puts a backup into an empty database and a file store: all of it, or nothing. `open` gives the stream anew, since it is read twice:
 * checked as a whole first, then loaded. A backup of an earlier version is brought to this one.
 * Throws `damaged-backup`, `not-empty`, `newer-database` or `edited-migration`.
 */
export async function restore(
  store: Pick<Store, 'asOwner'>,
  files: FileStore,
  open: () => AsyncIterable<Uint8Array>,
): Promise<BackupSummary> {
  await verifyBackup(open());
  return await store.asOwner(async (client) => {
    await client.query('BEGIN');
    try {
      const summary = await readBackup(open(), {
        header: (header) => makeRoom(client, header),
        table: (table, data) => load(client, table, data),
        file: async (_, data) => {
          await files.put(data);
        },
      });
      // References that wait for the end are looked at now: PostgreSQL changes no table that has such.
      await client.query('SET CONSTRAINTS ALL IMMEDIATE');
      for (const { name } of summary.header.tables) await guard(client, name, true);
      await migrateWithin(client, loadMigrations());
      await client.query('COMMIT');
      return summary;
    } catch (error) {
      await client.query('ROLLBACK').catch(() => {});
      throw error;
    }
  });
}

async function load(
  client: pg.Client,
  table: Header['tables'][number],
  data: AsyncIterable<Uint8Array>,
): Promise<{ rows: number }> {
  const target = client.query(copyFrom(`COPY ${copyTarget(table)} FROM STDIN`));
  await pipeline(Readable.from(data), target);
  return { rows: target.rowCount };
}

/** Brings the empty database to the version of the backup, and opens its tables for loading. */
async function makeRoom(client: pg.Client, header: Header): Promise<void> {
  const migrations = loadMigrations();
  const wanted = header.migrations.length;
  if (wanted > migrations.length) {
    throw new StoreError(
      'newer-database',
      `The backup is of version ${wanted}, this Proviso knows ${migrations.length}. Restore it with the newer Proviso. Nothing was changed.`,
    );
  }
  for (const [index, { name, sha256 }] of header.migrations.entries()) {
    if (migrations[index]?.sha256 !== sha256) {
      throw new StoreError(
        'edited-migration',
        `The backup was made with another migration ${name} than this Proviso has. Restore it with the Proviso that made it. Nothing was changed.`,
      );
    }
  }
  const there = await schemaVersion(client);
  if (there > 0) {
    // Whoever adds a tenant waits from here on. Each row of any table belongs to one.
    await client.query('LOCK TABLE proviso.tenant IN ACCESS EXCLUSIVE MODE');
    const { rowCount } = await client.query('SELECT FROM proviso.tenant LIMIT 1');
    if (rowCount !== 0) {
      throw new StoreError(
        'not-empty',
        'The database is not empty, and a backup does not go over what is there. Restore into a new data folder or a new database.',
      );
    }
  }
  if (there !== wanted) {
    if (there > 0) await clearSchema(client);
    await migrateWithin(client, migrations.slice(0, wanted));
  }
  for (const { name } of header.tables) await guard(client, name, false);
}

/** COPY does not work under row-level security, and triggers would write what the backup has already. */
async function guard(client: pg.Client, name: string, on: boolean): Promise<void> {
  const [force, trigger] = on ? ['FORCE', 'ENABLE'] : ['NO FORCE', 'DISABLE'];
  await client.query(`ALTER TABLE proviso.${quoted(name)} ${force} ROW LEVEL SECURITY, ${trigger} TRIGGER USER`);
}

async function clearSchema(client: pg.Client): Promise<void> {
  const drop = async (catalogue: string) => {
    const { rows } = await client.query<{ statement: string }>(catalogue);
    for (const { statement } of rows) await client.query(statement);
  };
  await drop(
    `SELECT format('DROP TABLE IF EXISTS %s CASCADE', oid::regclass) AS statement FROM pg_class
     WHERE relnamespace = 'proviso'::regnamespace AND relkind = 'r'`,
  );
  await drop(
    `SELECT format('DROP ROUTINE IF EXISTS %s CASCADE', oid::regprocedure) AS statement FROM pg_proc WHERE pronamespace = 'proviso'::regnamespace`,
  );
}
