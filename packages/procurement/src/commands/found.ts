import { linesOfLot } from '../guards.ts';
import type { Contents, Offer } from '../purchase/offers.ts';
import type { Found } from '../purchase/opening-hash.ts';
import type { Purchase } from '../purchase/purchase.ts';
import { type Refusal, refuse } from '../refusal.ts';
import { compareInstants } from '../time/deadline.ts';
import { doubled } from './checks.ts';

type Told = { contents: Contents | null; problem: string | null; price: number | null };

/**
 * What counts of what an opener says of an offer, or why it cannot be. An offer to an earlier demand stands: what was asked only later is
 * unanswered in it, and what is asked no longer is left out.
 */
export function foundIn(draft: Purchase, offer: Offer, told: Told | undefined): Found | Refusal {
  const { id: own, lot } = offer;
  const { contents: said = null, problem = null, price: amountTold = null } = told ?? {};
  if (draft.plan?.priceApart && amountTold !== null) return refuse('price-stays-sealed', {}, own);
  if ((said === null) === (problem === null)) return refuse('contents-or-problem', {}, own);
  if (said === null) return { id: own, contents: null, problem, price: amountTold };
  const twice = doubled(said.deviations.map(({ requirement }) => requirement));
  if (twice !== null) return refuse('twice', { id: twice }, own);
  const wanted = new Set(linesOfLot(draft, lot).map((line) => line.id));
  const asked = askedOf(draft, offer) ?? [...wanted];
  const strange = [
    ...said.unanswered,
    ...said.notApplicable,
    ...said.deviations.map(({ requirement }) => requirement),
  ].find((one) => !wanted.has(one) && !asked.includes(one));
  if (strange !== undefined) return refuse('not-demanded', { requirement: strange }, own);
  const later = [...wanted].filter((one) => !asked.includes(one));
  const contents = {
    hash: said.hash,
    unanswered: [...new Set([...said.unanswered, ...later])].filter((one) => wanted.has(one)),
    notApplicable: said.notApplicable.filter((one) => wanted.has(one)),
    deviations: said.deviations.filter(({ requirement }) => wanted.has(requirement)),
    offered: said.offered.filter(({ requirement }) => wanted.has(requirement)),
  };
  return { id: own, contents, problem, price: amountTold };
}

/** What was asked in its lot when the offer came. */
function askedOf({ demands }: Purchase, { lot, demand, recorded }: Offer): string[] | undefined {
  const then = demands.findLast(({ hash, at }) => hash === demand && compareInstants(at, recorded) <= 0);
  return then?.lots.find((one) => one.id === lot)?.requirements;
}

export const foundBefore = ({ id: own, opened, price: amountTold }: Offer): Found => ({
  id: own,
  contents: opened?.contents ?? null,
  problem: opened?.problem ?? null,
  price: amountTold,
});
