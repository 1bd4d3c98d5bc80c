import { type Kysely, sql, type Transaction } from 'kysely';
import type pg from 'pg';
import type { Tables } from './tables.ts';

/** A database with no tenant chosen: it shows no row of anybody. */
export type Database = Kysely<Tables>;

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

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
  // It becomes part of a statement.
  if (!UUID.test(tenant)) throw new TypeError(`${JSON.stringify(tenant)} is no tenant: it should be a UUID.`);
  return await db.connection().execute(async (connection) => {
    // Local: it ends with the transaction, so that the next user of the connection has no tenant. Both in one message, since every request begins so.
    await sql.raw(`BEGIN; SET LOCAL proviso.tenant = '${tenant}'`).execute(connection);
    try {
      const result = await work(connection as unknown as TenantScope);
      await sql.raw('COMMIT').execute(connection);
      return result;
    } catch (error) {
      // Where the connection itself broke there is nothing to take back, and the first error says more.
      await sql
        .raw('ROLLBACK')
        .execute(connection)
        .catch(() => {});
      throw error;
    }
  });
}

/** The tenant of the scope, for rows to be inserted. The policies check it again. */
export const currentTenant = sql<string>`proviso.current_tenant()`;

/** The tenants there are: for work that is done for all of them, by who prepares the database. */
export async function listTenants(client: pg.ClientBase): Promise<string[]> {
  const { rows } = await client.query<{ tenant: string }>('SELECT tenant FROM proviso.tenant');
  return rows.map(({ tenant }) => tenant);
}
