import { type Insertable, sql } from 'kysely';
import type { Tables } from '../connect/tables.ts';
import { currentTenant, type TenantScope } from '../connect/tenant.ts';
import type { ApiKeyRow } from './people.ts';

/** The person that an account is in this tenant, with their roles; undefined where it is nobody, or no member any more. */
export async function memberOf(
  trx: TenantScope,
  account: string,
): Promise<{ id: string; roles: string[] } | undefined> {
  return await trx
    .selectFrom('person as p')
    .innerJoin('membership as m', (join) => join.onRef('m.tenant', '=', 'p.tenant').onRef('m.person', '=', 'p.id'))
    .select(['p.id', 'm.roles'])
    .where('p.account', '=', account)
    .executeTakeFirst();
}

/** Gives a member other roles. False when there is no such member. */
export async function setRoles(trx: TenantScope, person: string, roles: string[]): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('membership')
    .set({ roles })
    .where('person', '=', person)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** How many owners the tenant has; they stay as they are until the transaction ends. */
export async function lockOwners(trx: TenantScope): Promise<string[]> {
  const rows = await trx
    .selectFrom('membership')
    .select('person')
    .where(sql<boolean>`'owner' = ANY (roles)`)
    .forUpdate()
    .execute();
  return rows.map(({ person }) => person);
}

/** Names by id, of the persons and suppliers among these ids. One who was erased has none. */
export async function namesOf(trx: TenantScope, ids: readonly string[]): Promise<Record<string, string>> {
  if (ids.length === 0) return {};
  const { rows } = await sql<{ id: string; name: string }>`
    SELECT id, name FROM proviso.person WHERE id = ANY (${ids}::uuid[]) AND name IS NOT NULL
    UNION ALL SELECT id, name FROM proviso.supplier WHERE id = ANY (${ids}::uuid[])`.execute(trx);
  return Object.fromEntries(rows.map(({ id, name }) => [id, name]));
}

export interface OpenerKeyRow {
  recipient: string;
  fingerprint: string;
  protectedIdentity: string;
}

/** A person's key for opening offers. */
export async function getOpenerKey(trx: TenantScope, person: string): Promise<OpenerKeyRow | undefined> {
  const { rows } = await sql<OpenerKeyRow>`SELECT recipient, fingerprint, protected_identity
    FROM proviso.opener_key WHERE person = ${person}`.execute(trx);
  return rows[0];
}

/** Public keys of those who have one, by person. */
export async function listOpenerKeys(
  trx: TenantScope,
): Promise<{ person: string; recipient: string; fingerprint: string }[]> {
  const { rows } = await sql<{ person: string; recipient: string; fingerprint: string }>`
    SELECT person, recipient, fingerprint FROM proviso.opener_key ORDER BY person`.execute(trx);
  return rows;
}

/** Keeps a person's key; the one before is gone, and with it what only it could open. */
export async function putOpenerKey(trx: TenantScope, person: string, key: OpenerKeyRow): Promise<void> {
  const { recipient, fingerprint, protectedIdentity } = key;
  await sql`INSERT INTO proviso.opener_key (tenant, person, recipient, fingerprint, protected_identity)
    VALUES (${currentTenant}, ${person}, ${recipient}, ${fingerprint}, ${protectedIdentity})
    ON CONFLICT (tenant, person) DO UPDATE SET recipient = excluded.recipient, fingerprint = excluded.fingerprint,
      protected_identity = excluded.protected_identity, created = now()`.execute(trx);
}

/** Takes a person's link and key for opening away: of who leaves. */
export async function dropKeysOf(trx: TenantScope, person: string): Promise<void> {
  await sql`DELETE FROM proviso.join_link WHERE person = ${person}`.execute(trx);
  await sql`DELETE FROM proviso.opener_key WHERE person = ${person}`.execute(trx);
}

/** Keys of other systems that were not revoked, the newest first. */
export async function listApiKeys(trx: TenantScope): Promise<ApiKeyRow[]> {
  return await trx
    .selectFrom('apiKey')
    .select(['tenant', 'id', 'name', 'scopes', 'created', 'expires', 'lastUsed', 'revoked'])
    .where('revoked', 'is', null)
    .orderBy('created', 'desc')
    .orderBy('id')
    .execute();
}

/** Keeps the hash of a new key. */
export async function insertApiKey(trx: TenantScope, key: Omit<Insertable<Tables['apiKey']>, 'tenant'>): Promise<void> {
  await trx
    .insertInto('apiKey')
    .values({ ...key, tenant: currentTenant })
    .execute();
}

/** Ends a key at a moment. False when there is none of that id, or it has ended. */
export async function revokeApiKey(trx: TenantScope, id: string, at: Date): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('apiKey')
    .set({ revoked: at })
    .where('id', '=', id)
    .where('revoked', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}
