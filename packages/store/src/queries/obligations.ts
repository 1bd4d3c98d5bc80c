import { sql } from 'kysely';
import { currentTenant, type TenantScope } from '../connect/tenant.ts';

/** A duty of a contract that is still owed, and the last moment for it. */
export interface Owed {
  obligation: string;
  owner: string;
  due: Date;
}

/** Duties of one purchase that are due by one moment. */
export interface OwedBy {
  purchase: string;
  title: string;
  due: Date;
  count: number;
}

/** Puts what a purchase still owes in the place of what it owed before. */
export async function keepOwed(trx: TenantScope, purchase: string, owed: readonly Owed[]): Promise<void> {
  await trx.deleteFrom('owed').where('purchase', '=', purchase).execute();
  if (owed.length === 0) return;
  await trx
    .insertInto('owed')
    .values(owed.map((one) => ({ ...one, purchase, tenant: currentTenant })))
    .execute();
}

/** What is owed in all purchases by its moment, the first first: of one owner, from a moment on, up to a moment. */
export async function owedInAll(
  trx: TenantScope,
  { owner, from, to, limit }: { owner?: string; from?: Date; to?: Date; limit: number },
): Promise<OwedBy[]> {
  let query = trx
    .selectFrom('owed')
    .innerJoin('purchase', 'purchase.id', 'owed.purchase')
    .select(['owed.purchase', 'purchase.title', 'owed.due', sql<number>`count(*)::int`.as('count')])
    .groupBy(['owed.purchase', 'purchase.title', 'owed.due'])
    .orderBy('owed.due')
    .orderBy('owed.purchase')
    .limit(limit);
  if (owner !== undefined) query = query.where('owed.owner', '=', owner);
  if (from !== undefined) query = query.where('owed.due', '>=', from);
  if (to !== undefined) query = query.where('owed.due', '<=', to);
  return await query.execute();
}
