import type { ScoringInput } from './input.ts';
import { comparison, type Model, type ModelOffer, modelOf, SIXTHS, totalOf } from './model.ts';
import { floor, multiply, printed, type Ratio, ratio, ratioText, unitsOf, ZERO } from './ratio.ts';

/** One part of a total. `points` of all parts add up to what they are parts of, digit for digit. */
export interface Part {
  id: string;
  points: string;
  /** The most it can give. */
  of: string;
}
export interface CriterionPart extends Part {
  /** Of the requirements, each with its own points. */
  lines: Part[];
}

export interface OfferResult {
  id: string;
  standing: ModelOffer['standing'];
  missed: string[];
  /** Equal offers share a rank, and the next one skips as many: 1, 1, 3. Null where not ranked. */
  rank: number | null;
  total: string | null;
  /** The total as a fraction, `n/d`. */
  exact: string | null;
  parts: CriterionPart[];
}

export interface ScoringResult {
  version: 'scoring/1';
  /** Digits after the point: two, or as many as it takes to print different totals differently. */
  digits: number;
  /** Ranked first, best first; equal ones by id, so that the order handed in never shows. */
  offers: OfferResult[];
}

/**
 * `score = 100 × Σw·s ÷ Σw`, exactly. A requirement gives min(1, score ÷ demanded), as the evaluation matrix does. Totals are rounded half
 * up; what rounding leaves over inside a total goes to the parts with the largest remainders, the earlier one first: first among the
 * criteria, then among the requirements. The most a part can give is rounded on its own.
 */
export function score(input: ScoringInput): ScoringResult {
  const model = modelOf(input);
  const better = comparison(model, input);
  const ranked = model.offers.filter(({ standing }) => standing === 'ranked');
  const totals = new Map(model.offers.map((one) => [one.id, totalOf(model, one)]));
  const digits = digitsFor(ranked.map(({ id }) => totals.get(id) ?? ZERO));
  const most = mostOf(model, digits);
  const offers = model.offers.map((offer): OfferResult => {
    const total = totals.get(offer.id) ?? null;
    const { id, standing, missed } = offer;
    if (standing !== 'ranked' || total === null)
      return { id, standing, missed, rank: null, total: null, exact: null, parts: [] };
    const rank = 1 + ranked.filter((other) => better(other, offer) < 0).length;
    const units = unitsOf(total, digits);
    return {
      id,
      standing,
      missed,
      rank,
      total: printed(units, digits),
      exact: ratioText(total),
      parts: partsOf(model, offer, units, digits, most),
    };
  });
  const last = model.offers.length + 1;
  offers.sort((a, b) => (a.rank ?? last) - (b.rank ?? last) || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
  return { version: 'scoring/1', digits, offers };
}

function digitsFor(totals: readonly Ratio[]): number {
  const different = new Set(totals.map(ratioText)).size;
  let digits = 2;
  while (new Set(totals.map((one) => unitsOf(one, digits))).size < different) digits++;
  return digits;
}

function partsOf(
  model: Model,
  offer: ModelOffer,
  total: bigint,
  digits: number,
  most: ReturnType<typeof mostOf>,
): CriterionPart[] {
  const scale = 10n ** BigInt(digits);
  const exact = model.criteria.map(({ weight }, i) =>
    multiply(ratio(100n * BigInt(weight), model.criteriaSum), offer.shares[i] ?? ZERO),
  );
  const units = apportion(
    exact.map(({ n, d }) => ({ n: n * scale, d })),
    total,
  );
  return model.criteria.map(({ id, kind, weight }, i) => {
    const own = units[i] ?? 0n;
    const points = printed(own, digits);
    const of = most.criteria[i] ?? '';
    if (kind !== 'requirements') return { id, points, of, lines: [] };
    const d = model.criteriaSum * SIXTHS * model.sum;
    const share = 100n * BigInt(weight) * scale;
    const lines = apportion(
      model.requirements.map((one, j) => ({ n: share * one.weight * (offer.sixths[j] ?? 0n), d })),
      own,
    );
    return {
      id,
      points,
      of,
      lines: model.requirements.map((one, j) => ({
        id: one.id,
        points: printed(lines[j] ?? 0n, digits),
        of: most.requirements[j] ?? '',
      })),
    };
  });
}

/** The most that each part can give, printed; the same for every offer. */
function mostOf(model: Model, digits: number): { criteria: string[]; requirements: string[] } {
  const print = (n: bigint, d: bigint): string => printed(unitsOf({ n, d }, digits), digits);
  const quality = BigInt(model.criteria.find(({ kind }) => kind === 'requirements')?.weight ?? 0);
  return {
    criteria: model.criteria.map(({ weight }) => print(100n * BigInt(weight), model.criteriaSum)),
    requirements:
      quality === 0n
        ? []
        : model.requirements.map(({ weight }) => print(100n * quality * weight, model.criteriaSum * model.sum)),
  };
}

/** Whole numbers next to `parts` that add up to `total`, which is the sum of the parts rounded down or up. */
function apportion(parts: readonly Ratio[], total: bigint): bigint[] {
  const units = parts.map(floor);
  let left = total - units.reduce((sum, one) => sum + one, 0n);
  const order = parts
    .map(({ n, d }, i) => ({ n: n - d * (units[i] ?? 0n), d, i }))
    .filter(({ n }) => n > 0n)
    .sort((a, b) => {
      const by = b.n * a.d - a.n * b.d;
      return by < 0n ? -1 : by > 0n ? 1 : a.i - b.i;
    });
  for (const { i } of order) {
    if (left <= 0n) break;
    units[i] = (units[i] ?? 0n) + 1n;
    left--;
  }
  return units;
}
