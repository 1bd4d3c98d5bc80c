import { type Insertable, type Selectable, sql } from 'kysely';
import type { Tables } from '../connect/tables.ts';
import { currentTenant, type Database, type TenantScope } from '../connect/tenant.ts';
import { type Page, pageOf, placeOf } from './cursor.ts';

export type Letter = Selectable<Tables['outbox']>;
export type NewLetter = Pick<
  Insertable<Tables['outbox']>,
  'id' | 'subject' | 'body' | 'due' | 'hiddenUntil' | 'state' | 'lastError'
> &
  ({ toPerson: string } | { toAddress: string });

/** A letter that failed so often stays and is shown; nobody tries again by itself. */
const ATTEMPTS = 8;

/** Puts a letter into the outbox, in the transaction of what it tells. */
export async function insertLetter(trx: TenantScope, letter: NewLetter): Promise<void> {
  await trx
    .insertInto('outbox')
    .values({ ...letter, tenant: currentTenant })
    .execute();
}

/** Tenants that have letters to send at this moment. */
export async function tenantsWithMail(db: Database): Promise<string[]> {
  const { rows } = await sql<{
    tenant: string;
  }>`SELECT tenants_with_mail AS tenant FROM proviso.tenants_with_mail()`.execute(db);
  return rows.map(({ tenant }) => tenant);
}

/**
 * Letters that are due, with the address of their person. Other workers skip them until this transaction ends, so send in it and say
 * how it went (`letterSent`, `letterFailed`).
 */
export async function takeLetters(trx: TenantScope, limit: number): Promise<(Letter & { email: string | null })[]> {
  return await trx
    .selectFrom('outbox as o')
    .selectAll('o')
    .select((eb) =>
      eb.fn
        .coalesce(
          'o.toAddress',
          eb
            .selectFrom('person as p')
            .select('p.email')
            .whereRef('p.tenant', '=', 'o.tenant')
            .whereRef('p.id', '=', 'o.toPerson'),
        )
        .as('email'),
    )
    .where('o.state', '=', 'waiting')
    .where('o.due', '<=', sql<Date>`now()`)
    .orderBy('o.due')
    .limit(limit)
    .forUpdate('o')
    .skipLocked()
    .execute();
}

/** The letter left. A secret link in it is nobody's to read here any more. */
export async function letterSent(trx: TenantScope, id: string): Promise<void> {
  await trx
    .updateTable('outbox')
    .set({
      state: 'sent',
      sentAt: sql`now()`,
      attempts: sql`attempts + 1`,
      lastError: null,
      body: sql`regexp_replace(body, '#[A-Za-z0-9_-]{40,}', '#…', 'g')`,
    })
    .where('id', '=', id)
    .execute();
}

/** It did not leave: it waits a minute, two, four …, and is given up after eight attempts. */
export async function letterFailed(trx: TenantScope, id: string, reason: string): Promise<void> {
  await trx
    .updateTable('outbox')
    .set({
      attempts: sql`attempts + 1`,
      lastError: reason,
      state: sql`CASE WHEN attempts + 1 >= ${ATTEMPTS} THEN 'failed' ELSE 'waiting' END`,
      due: sql`now() + interval '1 minute' * power(2, attempts)`,
    })
    .where('id', '=', id)
    .execute();
}

/** A page of the outbox, the newest first; without letters that are hidden at the moment `at`, where one is given. */
export async function listLetters(
  trx: TenantScope,
  { after, limit, at }: { after?: string | undefined; limit: number; at?: Date },
): Promise<Page<Letter>> {
  let query = trx
    .selectFrom('outbox')
    .selectAll()
    .select(sql<string>`created::text`.as('place'))
    .orderBy('created', 'desc')
    .orderBy('id', 'desc')
    .limit(limit + 1);
  const place = after === undefined ? null : placeOf(after);
  if (place !== null) query = query.where(sql<boolean>`(created, id) < (${place.at}::timestamptz, ${place.id}::uuid)`);
  if (at !== undefined) query = query.where(sql<boolean>`coalesce(hidden_until <= ${at}, true)`);
  return pageOf(await query.execute(), limit);
}
