import { linesOfLot, notApplicableIn, type Purchase } from '@proviso/procurement';
import type { RankingView } from 'proviso-server/contract';
import type { Words } from '../i18n/index.ts';

/** What every part of a lot's award is drawn from. */
export interface AwardParts {
  /** The purchase. */
  id: string;
  lot: string;
  view: RankingView;
}

/** A criterion's name: those of the method have words, others are named by who planned them. */
export function criterionName({ plan }: Purchase, id: string, t: Words): string {
  const kind = plan?.criteria.find((one) => one.id === id)?.kind;
  return kind === 'requirements' || kind === 'price' ? t(`criterion-${kind}`) : id;
}

/** The requirements of a lot that a contract makes clauses of: all that are demanded and were not found not applicable. */
export function clausesOf(purchase: Purchase, lot: string): string[] {
  const out = new Set(notApplicableIn(purchase, lot).map(({ requirement }) => requirement));
  return linesOfLot(purchase, lot).flatMap(({ id }) => (out.has(id) ? [] : [id]));
}

/** Offers whose strikingly low price nobody has explained yet, and that still count: Directive 2014/24/EU, Article 69 asks first. */
export function unexplainedPrices({ evaluation }: Purchase, { lowPrices }: RankingView): string[] {
  const settled = new Set([
    ...evaluation.explanations.flatMap(({ offer, reply }) => (reply === null ? [] : [offer])),
    ...evaluation.exclusions.map(({ offer }) => offer),
  ]);
  return [...new Set(lowPrices.map(({ offer }) => offer))].filter((offer) => !settled.has(offer));
}
