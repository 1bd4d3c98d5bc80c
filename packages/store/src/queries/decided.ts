import { sql } from 'kysely';
import { currentTenant, type TenantScope } from '../connect/tenant.ts';
import { type getPurchase, lockPurchase } from './purchases.ts';

/**
 * A purchase as it stays until the transaction ends. `rowsOnly`: others may hold it so at the same time, each to write rows beside it;
 * nobody changes the purchase itself meanwhile.
 */
export async function holdPurchase(trx: TenantScope, id: string, rowsOnly: boolean): ReturnType<typeof getPurchase> {
  if (!rowsOnly) return await lockPurchase(trx, id);
  return await trx.selectFrom('purchase').selectAll().where('id', '=', id).forShare().executeTakeFirst();
}

/** Writes an evaluator's score over the one of the same cell. For who holds the purchase. */
export async function putScore(
  trx: TenantScope,
  score: {
    purchase: string;
    offer: string;
    requirement: string;
    evaluator: string;
    value: number;
    reason: string;
    at: Date;
  },
): Promise<void> {
  await trx
    .insertInto('score')
    .values({ ...score, tenant: currentTenant })
    .onConflict((conflict) =>
      conflict.columns(['tenant', 'purchase', 'offer', 'requirement', 'evaluator']).doUpdateSet({
        value: score.value,
        reason: score.reason,
        at: score.at,
        version: sql`score.version + 1`,
      }),
    )
    .execute();
}

/** Tells all processes of the server what was changed, when the transaction commits. `message` is small JSON. */
export async function notify(trx: TenantScope, channel: string, message: object): Promise<void> {
  await sql`SELECT pg_notify(${channel}, ${JSON.stringify(message)})`.execute(trx);
}
