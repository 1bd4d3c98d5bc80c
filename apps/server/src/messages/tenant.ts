import { currentTenant, type TenantScope } from '@proviso/store';
import { sql } from 'kysely';

/** The organisation of a scope: its id, and the name under which it buys. */
export async function tenantOf(trx: TenantScope): Promise<{ id: string; name: string }> {
  const { rows } = await sql<{ id: string }>`SELECT ${currentTenant} AS id`.execute(trx);
  const row = await trx.selectFrom('tenant').select('name').executeTakeFirst();
  return { id: rows[0]?.id ?? '', name: row?.name ?? '' };
}

/** The name of the organisation that buys. */
export async function buyerOf(trx: TenantScope): Promise<string> {
  return (await tenantOf(trx)).name;
}
