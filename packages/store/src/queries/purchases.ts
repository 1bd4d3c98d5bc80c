import { type Insertable, type Selectable, sql, type Updateable } from 'kysely';
import { LRUCache } from 'lru-cache';
import type { Tables } from '../connect/tables.ts';
import { currentTenant, type TenantScope } from '../connect/tenant.ts';
import { type Page, pageOf, placeOf } from './cursor.ts';
import { nextVersion, versionAfter } from './version.ts';

export type PurchaseRow = Selectable<Tables['purchase']>;
/** What lists show: everything but the document. */
export type PurchaseLine = Omit<PurchaseRow, 'tenant' | 'document'>;
export type NewPurchase = Omit<
  Insertable<Tables['purchase']>,
  'tenant' | 'version' | 'created' | 'updated' | 'document'
> & { document: object };
export type PurchaseChange = Omit<
  Updateable<Tables['purchase']>,
  'tenant' | 'id' | 'version' | 'created' | 'updated' | 'document'
> & { document?: object };

export interface PurchaseFilter {
  states?: readonly string[];
  /** Part of the title or the reference, whatever its case. */
  words?: string;
  /** Only those that close from this moment on. */
  closingFrom?: Date;
  /** Cursor of a page shown before; an invalid one begins anew. */
  after?: string;
  limit: number;
}

const LINE = [
  'id',
  'reference',
  'title',
  'state',
  'procedure',
  'language',
  'closing',
  'version',
  'created',
  'updated',
] as const;

/** A page of purchases, the last changed first. */
export async function listPurchases(trx: TenantScope, filter: PurchaseFilter): Promise<Page<PurchaseLine>> {
  const { states, words, closingFrom, after, limit } = filter;
  let query = trx
    .selectFrom('purchase')
    .select([...LINE, sql<string>`updated::text`.as('place')])
    .orderBy('updated', 'desc')
    .orderBy('id', 'desc')
    .limit(limit + 1);
  if (states !== undefined) query = query.where('state', 'in', states.length > 0 ? states : ['']);
  if (words !== undefined)
    query = query.where(sql<boolean>`strpos(lower(reference || ' ' || title), lower(${words})) > 0`);
  if (closingFrom !== undefined) query = query.where('closing', '>=', closingFrom);
  const place = after === undefined ? null : placeOf(after);
  if (place !== null) query = query.where(sql<boolean>`(updated, id) < (${place.at}::timestamptz, ${place.id}::uuid)`);
  return pageOf(await query.execute(), limit);
}

/** Country and time zone of the purchase that was begun last; undefined before the first. */
export async function lastPlace(trx: TenantScope): Promise<{ country: string; zone: string } | undefined> {
  return await trx
    .selectFrom('purchase')
    .select([
      sql<string>`document->'description'->>'country'`.as('country'),
      sql<string>`document->'description'->>'zone'`.as('zone'),
    ])
    .orderBy('created', 'desc')
    .limit(1)
    .executeTakeFirst();
}

/** Purchases that close from a moment on, the next first. */
export async function nextClosings(trx: TenantScope, from: Date, limit: number): Promise<PurchaseLine[]> {
  return await trx
    .selectFrom('purchase')
    .select(LINE)
    .where('closing', '>=', from)
    .orderBy('closing')
    .limit(limit)
    .execute();
}

/** How many purchases are in each state. */
export async function countStates(trx: TenantScope): Promise<Map<string, number>> {
  const rows = await trx
    .selectFrom('purchase')
    .select(['state', sql<number>`count(*)`.as('count')])
    .groupBy('state')
    .execute();
  return new Map(rows.map(({ state, count }) => [state, count]));
}

/** The id of the purchase with this reference; undefined when this tenant has none. */
export async function purchaseOfReference(trx: TenantScope, reference: string): Promise<string | undefined> {
  return (await trx.selectFrom('purchase').select('id').where('reference', '=', reference).executeTakeFirst())?.id;
}

/**
 * Documents read last, each by the moment at which it was written. A purchase is read far more often than it is changed; whoever asks has
 * been told the stamp by the database, in the scope of the tenant.
 */
const documents = new LRUCache<string, object>({ max: 500 });
/** A version alone will not do: what a transaction wrote and took back had a number that another uses again. */
const STAMP = sql<string>`id || ' ' || version || ' ' || updated`.as('stamp');

/** One purchase with its document, which is not to be changed; undefined when this tenant has none of that id. */
export async function getPurchase(trx: TenantScope, id: string): Promise<PurchaseRow | undefined> {
  const found = await trx
    .selectFrom('purchase')
    .select(['tenant', ...LINE, STAMP])
    .where('id', '=', id)
    .executeTakeFirst();
  if (found === undefined) return undefined;
  const { stamp, ...line } = found;
  const document = documents.get(stamp);
  if (document !== undefined) return { ...line, document };
  return (await readDocuments(trx, [id])).get(id);
}

