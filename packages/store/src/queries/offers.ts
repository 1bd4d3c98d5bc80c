import { type Insertable, type Selectable, sql } from 'kysely';
import type { Tables } from '../connect/tables.ts';
import { currentTenant, type TenantScope } from '../connect/tenant.ts';
import { nextVersion, versionAfter } from './version.ts';

export type OfferRow = Selectable<Tables['offer']>;
export type NewOffer = Omit<
  Insertable<Tables['offer']>,
  'tenant' | 'replacedBy' | 'openedAt' | 'answers' | 'price' | 'version' | 'manifest' | 'round'
> & { round: number; manifest: object; files?: readonly { name: string; sha256: Buffer }[] };

/**
 * Takes an offer in. It takes the place of the standing one of the same supplier, lot and round, which is kept; a late one stands beside.
 * Gives the id of the offer it replaced. The files must be known (`recordFile`). Two at once: one waits for the other.
 */
export async function insertOffer(trx: TenantScope, { files = [], ...offer }: NewOffer): Promise<string | null> {
  await trx.selectFrom('supplier').select('id').where('id', '=', offer.supplier).forUpdate().executeTakeFirst();
  const replaced = offer.late
    ? undefined
    : await trx
        .updateTable('offer')
        .set({ replacedBy: offer.id })
        .where('purchase', '=', offer.purchase)
        .where('supplier', '=', offer.supplier)
        .where('round', '=', offer.round)
        .where(sql<boolean>`coalesce(lot, '') = coalesce(${offer.lot ?? null}, '')`)
        .where('replacedBy', 'is', null)
        .where('late', '=', false)
        .returning('id')
        .executeTakeFirst();
  const manifest = JSON.stringify(offer.manifest);
  await trx
    .insertInto('offer')
    .values({ ...offer, manifest, tenant: currentTenant })
    .execute();
  if (files.length > 0) {
    const rows = files.map((file) => ({ ...file, tenant: currentTenant, offer: offer.id }));
    await trx.insertInto('offerFile').values(rows).execute();
  }
  return replaced?.id ?? null;
}

/** Offers to a purchase in the order they came, without what is in them. */
export async function listOffers(trx: TenantScope, purchase: string) {
  return await trx
    .selectFrom('offer as o')
    .innerJoin('supplier as s', (join) => join.onRef('s.tenant', '=', 'o.tenant').onRef('s.id', '=', 'o.supplier'))
    .select(['o.id', 'o.lot', 'o.supplier', 's.name as supplierName', 'o.invitation', 'o.receivedAt', 'o.late'])
    .select(['o.sha256', 'o.bytes', 'o.replacedBy', 'o.openedAt', 'o.version'])
    .where('o.purchase', '=', purchase)
    .orderBy('o.receivedAt')
    .orderBy('o.id')
    .execute();
}

/** The opened offers that stand, of every round, with answers and prices: the evaluation page in one read. */
export async function readOpenedOffers(trx: TenantScope, purchase: string): Promise<OfferRow[]> {
  return await trx
    .selectFrom('offer')
    .selectAll()
    .where('purchase', '=', purchase)
    .where('replacedBy', 'is', null)
    .where('openedAt', 'is not', null)
    .orderBy('receivedAt')
    .orderBy('id')
    .execute();
}

/** One offer; undefined when this tenant has none of that id. */
export async function getOffer(trx: TenantScope, id: string): Promise<OfferRow | undefined> {
  return await trx.selectFrom('offer').selectAll().where('id', '=', id).executeTakeFirst();
}

/** Names and hashes of the files of an offer, by name. */
export async function offerFiles(
  trx: TenantScope,
  offer: string,
): Promise<{ name: string; sha256: Buffer; bytes: number; media: string }[]> {
  return await trx
    .selectFrom('offerFile as o')
    .innerJoin('file as f', (join) => join.onRef('f.tenant', '=', 'o.tenant').onRef('f.sha256', '=', 'o.sha256'))
    .select(['o.name', 'o.sha256', 'f.bytes', 'f.media'])
    .where('o.offer', '=', offer)
    .orderBy('o.name')
    .execute();
}

/**
 * Writes down what an opened offer says, at the version it was read. The price may come later, when it was sealed apart. Gives the new
 * version. Throws `VersionConflict` or `missing`.
 */
export async function openOffer(
  trx: TenantScope,
  id: string,
  version: number,
  opened: { at: Date; answers?: object; price?: object },
): Promise<number> {
  const updated = await trx
    .updateTable('offer')
    .set({
      openedAt: sql`coalesce(opened_at, ${opened.at})`,
      ...(opened.answers && { answers: JSON.stringify(opened.answers) }),
      ...(opened.price && { price: JSON.stringify(opened.price) }),
      version: nextVersion,
    })
    .where('id', '=', id)
    .where('version', '=', version)
    .returning('version')
    .executeTakeFirst();
  return await versionAfter(updated, version, 'The offer', () =>
    trx.selectFrom('offer').select('version').where('id', '=', id).executeTakeFirst(),
  );
}
