import type { ScoringInput } from './input.ts';
import { comparison, type Model, type ModelOffer, modelOf, SIXTHS } from './model.ts';
import { add, multiply, printed, type Ratio, ratio, ratioText, subtract, unitsOf, ZERO } from './ratio.ts';

/** Where a weight would have to go for another offer to win. Exactly at `at` the two are level; beyond it the other has more points. */
export interface Flip {
  /** The weight, in the unit it was given in, as a fraction `n/d` and as printed with two digits. */
  exact: string;
  at: string;
  /** Who wins then; several where they pass the winner together and at the same rate. */
  offers: string[];
}

export interface WeightSensitivity {
  kind: 'requirement' | 'criterion';
  id: string;
  weight: number;
  up: Flip | null;
  down: Flip | null;
}

/**
 * For each weight, with all others left as they are: how far up, and how far down but above zero, may it go before the winner changes?
 * In closed form: between two offers the sign of the difference is that of A + B·δ, which changes once, at δ = -A ÷ B. Null where no single
 * offer comes first. Scores, prices and knock-outs do not depend on weights and stay.
 */
export function sensitivity(input: ScoringInput): { winner: string; weights: WeightSensitivity[] } | null {
  const model = modelOf(input);
  const ranked = model.offers.filter(({ standing }) => standing === 'ranked').sort(comparison(model, input));
  const [winner, second] = ranked;
  if (!winner || model.criteriaSum === 0n || (second && comparison(model, input)(winner, second) === 0)) return null;
  const rivals = ranked.slice(1).map((offer) => ({ offer, ...gapOf(model, winner, offer) }));
  const quality = model.criteria.findIndex(({ kind }) => kind === 'requirements');
  const qualityWeight = BigInt(model.criteria[quality]?.weight ?? 0);
  const ofRequirements = model.requirements.map(({ id, weight }, j): WeightSensitivity => {
    const lines = rivals.map(({ offer, sixths, rest }): Line => {
      const step = (winner.sixths[j] ?? 0n) - (offer.sixths[j] ?? 0n);
      // Wq·(Σw·Δs + δ·Δs_j) ÷ (6·(Σw + δ)) + rest, times the denominator, which stays above zero.
      return {
        id: offer.id,
        a: qualityWeight * sixths * rest.d + SIXTHS * model.sum * rest.n,
        b: qualityWeight * step * rest.d + SIXTHS * rest.n,
        d: rest.d,
      };
    });
    return { kind: 'requirement', id, weight: Number(weight), ...flips(weight, lines) };
  });
  const ofCriteria = model.criteria.map(({ id, weight }, i): WeightSensitivity => {
    const lines = rivals.map(({ offer, whole, shares }): Line => {
      const share = shares[i] ?? ZERO;
      return { id: offer.id, a: whole.n * share.d, b: share.n * whole.d, d: whole.d * share.d };
    });
    return { kind: 'criterion', id, weight, ...flips(BigInt(weight), lines) };
  });
  return { winner: winner.id, weights: [...ofCriteria, ...(quality < 0 ? [] : ofRequirements)] };
}

/** Differences between the winner and another offer that all weights share. */
function gapOf(model: Model, winner: ModelOffer, offer: ModelOffer) {
  const shares = model.criteria.map((_, i) => subtract(winner.shares[i] ?? ZERO, offer.shares[i] ?? ZERO));
  const weighed = model.criteria.map(({ weight }, i) => multiply(ratio(BigInt(weight), 1n), shares[i] ?? ZERO));
  const sum = (parts: readonly Ratio[]): Ratio => parts.reduce(add, ZERO);
  return {
    shares,
    whole: sum(weighed),
    /** What the criteria other than the requirements make. */
    rest: sum(weighed.filter((_, i) => model.criteria[i]?.kind !== 'requirements')),
    sixths: model.requirements.reduce(
      (total, { weight }, j) => total + weight * ((winner.sixths[j] ?? 0n) - (offer.sixths[j] ?? 0n)),
      0n,
    ),
  };
}

/** How far the winner is ahead: (a + b·δ) ÷ d. Not in lowest terms, since 150 weights of 12 offers are worked out. */
interface Line {
  id: string;
  a: bigint;
  b: bigint;
  d: bigint;
}

/** The first crossing in each direction. `a` is never below zero: the winner is ahead, or level and put first. */
function flips(weight: bigint, lines: readonly Line[]): { up: Flip | null; down: Flip | null } {
  const towards = (falling: readonly Line[], up: boolean): Flip | null => {
    const sooner = (x: Line, y: Line): bigint => x.a * size(y.b) - y.a * size(x.b) || size(y.b) * x.d - size(x.b) * y.d;
    const [one, ...others] = falling;
    if (!one) return null;
    // Of offers that come level at the same weight, the one that gains most beyond it wins.
    const first = others.reduce((best, line) => (sooner(line, best) < 0n ? line : best), one);
    const at = add(ratio(weight, 1n), ratio(-first.a, first.b));
    // A weight of 0 can still go up from there.
    if (at.n < 0n || (at.n === 0n && !up)) return null;
    const together = falling.filter((line) => sooner(line, first) === 0n).map(({ id }) => id);
    return { exact: ratioText(at), at: printed(unitsOf(at, 2), 2), offers: together.sort() };
  };
  const [falling, rising] = [lines.filter(({ b }) => b < 0n), lines.filter(({ b }) => b > 0n)];
  return { up: towards(falling, true), down: towards(rising, false) };
}

const size = (one: bigint): bigint => (one < 0n ? -one : one);