/** The purchases in these states that were changed last, with their documents, which are not to be changed. */
export async function lastPurchases(
  trx: TenantScope,
  states: readonly string[],
  limit: number,
): Promise<PurchaseRow[]> {
  const lines = await trx
    .selectFrom('purchase')
    .select(['tenant', ...LINE, STAMP])
    .where('state', 'in', states)
    .orderBy('updated', 'desc')
    .limit(limit)
    .execute();
  const known = lines.map(({ stamp, ...line }) => ({ line, document: documents.get(stamp) }));
  const missing = known.flatMap(({ line, document }) => (document === undefined ? [line.id] : []));
  const read = missing.length === 0 ? new Map<string, PurchaseRow>() : await readDocuments(trx, missing);
  return known.flatMap(
    ({ line, document }) => read.get(line.id) ?? (document === undefined ? [] : { ...line, document }),
  );
}

async function readDocuments(trx: TenantScope, ids: readonly string[]): Promise<Map<string, PurchaseRow>> {
  const rows = await trx.selectFrom('purchase').selectAll().select(STAMP).where('id', 'in', ids).execute();
  return new Map(
    rows.map(({ stamp, ...row }) => {
      documents.set(stamp, row.document as object);
      return [row.id, row];
    }),
  );
}

/** The same, and nobody else changes it until the transaction ends: for a command that reads, decides and writes. */
export async function lockPurchase(trx: TenantScope, id: string): Promise<PurchaseRow | undefined> {
  return await trx.selectFrom('purchase').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
}

/** Adds a purchase at version 1. PostgreSQL refuses a reference that the tenant has already (code 23505). */
export async function insertPurchase(trx: TenantScope, purchase: NewPurchase): Promise<void> {
  const document = JSON.stringify(purchase.document);
  await trx
    .insertInto('purchase')
    .values({ ...purchase, document, tenant: currentTenant })
    .execute();
}

/** Changes a purchase that was read at `version`; gives the new version. Throws `VersionConflict` or `missing`. */
export async function updatePurchase(
  trx: TenantScope,
  id: string,
  version: number,
  { document, ...change }: PurchaseChange,
): Promise<number> {
  const updated = await trx
    .updateTable('purchase')
    .set({
      ...change,
      ...(document && { document: JSON.stringify(document) }),
      version: nextVersion,
      updated: sql`clock_timestamp()`,
    })
    .where('id', '=', id)
    .where('version', '=', version)
    .returning('version')
    .executeTakeFirst();
  return await versionAfter(updated, version, 'The purchase', () =>
    trx.selectFrom('purchase').select('version').where('id', '=', id).executeTakeFirst(),
  );
}

/** Adds the next version of the demand; gives its number. Two at once: one waits for the other. */
export async function addDemandVersion(
  trx: TenantScope,
  purchase: string,
  demand: { file: object; hash: Buffer; by: string },
): Promise<number> {
  await trx.selectFrom('purchase').select('id').where('id', '=', purchase).forUpdate().executeTakeFirst();
  const { n } = await trx
    .insertInto('demandVersion')
    .values({
      ...demand,
      file: JSON.stringify(demand.file),
      tenant: currentTenant,
      purchase,
      n: sql`(SELECT coalesce(max(n), 0) + 1 FROM demand_version WHERE purchase = ${purchase})`,
    })
    .returning('n')
    .executeTakeFirstOrThrow();
  return n;
}

/** The number of the newest version of the demand; 0 where there is none. */
export async function lastDemandVersion(trx: TenantScope, purchase: string): Promise<number> {
  const found = await trx
    .selectFrom('demandVersion')
    .select(({ fn }) => fn.max('n').as('n'))
    .where('purchase', '=', purchase)
    .executeTakeFirst();
  return Number(found?.n ?? 0);
}

/** The newest kept version of the demand of each of these purchases, without its file. */
export async function newestDemands(
  trx: TenantScope,
  purchases: readonly string[],
): Promise<Map<string, { n: number; hash: Buffer; by: string }>> {
  if (purchases.length === 0) return new Map();
  const rows = await trx
    .selectFrom('demandVersion')
    .distinctOn('purchase')
    .select(['purchase', 'n', 'hash', 'by'])
    .where('purchase', 'in', purchases)
    .orderBy('purchase')
    .orderBy('n', 'desc')
    .execute();
  return new Map(rows.map(({ purchase, ...row }) => [purchase, row]));
}

/** Who last kept a demand with this hash; undefined where nobody did. */
export async function authorOfDemand(trx: TenantScope, purchase: string, hash: Buffer): Promise<string | undefined> {
  const found = await trx
    .selectFrom('demandVersion')
    .select('by')
    .where('purchase', '=', purchase)
    .where('hash', '=', hash)
    .orderBy('n', 'desc')
    .limit(1)
    .executeTakeFirst();
  return found?.by;
}

/** A version of the demand; the last one when no number is given. */
export async function getDemandVersion(
  trx: TenantScope,
  purchase: string,
  n?: number,
): Promise<Selectable<Tables['demandVersion']> | undefined> {
  let query = trx
    .selectFrom('demandVersion')
    .selectAll()
    .where('purchase', '=', purchase)
    .orderBy('n', 'desc')
    .limit(1);
  if (n !== undefined) query = query.where('n', '=', n);
  return await query.executeTakeFirst();
}
