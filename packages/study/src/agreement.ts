/**
 * How well coders agree. All figures are 1 for full agreement and 0 for what chance gives; null where a figure is undefined: nothing was
 * coded twice, or every code is the same, so that chance alone would agree.
 */

/** Two codes of one thing, by two coders. */
export type CodePair = readonly [string, string];

/** Share of pairs with equal codes. */
export function percentAgreement(pairs: readonly CodePair[]): number | null {
  if (pairs.length === 0) return null;
  return pairs.filter(([a, b]) => a === b).length / pairs.length;
}

/** Cohen's kappa for two coders (Cohen 1960, Educational and Psychological Measurement 20:37-46). */
export function cohensKappa(pairs: readonly CodePair[]): number | null {
  return weighted(pairs, (a, b) => (a === b ? 0 : 1));
}

/**
 * Weighted kappa (Cohen 1968, Psychological Bulletin 70:213-220): a disagreement weighs as many steps (`linear`), or their square, as it
 * spans on `scale`, weakest value first.
 * @throws RangeError when a code is not on the scale.
 */
export function weightedKappa(
  pairs: readonly CodePair[],
  scale: readonly string[],
  weights: 'linear' | 'quadratic' = 'linear',
): number | null {
  const rank = rankOn(scale);
  return weighted(pairs, (a, b) => {
    const steps = Math.abs(rank(a) - rank(b));
    return weights === 'linear' ? steps : steps * steps;
  });
}

function weighted(pairs: readonly CodePair[], weight: (a: string, b: string) => number): number | null {
  const n = pairs.length;
  const first = tally(pairs.map(([a]) => a));
  const second = tally(pairs.map(([, b]) => b));
  let expected = 0;
  for (const [a, countA] of first) for (const [b, countB] of second) expected += weight(a, b) * countA * countB;
  if (n === 0 || expected === 0) return null;
  const observed = pairs.reduce((sum, [a, b]) => sum + weight(a, b), 0);
  return 1 - (observed * n) / expected;
}

/**
 * Krippendorff's alpha for any number of coders, with gaps (Krippendorff 2011, Computing Krippendorff's Alpha-Reliability).
 * @param units one entry a thing coded: the code of each coder, null where a coder gave none. Things with fewer than two codes say nothing.
 * @param scale for ordinal alpha the values, weakest first; without it alpha is nominal.
 * @throws RangeError when a code is not on the scale.
 */
export function krippendorffAlpha(
  units: readonly (readonly (string | null)[])[],
  scale?: readonly string[],
): number | null {
  const coded = units
    .map((unit) => unit.filter((code): code is string => code !== null))
    .filter((codes) => codes.length >= 2);
  const totals = tally(coded.flat());
  const difference = scale ? ordinalDifference(totals, scale) : (a: string, b: string) => (a === b ? 0 : 1);

  let observed = 0;
  for (const codes of coded) {
    let within = 0;
    for (const a of codes) for (const b of codes) within += difference(a, b);
    observed += within / (codes.length - 1);
  }
  let expected = 0;
  let n = 0;
  for (const [a, countA] of totals) {
    n += countA;
    for (const [b, countB] of totals) expected += countA * countB * difference(a, b);
  }
  return expected === 0 ? null : 1 - ((n - 1) * observed) / expected;
}

/** Squared number of codes between two values, half of each end counted, as ordinal alpha has it. */
function ordinalDifference(
  totals: ReadonlyMap<string, number>,
  scale: readonly string[],
): (a: string, b: string) => number {
  const rank = rankOn(scale);
  const counts = scale.map((value) => totals.get(value) ?? 0);
  return (a, b) => {
    const low = Math.min(rank(a), rank(b));
    const high = Math.max(rank(a), rank(b));
    if (low === high) return 0;
    const between = counts.slice(low, high + 1).reduce((sum, count) => sum + count, 0);
    return (between - ((counts[low] ?? 0) + (counts[high] ?? 0)) / 2) ** 2;
  };
}

function rankOn(scale: readonly string[]): (code: string) => number {
  const ranks = new Map(scale.map((value, index) => [value, index]));
  return (code) => {
    const rank = ranks.get(code);
    if (rank === undefined) throw new RangeError(`"${code}" is not on the scale ${scale.join(', ')}`);
    return rank;
  };
}

function tally(codes: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const code of codes) counts.set(code, (counts.get(code) ?? 0) + 1);
  return counts;
}
