import { sql } from 'kysely';
import type pg from 'pg';
import type { Store } from '../connect/connect.ts';
import { listTenants, type TenantScope, withTenant } from '../connect/tenant.ts';
import { forgetFile, removeUnkept } from '../queries/files.ts';
import type { FileStore } from './file-store.ts';

export interface Swept {
  /** Uploads whose link is over, and that no offer or request named. */
  uploads: number;
  /** Files that tenants no longer know. */
  forgotten: number;
  /** Files whose bytes are gone. */
  removed: number;
  /** Uploads that broke off. */
  halves: number;
}

/** No tenant has it: for bytes that are nobody's. */
const NOBODY = '00000000-0000-0000-0000-000000000000';
const BATCH = 1_000;
/** Number of the advisory lock that a sweep holds alone, and a backup with others. */
const SWEEP_LOCK = 7_768_490_003;

/** Keeps files from being swept until the connection ends: for a backup, which copies them long after it has read who names them. */
export async function keepFiles(client: pg.ClientBase): Promise<void> {
  await client.query('SELECT pg_advisory_lock_shared($1)', [SWEEP_LOCK]);
}

/**
 * Removes files that nothing names and that came before a moment: what was sent and never handed in, once its link has been over for as
 * long; what a broken request or a killed server left. Waits for backups, and others for it. Uploads go on meanwhile: one that loses its bytes to this is refused, never acknowledged.
 */
export async function sweepFiles(store: Pick<Store, 'asOwner' | 'db'>, files: FileStore, before: Date): Promise<Swept> {
  return await store.asOwner(async (client) => {
    await client.query('SELECT pg_advisory_lock($1)', [SWEEP_LOCK]);
    return await sweepAlone(store, files, await listTenants(client), before);
  });
}

async function sweepAlone(
  store: Pick<Store, 'asOwner' | 'db'>,
  files: FileStore,
  tenants: readonly string[],
  before: Date,
): Promise<Swept> {
  const swept: Swept = { uploads: 0, forgotten: 0, removed: 0, halves: 0 };
  for (const tenant of tenants) {
    const unnamed = await withTenant(store.db, tenant, async (trx) => {
      swept.uploads += await endUploads(trx, before);
      return await trx
        .selectFrom('file')
        .select('sha256')
        .where('created', '<', before)
        .where(sql<boolean>`NOT proviso.file_is_named(tenant, sha256)`)
        .execute();
    });
    for (const { sha256 } of unnamed)
      if (await withTenant(store.db, tenant, (trx) => forgetFile(trx, sha256, before))) swept.forgotten++;
  }
  for await (const sha256 of unknown(store, files))
    if (await withTenant(store.db, NOBODY, (trx) => removeUnkept(trx, files, sha256, before))) swept.removed++;
  swept.halves = await files.tidy(before);
  return swept;
}

/** Takes away uploads that no offer or request names and that none can name any more, since their link is over. */
async function endUploads(trx: TenantScope, before: Date): Promise<number> {
  const { numAffectedRows } = await sql`
    DELETE FROM upload u USING invitation i
    WHERE i.tenant = u.tenant AND i.id = u.invitation AND u.at < ${before} AND least(i.expires, i.revoked) < ${before}
      AND NOT EXISTS (SELECT FROM offer o WHERE o.tenant = u.tenant AND o.sha256 = u.sha256)
      AND NOT EXISTS (SELECT FROM offer_file o WHERE o.tenant = u.tenant AND o.sha256 = u.sha256)
      AND NOT EXISTS (SELECT FROM request_file r WHERE r.tenant = u.tenant AND r.sha256 = u.sha256)`.execute(trx);
  return Number(numAffectedRows ?? 0n);
}

/** Stored files that no tenant has a row of. */
async function* unknown(store: Pick<Store, 'asOwner'>, files: FileStore): AsyncGenerator<Buffer> {
  let batch: Buffer[] = [];
  const strangers = async (): Promise<Buffer[]> => {
    const asked = batch;
    batch = [];
    if (asked.length === 0) return [];
    return await store.asOwner(async (client) => {
      const { rows } = await client.query<{ sha256: Buffer }>(
        `SELECT s.sha256 FROM unnest($1::bytea[]) AS s (sha256)
         WHERE NOT EXISTS (SELECT FROM proviso.file f WHERE f.sha256 = s.sha256)`,
        [asked],
      );
      return rows.map(({ sha256 }) => sha256);
    });
  };
  for await (const sha256 of files.list()) {
    batch.push(Buffer.from(sha256, 'hex'));
    if (batch.length === BATCH) yield* await strangers();
  }
  yield* await strangers();
}
