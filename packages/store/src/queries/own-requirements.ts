import { sql } from 'kysely';
import { currentTenant, type TenantScope } from '../connect/tenant.ts';
import { StoreError } from '../errors.ts';
import { VersionConflict } from './version.ts';

/** A requirement that an organisation wrote, as it stands now. */
export interface OwnRequirementRow {
  id: string;
  version: number;
  entry: object;
  retired: boolean;
  by: string;
  created: Date;
}

/** How many versions there are; nothing is deleted, so that another number means that something has changed. */
export async function ownRevision(trx: TenantScope): Promise<number> {
  const { count } = await trx
    .selectFrom('ownRequirement')
    .select(({ fn }) => fn.countAll<string>().as('count'))
    .executeTakeFirstOrThrow();
  return Number(count);
}

/** The newest version of each, in the order of their ids. */
export async function listOwnRequirements(trx: TenantScope): Promise<OwnRequirementRow[]> {
  return await trx
    .selectFrom('ownRequirement')
    .select(['id', 'version', 'entry', 'retired', 'by', 'created'])
    .distinctOn('id')
    .orderBy('id')
    .orderBy('version', 'desc')
    .execute();
}

/** Keeps all others who would write one waiting until this transaction ends, so that ids are given once and each sees what the other wrote. */
export async function holdOwnRequirements(trx: TenantScope): Promise<void> {
  await trx.selectFrom('tenant').select('tenant').forNoKeyUpdate().executeTakeFirst();
}

/**
 * Adds the version after the one that was read (0: a new one). To be called by who holds them.
 * @throws VersionConflict where another version stands, StoreError `missing` where there is none
 */
export async function addOwnVersion(
  trx: TenantScope,
  read: number,
  row: Pick<OwnRequirementRow, 'id' | 'entry' | 'retired' | 'by'>,
): Promise<number> {
  const { version: last } = await trx
    .selectFrom('ownRequirement')
    .select(sql<number>`coalesce(max(version), 0)`.as('version'))
    .where('id', '=', row.id)
    .executeTakeFirstOrThrow();
  if (last === 0 && read !== 0) throw new StoreError('missing', `The requirement ${row.id} does not exist.`);
  if (last !== read) throw new VersionConflict(`The requirement ${row.id}`, read, last);
  await trx
    .insertInto('ownRequirement')
    .values({ ...row, entry: JSON.stringify(row.entry), tenant: currentTenant, version: last + 1 })
    .execute();
  return last + 1;
}

/** Editions of the catalogue that kept demands rest on, the newest first. */
export async function editionsOfDemands(
  trx: TenantScope,
): Promise<{ edition: string; hash: string; demands: number; last: Date }[]> {
  const rows = await trx
    .selectFrom('demandVersion')
    .select(['edition', 'editionHash'])
    .select(({ fn }) => [fn.count<string>('purchase').distinct().as('demands'), fn.max('created').as('last')])
    .where('editionHash', 'is not', null)
    .groupBy(['edition', 'editionHash'])
    .orderBy('last', 'desc')
    .execute();
  return rows.map(({ edition, editionHash, demands, last }) => ({
    edition: edition ?? '',
    hash: editionHash ?? '',
    demands: Number(demands),
    last,
  }));
}

/** The last demand files that rest on an edition, `limit` at most. */
export async function demandsOfEdition(trx: TenantScope, hash: string, limit: number): Promise<object[]> {
  const rows = await trx
    .selectFrom('demandVersion')
    .select('file')
    .where('editionHash', '=', hash)
    .orderBy('created', 'desc')
    .limit(limit)
    .execute();
  return rows.map(({ file }) => file);
}
