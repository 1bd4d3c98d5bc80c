import { RECOVERY } from '@proviso/sealing';
import { appendLog, notify, passShares, withTenant } from '@proviso/store';
import { keysBody, openBody, passBody } from '../contract/offering.ts';
import { HttpProblem } from '../http/problem.ts';
import { type Route, route } from '../http/route.ts';
import { readPurchase } from '../offers/read-purchase.ts';
import { logActor } from '../purchases/actors.ts';
import { ofPurchase } from '../purchases/address.ts';
import { CHANGED } from '../purchases/events.ts';
import { putPurchaseKeys, roundOf } from './keys.ts';
import { openPart, presentIn } from './open.ts';
import { openingView } from './view.ts';

/** The keys of a purchase, and the opening of what was sealed to them. */
export const routes: Route[] = [
  route({
    method: 'PUT',
    url: '/api/t/:tenant/purchases/:id/keys',
    access: { action: 'publish' },
    summary: 'Keeps the public keys of a purchase and an encrypted share for each opener; before publication',
    params: ofPurchase,
    body: keysBody,
    limit: 4_000_000,
    handle: async ({ trx, actor, params, body }) => await putPurchaseKeys(trx, actor, params.id, body),
  }),
  route({
    method: 'GET',
    url: '/api/t/:tenant/purchases/:id/opening',
    access: { action: 'offer.list' },
    summary: 'The opening: who is there, my shares, what was opened',
    params: ofPurchase,
    handle: async ({ trx, deps, actor, params }) => await openingView(trx, deps, actor, params.id),
  }),
  route({
    method: 'POST',
    url: '/api/t/:tenant/purchases/:id/opening/pass',
    access: { action: 'offer.open' },
    summary: 'Passes my share of a part to other openers, encrypted to them; who passes is at the opening',
    params: ofPurchase,
    body: passBody,
    handle: async ({ trx, actor, params, body }) => {
      const { purchase } = await readPurchase(trx, params.id);
      const { part, shares } = body;
      const session = purchase.openings.find((one) => one.part === part && one.round === purchase.round);
      if (session?.confirmed) throw new HttpProblem(422, 'already-opened');
      if (!presentIn(purchase, part).includes(actor.id)) throw new HttpProblem(422, 'attend-first');
      const holders = [...purchase.openers, ...(purchase.recovery === null ? [] : [RECOVERY])];
      const stranger = shares.find(({ to }) => !holders.includes(to) || to === actor.id);
      if (stranger) throw new HttpProblem(422, 'unknown', { where: 'shares', values: { id: stranger.to } });
      await passShares(trx, roundOf(purchase), {
        part,
        from: actor.id,
        shares: shares.map(({ to, encrypted }) => ({
          to: to === RECOVERY ? null : to,
          ciphertext: Buffer.from(encrypted),
        })),
      });
      await appendLog(trx, {
        actor: logActor(actor),
        action: 'share.passed',
        subject: { type: 'purchase', id: params.id },
        content: { part, to: shares.map(({ to }) => to) },
      });
      // Who waits for the share sees it come.
      await notify(trx, CHANGED, {
        tenant: actor.tenant,
        purchase: params.id,
        event: 'opening',
        data: { by: actor.id },
      });
    },
  }),
  route({
    method: 'POST',
    url: '/api/t/:tenant/purchases/:id/opening/open',
    access: { action: 'offer.open' },
    summary: 'Opens a part of all offers with the secret that two openers put together',
    params: ofPurchase,
    body: openBody,
    transaction: false,
    handle: async ({ deps, actor, params, body }) => {
      await openPart(deps, actor, params.id, body);
      return await withTenant(deps.store.db, actor.tenant, (trx) => openingView(trx, deps, actor, params.id));
    },
  }),
];
