import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import type pg from 'pg';
import { StoreError } from '../errors.ts';

/** One step of the schema. It never changes once it was released; what is wrong is mended by a later one. */
export interface Migration {
  version: number;
  /** `0001-tenants`. */
  name: string;
  sql: string;
  /** sha256 of the file, hexadecimal. */
  sha256: string;
}

/** Number of the advisory lock under which the schema is changed. */
const MIGRATIONS_LOCK = 7_768_490_002;

/** The migrations of this program in order, from the files beside this one. */
export function loadMigrations(): Migration[] {
  return readdirSync(import.meta.dirname)
    .filter((name) => /^\d{4}-.*\.sql$/.test(name))
    .sort()
    .map((file, index) => {
      const sql = readFileSync(new URL(file, import.meta.url), 'utf8');
      const version = Number(file.slice(0, 4));
      if (version !== index + 1) throw new Error(`Migration ${file} should have number ${index + 1}.`);
      return { version, name: file.slice(0, -4), sql, sha256: createHash('sha256').update(sql).digest('hex') };
    });
}

/**
 * Brings the schema to the last of `migrations`, each in a transaction of its own; `client` acts as the owner role. Several
 * programs may do so at once: one works, the others wait. Gives the versions that were applied.
 * Throws `newer-database` when the database is ahead of the program, `edited-migration` when an applied one has changed.
 */
export async function migrate(client: pg.ClientBase, migrations: readonly Migration[]): Promise<number[]> {
  await client.query('SELECT pg_advisory_lock($1)', [MIGRATIONS_LOCK]);
  try {
    const pending = await pendingOf(client, migrations);
    for (const migration of pending) {
      await client.query('BEGIN');
      try {
        await apply(client, migration);
        await client.query('COMMIT');
      } catch (error) {
        await client.query('ROLLBACK');
        throw error;
      }
    }
    return pending.map(({ version }) => version);
  } finally {
    await client.query('SELECT pg_advisory_unlock($1)', [MIGRATIONS_LOCK]).catch(() => {});
  }
}

/** The same inside the caller's transaction: all or nothing. */
export async function migrateWithin(client: pg.ClientBase, migrations: readonly Migration[]): Promise<void> {
  await client.query('SELECT pg_advisory_xact_lock($1)', [MIGRATIONS_LOCK]);
  for (const migration of await pendingOf(client, migrations)) await apply(client, migration);
}

/** The version a database is at; 0 when it has none of our tables. */
export async function schemaVersion(client: pg.ClientBase): Promise<number> {
  const { rows } = await client.query<{ there: boolean }>(
    `SELECT to_regclass('proviso.migration') IS NOT NULL AS there`,
  );
  if (rows[0]?.there !== true) return 0;
  const last = await client.query<{ version: number }>(
    'SELECT coalesce(max(version), 0) AS version FROM proviso.migration',
  );
  return last.rows[0]?.version ?? 0;
}

async function pendingOf(client: pg.ClientBase, migrations: readonly Migration[]): Promise<Migration[]> {
  await client.query(
    `CREATE TABLE IF NOT EXISTS proviso.migration (
      version integer PRIMARY KEY, name text NOT NULL, sha256 text NOT NULL, at timestamptz NOT NULL DEFAULT now())`,
  );
  const { rows } = await client.query<{ version: number; name: string; sha256: string }>(
    'SELECT version, name, sha256 FROM proviso.migration ORDER BY version',
  );
  for (const applied of rows) {
    const ours = migrations[applied.version - 1];
    if (ours === undefined) {
      throw new StoreError(
        'newer-database',
        `The database is at version ${rows.length} (${applied.name}), this Proviso knows ${migrations.length}. Use the newer Proviso, or restore a backup that this one made. Nothing was changed.`,
      );
    }
    if (ours.sha256 !== applied.sha256) {
      throw new StoreError(
        'edited-migration',
        `Migration ${ours.name} has changed since it was applied to this database. Put the file back as it was, and write what is new as migration ${migrations.length + 1}. Nothing was changed.`,
      );
    }
  }
  return migrations.slice(rows.length);
}

async function apply(client: pg.ClientBase, { version, name, sql, sha256 }: Migration): Promise<void> {
  await client.query(sql);
  await client.query('INSERT INTO proviso.migration (version, name, sha256) VALUES ($1, $2, $3)', [
    version,
    name,
    sha256,
  ]);
}
