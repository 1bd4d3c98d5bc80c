import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { demandFileOf, demandHash, derive } from '@proviso/catalogue';
import { contextOf } from '@proviso/catalogue/check';
import { readContent } from '@proviso/content';
import { linesOf } from '@proviso/procurement';
import { addDemandVersion, insertInvitation, insertSupplier } from '@proviso/store';
import type { LinkActor } from '../http/route.ts';
import { catalogueOf } from '../own-catalogue/of-tenant.ts';
import type { ExampleBidder } from './bidders.ts';
import { makeKeys, type Stage } from './stage.ts';
import { tell } from './words.ts';

/** Contexts and documents that come along with the program. */
export const EXAMPLES = new URL('../../../../examples/', import.meta.url);

const PLAN = {
  criteria: [
    { id: 'requirements', kind: 'requirements', weight: 60 },
    { id: 'price', kind: 'price', weight: 40, formula: { kind: 'lowest-ratio' } },
  ],
  tieBreak: ['requirements', 'draw'],
  notApplicable: [],
  priceApart: true,
};

/** Derives the demand of a purchase from the context of the example. */
export async function demand(stage: Stage, id: string, title: string, reference: string): Promise<void> {
  const { deps, language, people } = stage;
  const given = readContent(fileURLToPath(new URL('contexts/municipal-portal.yaml', EXAMPLES))) as object;
  const country = language === 'fr' ? 'FR' : 'NL';
  const catalogue = await stage.within((trx) => catalogueOf(trx, stage.tenant, deps));
  const context = contextOf(
    { ...given, title, reference, language, country, buyer: title, contractMonths: 48 },
    catalogue,
  );
  const file = demandFileOf(derive(context, catalogue), catalogue);
  const hash = demandHash(file.demand);
  const version = await stage.within((trx) =>
    addDemandVersion(trx, id, { file, hash: Buffer.from(hash, 'hex'), by: people.buyer }),
  );
  await stage.give('buyer', id, 'demand.set', { version, hash, lines: linesOf(file) });
}

/** Team, approvals, keys and notice; the two moments are days from now. */
export async function publish(stage: Stage, id: string, days: { published: number; closing: number }): Promise<void> {
  const { give, people, language, local } = stage;
  await give('buyer', id, 'plan.set', PLAN);
  await give('buyer', id, 'openers.name', { openers: [people.opener, people.opener2], recovery: null });
  const evaluators = [people.evaluator, people.evaluator2].map((person) => ({ person, lots: null }));
  await give('buyer', id, 'evaluators.name', { evaluators });
  await give('buyer', id, 'purchase.specify');
  const { purchase } = await stage.read(id);
  for (const as of ['legal', 'security'] as const)
    await give(as, id, 'demand.approve', {
      as,
      verdict: 'approved',
      demand: purchase.demand?.hash,
      reason: tell(`approve.${as}`, language),
    });
  stage.goTo(days.published);
  const keys = await makeKeys(stage, id);
  await give('buyer', id, 'purchase.publish', {
    closing: local(days.closing, 12),
    questionsUntil: local(days.closing - 10, 12),
    opening: local(days.closing, 14),
    validityDays: 180,
    keys,
  });
}

/** Suppliers with a link each; the links' tokens are known to nobody, since nobody is to act for them. */
export async function invite(stage: Stage, purchase: string, bidders: readonly ExampleBidder[]): Promise<LinkActor[]> {
  const links: LinkActor[] = [];
  await stage.within(async (trx) => {
    for (const { name, country } of bidders) {
      const known = await trx.selectFrom('supplier').select('id').where('name', '=', name).executeTakeFirst();
      const supplier = known?.id ?? randomUUID();
      if (!known) await insertSupplier(trx, { id: supplier, name, country, email: null });
      const invitation = randomUUID();
      const created = stage.deps.now();
      const expires = new Date(created.getTime() + 365 * 86_400_000);
      const tokenHash = Buffer.from(crypto.getRandomValues(new Uint8Array(32)));
      await insertInvitation(trx, { id: invitation, purchase, supplier, tokenHash, created, expires });
      links.push({ tenant: stage.tenant, invitation, purchase, supplier });
    }
  });
  return links;
}
