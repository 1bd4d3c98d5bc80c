import {
  countingOffers,
  isBarred,
  isFrozen,
  lowPrices,
  mayTouchOffers,
  openLots,
  type Purchase,
  score,
  sensitivity,
  withAmounts,
} from '@proviso/procurement';
import { namesOf, type TenantScope } from '@proviso/store';
import type { RankingView } from '../contract/evaluating.ts';
import { HttpProblem, refused } from '../http/problem.ts';
import type { Actor } from '../http/route.ts';

/**
 * The ranking of a lot by the scores that were frozen and what is known of prices, with what would change it.
 * @throws HttpProblem 403 by the rules of conflicts, 404 for no such lot, 422 `freeze-first` or `price-sealed` while it would be a guess
 */
export async function rankingView(
  trx: TenantScope,
  actor: Actor,
  purchase: Purchase,
  lot: string,
): Promise<RankingView> {
  checkNear(purchase, actor, lot);
  const frozen = purchase.evaluation.frozen.find((one) => one.lot === lot);
  if (!frozen || !isFrozen(purchase, lot)) throw new HttpProblem(422, 'freeze-first', { values: { lot } });
  const opened = purchase.openings.some((one) => one.part === 'price' && one.round === purchase.round && one.done);
  if (purchase.plan?.priceApart && !opened) throw new HttpProblem(422, 'price-sealed');
  const input = withAmounts(purchase, frozen.input);
  const offers = countingOffers(purchase, lot);
  const names = await namesOf(
    trx,
    offers.map(({ supplier }) => supplier),
  );
  const excluded = new Set(input.offers.filter((one) => one.excluded).map(({ id }) => id));
  return {
    result: score(input),
    sensitivity: sensitivity(input)?.weights ?? [],
    lowPrices: lowPrices(
      offers.flatMap(({ id, price }) => (price === null || excluded.has(id) ? [] : [{ offer: id, price }])),
    ),
    names: Object.fromEntries(offers.map(({ id, supplier }) => [id, names[supplier] ?? ''])),
  };
}

/** @throws HttpProblem where somebody must not come near the offers of a lot, or there is no such lot */
export function checkNear(purchase: Purchase, { id, roles }: Actor, lot: string): void {
  if (!openLots(purchase).some((one) => one.id === lot)) throw new HttpProblem(404, 'not-found');
  const fault = mayTouchOffers(purchase, id, lot);
  if (roles.includes('auditor') ? isBarred(purchase, id, lot) : fault)
    throw fault ? refused(fault) : new HttpProblem(403, 'conflict-declared');
}
