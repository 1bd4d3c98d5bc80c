import { sql } from 'kysely';
import { currentTenant, type TenantScope } from '../connect/tenant.ts';
import { StoreError } from '../errors.ts';
import type { FileStore } from '../files/file-store.ts';

/**
 * Makes bytes that were just stored known to the tenant; a file that is known stays as it was. Until the transaction ends nobody removes
 * the bytes. Throws `file-gone` when they were removed since they were stored: then they must come again.
 */
export async function recordFile(
  trx: TenantScope,
  files: Pick<FileStore, 'size'>,
  file: { sha256: Buffer; bytes: number; media: string },
): Promise<void> {
  await sql`SELECT pg_advisory_xact_lock_shared(${lockOf(file.sha256)}::bigint)`.execute(trx);
  if ((await files.size(file.sha256.toString('hex'))) === null) {
    throw new StoreError(
      'file-gone',
      'The file was removed while it came in, as one that nobody names. Send it again.',
    );
  }
  await trx
    .insertInto('file')
    .values({ ...file, tenant: currentTenant })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** Notes that the document of a purchase names a file; `name` is that of what a person uploaded. The file must be known (`recordFile`). */
export async function namePurchaseFile(
  trx: TenantScope,
  purchase: string,
  sha256: Buffer,
  name: string | null = null,
): Promise<void> {
  await trx
    .insertInto('purchaseFile')
    .values({ tenant: currentTenant, purchase, sha256, name })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** A file that the document of a purchase names. */
export interface PurchaseFile {
  sha256: Buffer;
  name: string | null;
  bytes: number;
  media: string;
}

/** The files that the document of a purchase names, the first first. */
export async function purchaseFiles(trx: TenantScope, purchase: string): Promise<PurchaseFile[]> {
  return await trx
    .selectFrom('purchaseFile')
    .innerJoin('file', 'file.sha256', 'purchaseFile.sha256')
    .select(['file.sha256', 'purchaseFile.name', 'file.bytes', 'file.media'])
    .where('purchaseFile.purchase', '=', purchase)
    .orderBy('purchaseFile.at')
    .orderBy('file.sha256')
    .execute();
}

/** Forgets a file of the tenant that was known before a moment, where nothing of the tenant names it. False where something does. */
export async function forgetFile(trx: TenantScope, sha256: Buffer, before: Date): Promise<boolean> {
  await holdAlone(trx, sha256);
  const gone = await trx
    .deleteFrom('file')
    .where('sha256', '=', sha256)
    .where('created', '<', before)
    .where(sql<boolean>`NOT proviso.file_is_named(tenant, sha256)`)
    .executeTakeFirst();
  return gone.numDeletedRows > 0n;
}

/**
 * Removes the bytes of a file that no tenant has. Whoever stored the same bytes meanwhile and has not recorded them yet learns of it in
 * `recordFile`. With `before`, only bytes that were stored before that moment. False when they stay.
 */
export async function removeUnkept(
  trx: TenantScope,
  files: Pick<FileStore, 'storedAt' | 'remove'>,
  sha256: Buffer,
  before?: Date,
): Promise<boolean> {
  await holdAlone(trx, sha256);
  const { rows } = await sql<{ kept: boolean }>`SELECT proviso.file_is_kept(${sha256}) AS kept`.execute(trx);
  if (rows[0]?.kept !== false) return false;
  const name = sha256.toString('hex');
  const stored = await files.storedAt(name);
  if (stored === null || (before !== undefined && stored >= before)) return false;
  await files.remove(name);
  return true;
}

/** Waits for those who record this file, and lets nobody record it until the transaction ends. */
async function holdAlone(trx: TenantScope, sha256: Buffer): Promise<void> {
  await sql`SELECT pg_advisory_xact_lock(${lockOf(sha256)}::bigint)`.execute(trx);
}

/** Number of the advisory lock of a file, for all tenants: they share the bytes. */
function lockOf(sha256: Buffer): string {
  return sha256.readBigInt64BE(0).toString();
}
