import { z } from 'zod';
import { type Context, command, madeBy } from '../command.ts';
import { amount, id, sha256, short } from '../fields.ts';
import { countingOffers, isBarred, isFrozen, mayTouchOffers, openLots } from '../guards.ts';
import { contents, type Offer, type Opening } from '../purchase/offers.ts';
import { type Found, openingHash } from '../purchase/opening-hash.ts';
import type { Purchase } from '../purchase/purchase.ts';
import { isRefusal, type Refusal, refuse } from '../refusal.ts';
import { compareInstants } from '../time/deadline.ts';
import { doubled } from './checks.ts';
import { foundBefore, foundIn } from './found.ts';
import { minute } from './timing.ts';

const part = z.enum(['quality', 'price']);
const price = amount.nullable();

/** Two people open, never one, and the second confirms what the first says was found: recorded with the hashes of all that was opened. */
export const openingCommands = {
  'opening.attend': command({
    input: z.strictObject({ part }),
    states: ['closed', 'opened'],
    action: 'offer.open',
    decide(draft, { part: what }, context) {
      const session = sessionOf(draft, what, context);
      if (isRefusal(session)) return session;
      if (presentAt(session, context).includes(context.by.id)) return refuse('already-present');
      session.present.push({ person: context.by.id, at: context.at });
      return {
        events: [{ type: 'opening.attended', ids: { part: what, present: presentAt(session, context).length } }],
      };
    },
  }),
  'offers.open': command({
    input: z.strictObject({
      offers: z
        .array(z.strictObject({ offer: id, contents: contents.nullable(), problem: short(1, 60).nullable(), price }))
        .max(500),
    }),
    // Once more where nobody has confirmed it and nothing rests on it yet.
    states: ['closed', 'opened'],
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
      const found: { offer: Offer; is: Found }[] = [];
      for (const offer of counting) {
        const is = foundIn(
          draft,
          offer,
          offers.find((one) => one.offer === offer.id),
        );
        if (isRefusal(is)) return is;
        found.push({ offer, is });
      }
      putAside(draft, session);
      for (const { offer, is } of found) {
        offer.opened = { at: context.at, contents: is.contents, problem: is.problem };
        offer.price = is.price;
        draft.deviations = draft.deviations.filter((one) => one.offer !== offer.id);
        for (const { requirement, text } of is.contents?.deviations ?? [])
          draft.deviations.push({
            offer: offer.id,
            requirement,
            proposal: text,
            status: 'proposed',
            counter: null,
            steps: [],
          });
      }
      const hash = openingHash(
        'quality',
        draft.round,
        found.map(({ is }) => is),
      );
      finish(session, counting, hash, context);
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
      putAside(draft, session);
      for (const one of prices) {
        const found = counting.find(({ id: own }) => own === one.offer);
        if (found) found.price = one.price;
      }
      finish(session, counting, openingHash('price', draft.round, counting.map(foundBefore)), context);
      return { events: [{ type: 'price.opened', ids: { count: prices.length } }] };
    },
  }),
  /** Another opener who is there has found the same: `hash` is `done.hash` of the opening. Without it nothing is frozen or evaluated. */
  'opening.confirm': command({
    input: z.strictObject({ part, hash: sha256 }),
    states: ['opened'],
    action: 'offer.open',
    decide(draft, { part: what, hash }, context) {
      const session = draft.openings.find((one) => one.part === what && one.round === draft.round);
      if (!session?.done) return refuse('not-opened', {}, 'part');
      if (session.confirmed) return refuse('already-confirmed', {}, 'part');
      const guard = mayTouchOffers(draft, context.by.id, null);
      if (guard) return guard;
      if (!session.present.some(({ person }) => person === context.by.id)) return refuse('attend-first');
      if (session.done.by === context.by.id) return refuse('second-opener');
      if (session.done.hash !== hash) return refuse('opening-differs', {}, 'hash');
      session.confirmed = { hash, ...madeBy(context) };
      return { events: [{ type: 'opening.confirmed', ids: { part: what }, hashes: [hash] }] };
    },
  }),
};

