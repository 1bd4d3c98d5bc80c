import { type Kysely, sql, type Transaction } from 'kysely';
import type { Tables } from './tables.ts';

/** A database with no tenant chosen: it shows no row of anybody. */
export type Database = Kysely<Tables>;

declare const scoped: unique symbol;
/** A transaction that sees the rows of one tenant. Only `withTenant` makes one, so a query cannot forget its tenant. */
export type TenantScope = Transaction<Tables> & { readonly [scoped]: true };

/**
 * Runs `work` in a transaction that sees one tenant's rows and no others; the database itself keeps to that (row-level
 * security). When `work` throws, nothing of it stays. `tenant` is a UUID; the caller has made sure that the person belongs there.
 */
export async function withTenant<Result>(
  db: Database,
  tenant: string,
  work: (trx: TenantScope) => Promise<Result>,
): Promise<Result> {
  return await db.transaction().execute(async (trx) => {
    // Local: it ends with the transaction, so that the next user of the connection has no tenant.
    await sql`SELECT set_config('proviso.tenant', ${tenant}, true)`.execute(trx);
    return await work(trx as TenantScope);
  });
}

/** The tenant of the scope, for rows to be inserted. The policies check it again. */
export const currentTenant = sql<string>`proviso.current_tenant()`;
