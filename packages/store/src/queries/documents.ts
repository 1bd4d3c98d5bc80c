import { sql } from 'kysely';
import type { TenantScope } from '../connect/tenant.ts';
import { type Page, pageOf, placeOf } from './cursor.ts';
import { type DocumentLine, type Passage, replaceReading } from './library.ts';

/** A document without its reading, and whether it has one. */
export type DocumentState = DocumentLine & { read: boolean };

const LINE = ['id', 'purchase', 'name', 'sha256', 'bytes', 'format', 'language', 'pages', 'at'] as const;
const read = sql<boolean>`reading IS NOT NULL`.as('read');

/** A page of documents, the newest first; of one purchase, or all. */
export async function documentPage(
  trx: TenantScope,
  { purchase, after, limit }: { purchase?: string | undefined; after?: string | undefined; limit: number },
): Promise<Page<DocumentState>> {
  let query = trx
    .selectFrom('document')
    .select([...LINE, read, sql<string>`at::text`.as('place')])
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit + 1);
  if (purchase !== undefined) query = query.where('purchase', '=', purchase);
  const place = after === undefined ? null : placeOf(after);
  if (place !== null) query = query.where(sql<boolean>`(at, id) < (${place.at}::timestamptz, ${place.id}::uuid)`);
  return pageOf(await query.execute(), limit);
}

/** One document without its reading. */
export async function documentState(trx: TenantScope, id: string): Promise<DocumentState | undefined> {
  return await trx
    .selectFrom('document')
    .select([...LINE, read])
    .where('id', '=', id)
    .executeTakeFirst();
}

/** What was found out about a document: its kind and its reading, with the passages that search looks in. */
export async function documentRead(
  trx: TenantScope,
  id: string,
  found: {
    format: string | null;
    language: string | null;
    pages: number | null;
    reading: object;
    passages: readonly Passage[];
  },
): Promise<void> {
  const { format, language, pages, reading, passages } = found;
  await trx.updateTable('document').set({ format, language, pages }).where('id', '=', id).execute();
  await replaceReading(trx, id, { reading, passages });
}

/** One member of the readings of a purchase's documents, by document: `facts` without the long text beside it. */
export async function readingMembers(trx: TenantScope, purchase: string, member: string): Promise<Map<string, object>> {
  const rows = await trx
    .selectFrom('document')
    .select(['id', sql<object | null>`reading -> ${member}`.as('member')])
    .where('purchase', '=', purchase)
    .where('reading', 'is not', null)
    .orderBy('at')
    .orderBy('id')
    .execute();
  return new Map(rows.flatMap(({ id, member: found }) => (found === null ? [] : [[id, found]])));
}
