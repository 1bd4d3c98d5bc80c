import { type Insertable, type Selectable, sql } from 'kysely';
import type { Tables } from '../connect/tables.ts';
import { currentTenant, type Database, type TenantScope } from '../connect/tenant.ts';

export type CommentRow = Omit<Selectable<Tables['comment']>, 'tenant' | 'purchase'>;

/** What was said about a purchase, in the order it was said. */
export async function listComments(trx: TenantScope, purchase: string): Promise<CommentRow[]> {
  return await trx
    .selectFrom('comment')
    .select(['id', 'subject', 'author', 'text', 'at', 'resolved'])
    .where('purchase', '=', purchase)
    .orderBy('at')
    .orderBy('id')
    .execute();
}

/** Adds a comment. */
export async function insertComment(
  trx: TenantScope,
  comment: Omit<Insertable<Tables['comment']>, 'tenant' | 'resolved'>,
): Promise<void> {
  await trx
    .insertInto('comment')
    .values({ ...comment, tenant: currentTenant })
    .execute();
}

/** Resolves a comment at a moment, or takes it up again (null). False when the purchase has none of that id. */
export async function resolveComment(
  trx: TenantScope,
  { purchase, id, at }: { purchase: string; id: string; at: Date | null },
): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('comment')
    .set({ resolved: at })
    .where('purchase', '=', purchase)
    .where('id', '=', id)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Purchases of all tenants whose closing has passed and that are still open. */
export async function dueClosings(db: Database, at: Date): Promise<{ tenant: string; id: string }[]> {
  const { rows } = await sql<{
    tenant: string;
    id: string;
  }>`SELECT tenant, id FROM proviso.due_closings(${at})`.execute(db);
  return rows;
}
