import type { Formula } from './input.ts';
import { clamp, ONE, type Ratio, ratio, ZERO } from './ratio.ts';

/** What an offer's amount is measured against. */
export interface Field {
  lowest: bigint;
  median: Ratio;
}

/** Of the amounts of the offers that are ranked; null where none names one. */
export function fieldOf(amounts: readonly number[]): Field | null {
  const sorted = amounts.map(BigInt).sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  const half = Math.floor(sorted.length / 2);
  const [low, middle, below] = [sorted[0], sorted[half], sorted[half - 1]];
  if (low === undefined || middle === undefined) return null;
  const even = sorted.length % 2 === 0 && below !== undefined;
  return { lowest: low, median: even ? ratio(below + middle, 2n) : ratio(middle, 1n) };
}

/** The share of a criterion's points, 0 to 1. An amount of zero that others are measured against gives all to zero and none to the rest. */
export function shareOf(formula: Formula, amount: number, { lowest, median }: Field): Ratio {
  const x = BigInt(amount);
  switch (formula.kind) {
    case 'lowest-ratio':
      return x <= lowest ? ONE : clamp(ratio(lowest, x));
    case 'points-minus':
      if (lowest === 0n) return x === 0n ? ONE : ZERO;
      return clamp(ratio(2n * lowest - x, lowest));
    case 'median':
      if (median.n === 0n) return x === 0n ? ratio(1n, 2n) : ZERO;
      // 1/2 - (x - median) / median
      return clamp(ratio(3n * median.n - 2n * x * median.d, 2n * median.n));
    case 'linear-to-cap': {
      const cap = BigInt(formula.cap);
      if (x <= lowest && x <= cap) return ONE;
      return x >= cap ? ZERO : clamp(ratio(cap - x, cap - lowest));
    }
    case 'fixed-line': {
      const [best, worst] = [BigInt(formula.best), BigInt(formula.worst)];
      return clamp(ratio(x - worst, best - worst));
    }
  }
}
