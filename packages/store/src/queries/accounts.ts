import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { currentTenant, type Database, type TenantScope, withTenant } from '../connect/tenant.ts';

/** The tenant under which accounts lie, apart from every organisation. No organisation has it. */
export const ACCOUNTS = '00000000-0000-0000-0000-000000000000';
/** Of PostgreSQL's advisory locks: who sets the workbench up. */
const SET_UP_LOCK = 7_768_490_003;
const SET_UP = 'proviso:set-up';

/** Looks at accounts in the transaction of a tenant's scope, and goes back to the tenant. */
async function amongAccounts<Result>(trx: TenantScope, work: () => Promise<Result>): Promise<Result> {
  const { rows } = await sql<{ tenant: string }>`SELECT ${currentTenant} AS tenant`.execute(trx);
  await sql`SELECT set_config('proviso.tenant', ${ACCOUNTS}, true)`.execute(trx);
  // When it throws, PostgreSQL has given the transaction up, and the setting with it.
  const result = await work();
  await sql`SELECT set_config('proviso.tenant', ${rows[0]?.tenant ?? ''}, true)`.execute(trx);
  return result;
}

export interface Account {
  id: string;
  email: string;
  name: string;
  /** Hash of its password; null where it signs in otherwise. */
  password: string | null;
}

/** The account of an address, whatever its case. */
export async function accountByEmail(trx: TenantScope, email: string): Promise<Account | undefined> {
  return await amongAccounts(trx, async () => {
    const { rows } = await sql<Account>`SELECT u.id, u.email, u.name, a.password FROM proviso.auth_user u
      LEFT JOIN proviso.auth_account a ON a.user_id = u.id AND a.provider_id = 'credential'
      WHERE u.email = ${email.toLowerCase()}`.execute(trx);
    return rows[0];
  });
}

/** Makes an account that signs in with a password, in the transaction of what it is for; gives its id. `password` is the hash. */
export async function insertAccount(
  trx: TenantScope,
  { email, name, password }: { email: string; name: string; password: string },
): Promise<string> {
  const id = randomUUID();
  await amongAccounts(trx, async () => {
    await sql`INSERT INTO proviso.auth_user (id, name, email, email_verified)
      VALUES (${id}, ${name}, ${email.toLowerCase()}, true)`.execute(trx);
    await sql`INSERT INTO proviso.auth_account (id, account_id, provider_id, user_id, password, updated_at)
      VALUES (${randomUUID()}, ${id}, 'credential', ${id}, ${password}, now())`.execute(trx);
  });
  return id;
}

/** Deletes an account with its sessions, passkeys and passwords. */
export async function deleteAccount(trx: TenantScope, id: string): Promise<void> {
  await amongAccounts(trx, async () => {
    await sql`DELETE FROM proviso.auth_user WHERE id = ${id}`.execute(trx);
  });
}

/** Is there any organisation? */
export async function isSetUp(db: Database): Promise<boolean> {
  const { rows } = await sql<{ done: boolean }>`SELECT proviso.is_set_up() AS done`.execute(db);
  return rows[0]?.done === true;
}

/** Keeps the hash of the token with which the workbench may be set up once; an earlier one ends. */
export async function keepSetUpToken(db: Database, hash: string, expires: Date): Promise<void> {
  await withTenant(db, ACCOUNTS, async (trx) => {
    await sql`DELETE FROM proviso.auth_verification WHERE identifier = ${SET_UP}`.execute(trx);
    await sql`INSERT INTO proviso.auth_verification (id, identifier, value, expires_at)
      VALUES (${randomUUID()}, ${SET_UP}, ${hash}, ${expires})`.execute(trx);
  });
}

/**
 * Uses the set-up's token up, in the transaction that founds the first organisation; others who try wait and come too late.
 */
export async function takeSetUpToken(
  trx: TenantScope,
  hash: string,
  now: Date,
): Promise<'taken' | 'unknown' | 'expired' | 'set-up-already'> {
  await sql`SELECT pg_advisory_xact_lock(${SET_UP_LOCK})`.execute(trx);
  if (await isSetUp(trx)) return 'set-up-already';
  return await amongAccounts(trx, async () => {
    const { rows } = await sql<{ expires: Date }>`DELETE FROM proviso.auth_verification
      WHERE identifier = ${SET_UP} AND value = ${hash} RETURNING expires_at AS expires`.execute(trx);
    if (rows[0] === undefined) return 'unknown';
    return rows[0].expires < now ? 'expired' : 'taken';
  });
}

export interface JoinLink {
  tenant: string;
  person: string;
}

/** Whose link it is, before a tenant is known; null when nobody's. `tokenHash` is the sha256 of the token. */
export async function findJoinLink(db: Database, tokenHash: Buffer): Promise<JoinLink | null> {
  const { rows } = await sql<JoinLink>`SELECT tenant, person FROM proviso.join_link_of(${tokenHash})`.execute(db);
  return rows[0] ?? null;
}

/** The link of a person with what it leads to; nobody else uses it until the transaction ends. */
export async function lockJoinLink(
  trx: TenantScope,
  person: string,
): Promise<{ expires: Date; used: Date | null; email: string | null; name: string | null } | undefined> {
  const { rows } = await sql<{ expires: Date; used: Date | null; email: string | null; name: string | null }>`
    SELECT j.expires, j.used, p.email, p.name FROM proviso.join_link j
    JOIN proviso.person p ON p.tenant = j.tenant AND p.id = j.person WHERE j.person = ${person} FOR UPDATE OF j`.execute(
    trx,
  );
  return rows[0];
}

/** Gives a person a link; the one before ends. */
export async function putJoinLink(
  trx: TenantScope,
  { person, tokenHash, expires }: { person: string; tokenHash: Buffer; expires: Date },
): Promise<void> {
  await sql`INSERT INTO proviso.join_link (tenant, person, token_hash, expires)
    VALUES (${currentTenant}, ${person}, ${tokenHash}, ${expires})
    ON CONFLICT (tenant, person) DO UPDATE SET token_hash = excluded.token_hash, expires = excluded.expires, used = NULL,
      created = now()`.execute(trx);
}

/** The person signs in with this account from now on, and the link is used up. */
export async function takeUpMembership(trx: TenantScope, person: string, account: string, at: Date): Promise<void> {
  await trx.updateTable('person').set({ account }).where('id', '=', person).execute();
  await sql`UPDATE proviso.join_link SET used = ${at} WHERE person = ${person}`.execute(trx);
}
