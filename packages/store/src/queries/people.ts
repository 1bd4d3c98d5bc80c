import { type Selectable, sql } from 'kysely';
import type { Tables } from '../connect/tables.ts';
import { currentTenant, type Database, type TenantScope } from '../connect/tenant.ts';

export interface Membership {
  tenant: string;
  tenantName: string;
  person: string;
  roles: string[];
}

/** Where an account may work, before a tenant is chosen. */
export async function membershipsOf(db: Database, account: string): Promise<Membership[]> {
  const { rows } = await sql<Membership>`SELECT * FROM proviso.memberships_of(${account})`.execute(db);
  return rows;
}

/** Founds a tenant; inside `withTenant` of its new id. */
export async function insertTenant(trx: TenantScope, name: string): Promise<void> {
  await trx.insertInto('tenant').values({ tenant: currentTenant, name }).execute();
}

/** Adds a person with their roles. An address that the tenant knows already is refused by PostgreSQL (code 23505). */
export async function insertMember(
  trx: TenantScope,
  { roles, ...person }: { id: string; account?: string; email: string; name: string; roles: string[] },
): Promise<void> {
  await trx
    .insertInto('person')
    .values({ ...person, tenant: currentTenant })
    .execute();
  await trx.insertInto('membership').values({ tenant: currentTenant, person: person.id, roles }).execute();
}

/** All persons of the tenant; those who left have no roles. */
export async function listPeople(trx: TenantScope) {
  return await trx
    .selectFrom('person as p')
    .leftJoin('membership as m', (join) => join.onRef('m.tenant', '=', 'p.tenant').onRef('m.person', '=', 'p.id'))
    .select(['p.id', 'p.account', 'p.email', 'p.name', 'p.erasedAt', 'm.roles', 'm.since'])
    .orderBy('p.name')
    .orderBy('p.id')
    .execute();
}

export type ApiKeyRow = Omit<Selectable<Tables['apiKey']>, 'hash'>;

/** Whose key it is, before a tenant is known; null when nobody's. `hash` is the sha256 of the key. */
export async function findApiKey(db: Database, hash: Buffer): Promise<{ tenant: string; id: string } | null> {
  const { rows } = await sql<{
    tenant: string;
    id: string;
  }>`SELECT tenant, id FROM proviso.api_key_of(${hash})`.execute(db);
  return rows[0] ?? null;
}

/** One key, and notes that it was used; whether it expired or was revoked is for the caller to say. */
export async function useApiKey(trx: TenantScope, id: string): Promise<ApiKeyRow | undefined> {
  return await trx
    .updateTable('apiKey')
    .set({ lastUsed: sql`now()` })
    .where('id', '=', id)
    .returning(['tenant', 'id', 'name', 'scopes', 'created', 'expires', 'lastUsed', 'revoked'])
    .executeTakeFirst();
}
