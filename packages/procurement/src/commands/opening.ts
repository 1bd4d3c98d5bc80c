import { z } from 'zod';
import { type Context, command } from '../command.ts';
import { amount, id } from '../fields.ts';
import { countingOffers, isBarred, isFrozen, linesOfLot, mayTouchOffers, openLots } from '../guards.ts';
import { contents, type Opening } from '../purchase/offers.ts';
import type { Purchase } from '../purchase/purchase.ts';
import { isRefusal, type Refusal, refuse } from '../refusal.ts';
import { compareInstants } from '../time/deadline.ts';
import { doubled } from './checks.ts';
import { minute } from './timing.ts';

const part = z.enum(['quality', 'price']);
const price = amount.nullable();

/** Two people open, never one: what they do is recorded with the hashes of all that was opened. */
export const openingCommands = {
  'opening.attend': command({
    input: z.strictObject({ part }),
    states: ['closed', 'opened'],
    action: 'offer.open',
    decide(draft, { part: what }, context) {
      const session = sessionOf(draft, what, context);
      if (isRefusal(session)) return session;
      if (session.present.some(({ person }) => person === context.by.id)) return refuse('already-present');
      session.present.push({ person: context.by.id, at: context.at });
      return { events: [{ type: 'opening.attended', ids: { part: what, present: session.present.length } }] };
    },
  }),
  'offers.open': command({
    input: z.strictObject({
      offers: z
        .array(
          z.strictObject({ offer: id, contents: contents.nullable(), problem: z.string().max(60).nullable(), price }),
        )
        .max(500),
    }),
    states: ['closed'],
    action: 'offer.open',
    decide(draft, { offers }, context) {
      const session = readySession(draft, 'quality', context);
      if (isRefusal(session)) return session;
      const counting = countingOffers(draft);
      const fault = coverFault(
        counting.map((one) => one.id),
        offers.map((one) => one.offer),
      );
      if (fault) return fault;
      for (const one of offers) {
        const found = counting.find(({ id: own }) => own === one.offer);
        if (!found) continue;
        if (draft.plan?.priceApart && one.price !== null) return refuse('price-stays-sealed', {}, one.offer);
        if ((one.contents === null) === (one.problem === null)) return refuse('contents-or-problem', {}, one.offer);
        const own = new Set(linesOfLot(draft, found.lot).map((line) => line.id));
        const told = one.contents;
        const strange = [
          ...(told?.unanswered ?? []),
          ...(told?.notApplicable ?? []),
          ...(told?.deviations ?? []).map(({ requirement }) => requirement),
        ].find((requirement) => !own.has(requirement));
        const twice = doubled((told?.deviations ?? []).map(({ requirement }) => requirement));
        if (twice !== null) return refuse('twice', { id: twice }, one.offer);
        if (strange !== undefined) return refuse('not-demanded', { requirement: strange }, one.offer);
        found.opened = { at: context.at, contents: told, problem: one.problem };
        found.price = one.price;
        for (const { requirement, text } of told?.deviations ?? [])
          draft.deviations.push({
            offer: found.id,
            requirement,
            proposal: text,
            status: 'proposed',
            counter: null,
            steps: [],
          });
      }
      session.done = {
        at: context.at,
        offers: counting.map(({ id: own, hashes }) => ({ id: own, hashes: [...hashes] })),
      };
      draft.state = 'opened';
      return {
        events: [
          {
            type: 'offers.opened',
            ids: { count: counting.length, round: draft.round },
            hashes: counting.flatMap(({ hashes }) => hashes),
          },
        ],
      };
    },
  }),
  'price.open': command({
    input: z.strictObject({ prices: z.array(z.strictObject({ offer: id, price })).max(500) }),
    states: ['opened'],
    action: 'price.open',
    decide(draft, { prices }, context) {
      const session = readySession(draft, 'price', context);
      if (isRefusal(session)) return session;
      const counting = countingOffers(draft).filter(({ opened }) => opened?.contents);
      const fault = coverFault(
        counting.map((one) => one.id),
        prices.map((one) => one.offer),
      );
      if (fault) return fault;
      for (const one of prices) {
        const found = counting.find(({ id: own }) => own === one.offer);
        if (found) found.price = one.price;
      }
      session.done = {
        at: context.at,
        offers: counting.map(({ id: own, hashes }) => ({ id: own, hashes: [...hashes] })),
      };
      return { events: [{ type: 'price.opened', ids: { count: prices.length } }] };
    },
  }),
};

/** The opening of a part in this round, begun where nobody came yet. */
function sessionOf(draft: Purchase, what: Opening['part'], context: Context): Opening | Refusal {
  const person = context.by.id;
  if (!draft.openers.includes(person) && draft.recovery !== person) return refuse('not-an-opener');
  // For all lots: who is barred from one would open it along with the others.
  const guard = mayTouchOffers(draft, person, null);
  if (guard) return guard;
  if (what === 'quality') {
    if (draft.state !== 'closed') return refuse('already-opened');
    if (draft.notice && compareInstants(context.at, draft.notice.opening.instant) < 0)
      return refuse('opening-later', { at: minute(draft.notice.opening.local) });
  } else {
    if (!draft.plan?.priceApart) return refuse('price-not-apart');
    const open = openLots(draft).find((one) => !isFrozen(draft, one.id));
    if (draft.state !== 'opened' || open) return refuse('freeze-first', { lot: open?.id ?? '' });
  }
  let session = draft.openings.find((one) => one.part === what && one.round === draft.round);
  if (session?.done) return refuse('already-opened');
  if (!session) {
    session = { part: what, round: draft.round, present: [], done: null };
    draft.openings.push(session);
  }
  return session;
}

function readySession(draft: Purchase, what: Opening['part'], context: Context): Opening | Refusal {
  const session = sessionOf(draft, what, context);
  if (isRefusal(session)) return session;
  const present = session.present.map(({ person }) => person).filter((one) => !isBarred(draft, one, null));
  if (!present.includes(context.by.id)) return refuse('attend-first');
  return present.length < 2 ? refuse('opening-needs-two') : session;
}

/** All offers that count are opened together, and no other. */
function coverFault(wanted: readonly string[], given: readonly string[]): Refusal | null {
  const twice = doubled(given);
  if (twice !== null) return refuse('twice', { id: twice }, 'offers');
  const strange = given.find((one) => !wanted.includes(one));
  if (strange !== undefined) return refuse('unknown', { id: strange }, 'offers');
  const missing = wanted.find((one) => !given.includes(one));
  return missing === undefined ? null : refuse('open-all', { id: missing }, 'offers');
}
