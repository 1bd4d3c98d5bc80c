import { type Selectable, sql } from 'kysely';
import type { Tables } from '../connect/tables.ts';
import { currentTenant, type TenantScope } from '../connect/tenant.ts';

/** A holder's share of one part's key, encrypted to the holder. A null holder is the recovery share. */
export interface Share {
  part: string;
  holder: string | null;
  ciphertext: Buffer;
}

/** A share as it is kept: with the fingerprint of the key that it was encrypted to, null where that is not known. */
export type KeptShare = Share & { recipient: string | null };

/** A round of offers to a purchase; each has keys of its own. */
export interface Round {
  purchase: string;
  round: number;
}

/** Keeps the public keys of a round with a share for each holder, in place of those made before. */
export async function putKeys(
  trx: TenantScope,
  { purchase, round }: Round,
  { keys, by, shares }: { keys: object; by: string; shares: readonly KeptShare[] },
): Promise<void> {
  for (const table of ['purchaseKeys', 'share'] as const)
    await trx.deleteFrom(table).where('purchase', '=', purchase).where('round', '=', round).execute();
  await trx
    .insertInto('purchaseKeys')
    .values({ tenant: currentTenant, purchase, round, keys: JSON.stringify(keys), by })
    .execute();
  await trx
    .insertInto('share')
    .values(shares.map((share) => ({ ...share, tenant: currentTenant, purchase, round })))
    .execute();
}

/** The public keys of a round; undefined before they are made. */
export async function getKeys(
  trx: TenantScope,
  { purchase, round }: Round,
): Promise<{ keys: object; by: string } | undefined> {
  return await trx
    .selectFrom('purchaseKeys')
    .select(['keys', 'by'])
    .where('purchase', '=', purchase)
    .where('round', '=', round)
    .executeTakeFirst();
}

/** Who holds a share of which part, encrypted to which key, without the shares. */
export async function shareHolders(
  trx: TenantScope,
  { purchase, round }: Round,
): Promise<Omit<KeptShare, 'ciphertext'>[]> {
  return await trx
    .selectFrom('share')
    .select(['part', 'holder', 'recipient'])
    .where('purchase', '=', purchase)
    .where('round', '=', round)
    .execute();
}

/**
 * Purchases in these states of which a person holds shares, as an opener or for recovery; with their documents, not to be changed. With `hold` nobody
 * else changes them, or publishes them, until this transaction is over.
 */
export async function purchasesHeldBy(
  trx: TenantScope,
  person: string,
  states: readonly string[],
  hold: boolean,
): Promise<{ id: string; document: object }[]> {
  return await trx
    .selectFrom('purchase as p')
    .select(['p.id', 'p.document'])
    .where('p.state', 'in', states)
    .where(
      sql<boolean>`EXISTS (SELECT FROM proviso.share s WHERE s.tenant = p.tenant AND s.purchase = p.id
        AND coalesce(s.holder::text, p.document ->> 'recovery') = ${person})`,
    )
    .orderBy('p.created')
    .orderBy('p.id')
    .$if(hold, (query) => query.forUpdate('p'))
    .execute();
}

/** The shares of one holder; null for the recovery share. */
export async function sharesOf(trx: TenantScope, { purchase, round }: Round, holder: string | null): Promise<Share[]> {
  return await trx
    .selectFrom('share')
    .select(['part', 'holder', 'ciphertext'])
    .where('purchase', '=', purchase)
    .where('round', '=', round)
    .where('holder', holder === null ? 'is' : '=', holder)
    .orderBy('part')
    .execute();
}

export type PassedShareRow = Omit<Selectable<Tables['passedShare']>, 'tenant' | 'purchase' | 'round'>;

/** Passes a share on, in place of what the same person passed to the same holder before. */
export async function passShares(
  trx: TenantScope,
  { purchase, round }: Round,
  { part, from, shares }: { part: string; from: string; shares: readonly { to: string | null; ciphertext: Buffer }[] },
): Promise<void> {
  for (const { to, ciphertext } of shares) {
    await trx
      .deleteFrom('passedShare')
      .where('purchase', '=', purchase)
      .where('round', '=', round)
      .where('part', '=', part)
      .where('fromPerson', '=', from)
      .where('toHolder', to === null ? 'is' : '=', to)
      .execute();
    await trx
      .insertInto('passedShare')
      .values({ tenant: currentTenant, purchase, round, part, fromPerson: from, toHolder: to, ciphertext })
      .execute();
  }
}

/** What was passed to a holder, in the order it came. */
export async function passedTo(
  trx: TenantScope,
  { purchase, round }: Round,
  holder: string | null,
): Promise<PassedShareRow[]> {
  return await trx
    .selectFrom('passedShare')
    .select(['part', 'fromPerson', 'toHolder', 'ciphertext', 'at'])
    .where('purchase', '=', purchase)
    .where('round', '=', round)
    .where('toHolder', holder === null ? 'is' : '=', holder)
    .orderBy('at')
    .orderBy('fromPerson')
    .execute();
}

