import type { Catalogue } from '@proviso/catalogue';
import type { KeptOwn, OwnFault } from '@proviso/catalogue/check';
import { listOwnRequirements, type OwnRequirementRow, ownRevision, type TenantScope } from '@proviso/store';
import { LRUCache } from 'lru-cache';
import type { Deps } from '../http/deps.ts';

/** The catalogue of an organisation: what came with this version, and what its people ask beside it. */
export interface OwnCatalogue {
  catalogue: Catalogue;
  rows: readonly OwnRequirementRow[];
  /** What keeps some of its own out. */
  faults: readonly OwnFault[];
}

/** Joining takes some milliseconds, so that the last ones are kept: by the catalogue that came, the tenant and how often that has changed. */
const joined = new WeakMap<Catalogue, LRUCache<string, OwnCatalogue>>();
const MOST = 200;

/** What this organisation derives and judges by. */
export async function catalogueOf(trx: TenantScope, tenant: string, { catalogue }: Pick<Deps, 'catalogue'>) {
  return (await ownCatalogueOf(trx, tenant, catalogue)).catalogue;
}

/** The same with the rows that it was made from. */
export async function ownCatalogueOf(trx: TenantScope, tenant: string, catalogue: Catalogue): Promise<OwnCatalogue> {
  const revision = await ownRevision(trx);
  if (revision === 0) return { catalogue, rows: [], faults: [] };
  let cache = joined.get(catalogue);
  if (!cache) {
    cache = new LRUCache({ max: MOST });
    joined.set(catalogue, cache);
  }
  const kept = cache.get(`${tenant} ${revision}`);
  if (kept) return kept;
  const rows = await listOwnRequirements(trx);
  const made = { ...(await join(catalogue, rows)), rows };
  // Another may have written one between the two questions: then this is of a later revision.
  const seen = rows.reduce((sum, { version }) => sum + version, 0);
  cache.set(`${tenant} ${seen}`, made);
  return made;
}

/** As it stood for what was written before a moment: a draft was not read with what came later, so that nothing can be said of it. */
export async function catalogueBefore(
  trx: TenantScope,
  tenant: string,
  { catalogue }: Pick<Deps, 'catalogue'>,
  at: Date,
): Promise<Catalogue> {
  const all = await ownCatalogueOf(trx, tenant, catalogue);
  const known = all.rows.filter(({ created }) => created <= at);
  return known.length === all.rows.length ? all.catalogue : (await join(catalogue, known)).catalogue;
}

/** Rows as the catalogue's room knows them. */
export const keptOf = (rows: readonly Omit<OwnRequirementRow, 'by'>[]): KeptOwn[] =>
  rows.map(({ id, version, entry, retired, created }) => ({
    id,
    version,
    entry,
    retired: retired ? created.toISOString().slice(0, 10) : null,
  }));

/** Joins rows with the catalogue. */
export async function join(catalogue: Catalogue, rows: readonly Omit<OwnRequirementRow, 'by'>[]) {
  const { withOwn } = await import('@proviso/catalogue/check');
  return withOwn(catalogue, keptOf(rows));
}
