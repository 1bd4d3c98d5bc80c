import { withTenant } from '@proviso/store';
import { closeDue } from '../../purchases/closing.ts';
import { carryOut } from '../../purchases/commands.ts';
import { type Life, published } from '../../testing/purchases.ts';
import type { TestServer } from '../../testing/server.ts';
import { type Bidder, bids, declare, invited, opens } from './bids.ts';

/** The contract of `signed`. */
export const CONTRACT = { lot: 'all', from: '2026-04-01', to: '2029-03-31', hash: 'c'.repeat(64), value: 100_000 };

/** A purchase with one bidder whose offer is opened, scored with full points and evaluated, prices too; on 16 February 2026. */
export async function evaluated(
  server: TestServer,
  about: object = {},
): Promise<{ life: Life; offer: string; acme: Bidder }> {
  const life = await published(server, 'Citizens’ portal', undefined, about);
  const acme = await invited(server, life, 'Acme');
  const offer = await bids(acme);
  server.setClock('2026-02-16T13:30:00Z');
  await closeDue(server.deps);
  life.view = (await server.ask('owner', 'GET', server.at(`/purchases/${life.id}`))).json();
  await declare(life, 'opener', 'opener2', 'evaluator', 'evaluator2', 'buyer', 'owner');
  await opens(server, life, 'quality');
  for (const who of ['evaluator', 'evaluator2']) {
    await withTenant(server.deps.store.db, server.tenant, async (trx) => {
      for (const { id: requirement } of life.view.purchase.demand?.lines ?? []) {
        const input = { offer, requirement, value: 3, reason: null };
        await carryOut(trx, server.deps, server.actor(who), life.id, null, { type: 'score.write', input });
      }
    });
    await life.gives(who, 'evaluation.finish', { lot: 'all' });
  }
  for (const { requirement } of life.view.purchase.deviations)
    await life.gives('owner', 'deviation.decide', {
      offer,
      requirement,
      verdict: 'refused',
      reason: 'As asked.',
      counter: null,
    });
  await life.gives('buyer', 'quality.freeze', { lot: 'all' });
  await opens(server, life, 'price');
  await life.gives('buyer', 'purchase.evaluate');
  return { life, offer, acme };
}

/** The same, awarded and signed: the buyer sees to every obligation. */
export async function signed(
  server: TestServer,
  about: object = {},
): Promise<{ life: Life; offer: string; acme: Bidder }> {
  const made = await evaluated(server, about);
  const { life, offer } = made;
  await life.gives('owner', 'award.decide', { lot: 'all', offers: [offer], reason: 'The only one.', draw: null });
  await life.gives('owner', 'award.notify', { lot: 'all', means: 'none' });
  const owner = server.people.buyer;
  await life.gives('owner', 'contract.sign', { ...CONTRACT, offer, owner, owners: [], dropped: [] });
  return made;
}