/** Has a second opener confirmed what was opened in this round? */
export function isConfirmed({ openings, round }: Purchase, what: Opening['part']): boolean {
  return openings.some((one) => one.part === what && one.round === round && one.confirmed !== null);
}

/** Parts of this round's offers that are sealed and not yet opened for good: for them two openers are still needed. */
export function sealedParts(purchase: Purchase): Opening['part'][] {
  const { state, plan } = purchase;
  if (state !== 'published' && state !== 'closed' && state !== 'opened') return [];
  const parts: Opening['part'][] = plan?.priceApart ? ['quality', 'price'] : ['quality'];
  return parts.filter((one) => !isConfirmed(purchase, one));
}

/** The opening of a part in this round, begun where nobody came yet. */
function sessionOf(draft: Purchase, what: Opening['part'], context: Context): Opening | Refusal {
  const person = context.by.id;
  if (!draft.openers.includes(person) && draft.recovery !== person) return refuse('not-an-opener');
  // For all lots: who is barred from one would open it along with the others.
  const guard = mayTouchOffers(draft, person, null);
  if (guard) return guard;
  const session = draft.openings.find((one) => one.part === what && one.round === draft.round);
  if (session?.confirmed) return refuse('already-opened');
  if (what === 'quality') {
    if (draft.notice && !hasCome(context, draft.notice.opening.instant))
      return refuse('opening-later', { at: minute(draft.notice.opening.local) });
  } else {
    if (!draft.plan?.priceApart) return refuse('price-not-apart');
    const open = openLots(draft).find((one) => !isFrozen(draft, one.id));
    if (draft.state !== 'opened' || open) return refuse('freeze-first', { lot: open?.id ?? '' });
  }
  if (session) return session;
  const begun: Opening = {
    part: what,
    round: draft.round,
    present: [],
    done: null,
    confirmed: null,
    replaced: [],
  };
  draft.openings.push(begun);
  return begun;
}

const hasCome = ({ at, received = at }: Context, moment: string): boolean => compareInstants(received, moment) >= 0;

function readySession(draft: Purchase, what: Opening['part'], context: Context): Opening | Refusal {
  const session = sessionOf(draft, what, context);
  if (isRefusal(session)) return session;
  if (session.done && what === 'quality' && isBuiltOn(draft)) return refuse('already-opened');
  const present = presentAt(session, context).filter((one) => !isBarred(draft, one, null));
  if (!present.includes(context.by.id)) return refuse('attend-first');
  return present.length < 2 ? refuse('opening-needs-two') : session;
}

/** Who is at an opening now: two who were there on different days were not there together. A day is our choice. */
function presentAt({ present }: Opening, { at }: Context): string[] {
  const since = Date.parse(at) - 86_400_000;
  return [...new Set(present.filter((one) => Date.parse(one.at) >= since).map(({ person }) => person))];
}

/** Does anything rest on what was opened? */
function isBuiltOn({ evaluation, deviations, offers, round }: Purchase): boolean {
  const { finished, notApplicable, amounts, explanations, exclusions } = evaluation;
  const own = new Set(offers.filter((one) => one.round === round).map((one) => one.id));
  return (
    [finished, notApplicable, amounts, explanations, exclusions].some((list) => list.length > 0) ||
    deviations.some(({ offer, steps }) => own.has(offer) && steps.length > 0)
  );
}

/** Keeps what was said before and is now said otherwise. */
function putAside(draft: Purchase, session: Opening): void {
  if (!session.done) return;
  const { by, at, hash, offers } = session.done;
  const said = draft.offers.filter((one) => offers.some(({ id: own }) => own === one.id)).map(foundBefore);
  session.replaced.push({ by, at, hash, offers: structuredClone(said) });
}

function finish(session: Opening, counting: readonly Offer[], hash: string, context: Context): void {
  session.done = {
    ...madeBy(context),
    hash,
    offers: counting.map(({ id: own, hashes }) => ({ id: own, hashes: [...hashes] })),
  };
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
