import { type Field, fieldOf, shareOf } from './formulas.ts';
import type { Criterion, ScoringInput } from './input.ts';
import { compare, type Ratio, ratio, ZERO } from './ratio.ts';

/** Sixths hold every share of a requirement: a score of 0 to 3 against a demanded 1, 2 or 3. */
export const SIXTHS = 6n;

export interface ModelOffer {
  id: string;
  standing: 'ranked' | 'knocked-out' | 'excluded';
  /** Knock-outs below their demanded level. */
  missed: string[];
  /** For each requirement that counts: min(1, score ÷ demanded), in sixths. */
  sixths: bigint[];
  /** Share of each criterion's points, 0 to 1, in the order of `criteria`. */
  shares: Ratio[];
}

export interface Model {
  requirements: { id: string; weight: bigint }[];
  /** Σw of the requirements that count. */
  sum: bigint;
  /** Those that tell anything: without a requirement that counts, the requirements are out for every offer alike. */
  criteria: (Criterion & { at: number })[];
  criteriaSum: bigint;
  offers: ModelOffer[];
}

/**
 * The input as whole numbers. Offers that miss a knock-out or were refused set no lowest price and no median.
 * @throws RangeError where scores or amounts do not match the requirements and criteria.
 */
export function modelOf(input: ScoringInput): Model {
  for (const { id, scores, amounts } of input.offers)
    if (scores.length !== input.requirements.length || amounts.length !== input.criteria.length)
      throw new RangeError(`Offer ${id} has ${scores.length} scores and ${amounts.length} amounts.`);
  const out = new Set(input.notApplicable);
  const counting = input.requirements.map((one, at) => ({ ...one, at })).filter(({ id }) => !out.has(id));
  const sum = counting.reduce((total, { weight }) => total + BigInt(weight), 0n);
  const criteria = input.criteria
    .map((one, at) => ({ ...one, at }))
    .filter(({ kind }) => kind !== 'requirements' || sum > 0n);
  const standings = input.offers.map((offer) => {
    const missed = counting.filter(({ knockout, level, at }) => knockout && (offer.scores[at] ?? 0) < level);
    return { offer, missed: missed.map(({ id }) => id) };
  });
  const ranked = standings.filter(({ offer, missed }) => !offer.excluded && missed.length === 0);
  const fields = criteria.map(({ at }): Field | null =>
    fieldOf(ranked.map(({ offer }) => offer.amounts[at] ?? null).filter((one) => one !== null)),
  );
  return {
    requirements: counting.map(({ id, weight }) => ({ id, weight: BigInt(weight) })),
    sum,
    criteria,
    criteriaSum: criteria.reduce((total, { weight }) => total + BigInt(weight), 0n),
    offers: standings.map(({ offer, missed }) => {
      const sixths = counting.map(({ level, at }) => BigInt((Math.min(offer.scores[at] ?? 0, level) * 6) / level));
      return {
        id: offer.id,
        standing: offer.excluded ? 'excluded' : missed.length > 0 ? 'knocked-out' : 'ranked',
        missed,
        sixths,
        shares: criteria.map((one, i) => {
          if (one.kind === 'requirements')
            return ratio(
              counting.reduce((total, { weight }, j) => total + BigInt(weight) * (sixths[j] ?? 0n), 0n),
              SIXTHS * sum,
            );
          const [value, field] = [offer.amounts[one.at] ?? null, fields[i] ?? null];
          return value === null || field === null ? ZERO : shareOf(one.formula, value, field);
        }),
      };
    }),
  };
}

/** 100 × Σ(weight × share) ÷ Σ weight over the criteria; null where nothing can be scored, which is not the same as 0. */
export function totalOf({ criteria, criteriaSum }: Model, { shares }: ModelOffer): Ratio | null {
  if (criteriaSum === 0n) return null;
  let [n, d] = [0n, 1n];
  criteria.forEach(({ weight }, i) => {
    const share = shares[i] ?? ZERO;
    [n, d] = [n * share.d + BigInt(weight) * share.n * d, d * share.d];
  });
  return ratio(100n * n, d * criteriaSum);
}

/** Better first: by total, then by what was stated before publication. Zero where people must draw, or nothing was stated. */
export function comparison(model: Model, input: ScoringInput): (a: ModelOffer, b: ModelOffer) => number {
  const totals = new Map(model.offers.map((one) => [one, totalOf(model, one) ?? ZERO]));
  return (a, b) => {
    const by = compare(totals.get(b) ?? ZERO, totals.get(a) ?? ZERO);
    if (by !== 0) return by;
    for (const rule of input.tieBreak) {
      const at = model.criteria.findIndex(({ id }) => id === rule);
      const order = at < 0 ? 0 : compare(b.shares[at] ?? ZERO, a.shares[at] ?? ZERO);
      if (order !== 0) return order;
    }
    return 0;
  };
}
