import { type Catalogue, type DemandFile, diffCatalogues, joinedSnapshots } from '@proviso/catalogue';
import { demandsOfEdition, editionsOfDemands, type TenantScope } from '@proviso/store';
import { z } from 'zod';
import { type EditionDiff, edition } from '../contract/catalogue.ts';
import { language, sha256 } from '../contract/wire.ts';
import { HttpProblem } from '../http/problem.ts';
import { type Route, route } from '../http/route.ts';
import { inTenant } from '../purchases/address.ts';
import { catalogueOf } from './of-tenant.ts';

/** Demands that an edition is put together from: each holds all its requirements, and the risks of its own purchase. */
const SNAPSHOTS = 20;

export const editionRoutes: readonly Route[] = [
  route({
    method: 'GET',
    url: '/api/t/:tenant/catalogue/editions',
    access: { action: 'catalogue.read' },
    summary: 'Editions of the catalogue that this organisation derives by, or has derived by',
    params: inTenant,
    response: z.array(edition),
    handle: async ({ trx, deps, actor }) => {
      const today = await catalogueOf(trx, actor.tenant, deps);
      const kept = await editionsOfDemands(trx);
      const known = [...new Map([today, deps.catalogue].map((one) => [one.hash, one.edition.edition]))];
      const demands = new Map(kept.map((one) => [one.hash, one.demands]));
      return [...new Map([...known, ...kept.map((one) => [one.hash, one.edition] as const)])].map(([hash, name]) => ({
        hash,
        edition: name,
        today: hash === today.hash,
        bare: hash === deps.catalogue.hash,
        demands: demands.get(hash) ?? 0,
      }));
    },
  }),
  route({
    method: 'GET',
    url: '/api/t/:tenant/catalogue/diff',
    access: { action: 'catalogue.read' },
    summary:
      'What is different between two editions, in words; of one that only kept demands know, as far as they hold it',
    params: inTenant,
    query: z.object({ from: sha256, to: sha256, language: language.optional() }),
    response: z.custom<EditionDiff>(),
    handle: async ({ trx, deps, actor, query }) => {
      const asked = query.language ?? actor.language;
      const today = await catalogueOf(trx, actor.tenant, deps);
      const known = [today, deps.catalogue];
      const [from, to] = [await editionOf(trx, query.from, known), await editionOf(trx, query.to, known)];
      const titles = [from, to].flatMap(({ requirements, risks }) =>
        [...requirements, ...risks].map(({ id, title }) => [id, title[asked]] as const),
      );
      return { diff: diffCatalogues(from, to, asked), titles: Object.fromEntries(titles) };
    },
  }),
];

/** @throws HttpProblem 404 */
async function editionOf(trx: TenantScope, hash: string, known: readonly Catalogue[]): Promise<Catalogue> {
  const whole = known.find((one) => one.hash === hash);
  if (whole) return whole;
  const files = (await demandsOfEdition(trx, hash, SNAPSHOTS)) as DemandFile[];
  if (files.length === 0) throw new HttpProblem(404, 'not-found');
  return joinedSnapshots(files.map(({ catalogue }) => catalogue));
}