/** The parts of which a person has passed a share to others. */
export async function partsPassedBy(trx: TenantScope, { purchase, round }: Round, person: string): Promise<string[]> {
  const rows = await trx
    .selectFrom('passedShare')
    .select('part')
    .distinct()
    .where('purchase', '=', purchase)
    .where('round', '=', round)
    .where('fromPerson', '=', person)
    .execute();
  return rows.map(({ part }) => part);
}

/** Takes the passed shares of a part away: once its opening is confirmed nobody needs them. */
export async function dropPassedShares(trx: TenantScope, { purchase, round }: Round, part: string): Promise<void> {
  await trx
    .deleteFrom('passedShare')
    .where('purchase', '=', purchase)
    .where('round', '=', round)
    .where('part', '=', part)
    .execute();
}

/** Keeps the record of an opening; the very same is kept once. */
export async function insertOpeningRecord(
  trx: TenantScope,
  record: { purchase: string; round: number; part: string; record: object; sha256: Buffer },
): Promise<void> {
  await trx
    .insertInto('openingRecord')
    .values({ ...record, record: JSON.stringify(record.record), tenant: currentTenant })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** The records of a purchase's openings, in order. */
export async function openingRecords(
  trx: TenantScope,
  purchase: string,
): Promise<{ round: number; part: string; record: object; sha256: Buffer; created: Date }[]> {
  return await trx
    .selectFrom('openingRecord')
    .select(['round', 'part', 'record', 'sha256', 'created'])
    .where('purchase', '=', purchase)
    .orderBy('created')
    .execute();
}

/** Notes that a sealed file came by a link. The file must be known (`recordFile`). */
export async function recordUpload(trx: TenantScope, invitation: string, sha256: Buffer, plain = false): Promise<void> {
  await trx
    .insertInto('upload')
    .values({ tenant: currentTenant, invitation, sha256, plain })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** Files that came by a link, with their sizes: the sealed ones, which offers name, or the plain ones, which requests do. */
export async function uploadsOf(
  trx: TenantScope,
  invitation: string,
  plain = false,
): Promise<{ sha256: Buffer; bytes: number }[]> {
  return await trx
    .selectFrom('upload as u')
    .innerJoin('file as f', (join) => join.onRef('f.tenant', '=', 'u.tenant').onRef('f.sha256', '=', 'u.sha256'))
    .select(['u.sha256', 'f.bytes'])
    .where('u.invitation', '=', invitation)
    .where('u.plain', '=', plain)
    .execute();
}

/** The files of an opened offer beside the sealed ones: makes each known as one of the offer's. */
export async function addOfferFiles(
  trx: TenantScope,
  offer: string,
  files: readonly { name: string; sha256: Buffer }[],
): Promise<void> {
  if (files.length === 0) return;
  await trx
    .insertInto('offerFile')
    .values(files.map((file) => ({ ...file, tenant: currentTenant, offer })))
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** Offers to a purchase with everything that is kept of them, in the order they came. */
export async function readOffers(
  trx: TenantScope,
  purchase: string,
): Promise<Omit<Selectable<Tables['offer']>, 'tenant'>[]> {
  return await trx
    .selectFrom('offer')
    .select(['id', 'purchase', 'lot', 'round', 'supplier', 'invitation', 'receivedAt', 'late', 'sha256', 'bytes'])
    .select(['manifest', 'replacedBy', 'openedAt', 'answers', 'price', 'version'])
    .where('purchase', '=', purchase)
    .orderBy('receivedAt')
    .orderBy('id')
    .execute();
}

/** Offers that came by one link, the newest first. */
export async function offersByInvitation(trx: TenantScope, invitation: string) {
  return await trx
    .selectFrom('offer')
    .select(['id', 'lot', 'receivedAt', 'late', 'bytes', 'replacedBy', 'manifest'])
    .where('invitation', '=', invitation)
    .orderBy('receivedAt', 'desc')
    .orderBy('id')
    .execute();
}

/** Has a purchase, at any time, had the demand with this hash? */
export async function hasDemand(trx: TenantScope, purchase: string, hash: Buffer): Promise<boolean> {
  const found = await trx
    .selectFrom('demandVersion')
    .select('n')
    .where('purchase', '=', purchase)
    .where('hash', '=', hash)
    .executeTakeFirst();
  return found !== undefined;
}

/** The version of a demand with this hash, the last where it came twice; undefined where the purchase never had it. */
export async function demandByHash(
  trx: TenantScope,
  purchase: string,
  hash: Buffer,
): Promise<Selectable<Tables['demandVersion']> | undefined> {
  return await trx
    .selectFrom('demandVersion')
    .selectAll()
    .where('purchase', '=', purchase)
    .where('hash', '=', hash)
    .orderBy('n', 'desc')
    .executeTakeFirst();
}
