/** Where evaluators saw an offer so differently that they should talk before they agree. */
export interface EvaluatorScore {
  offer: string;
  requirement: string;
  evaluator: string;
  value: number;
}

/** Steps of the scale of 0 to 3 between the lowest and highest score from which a difference is shown: our choice, two of three. */
export const WIDE_SPREAD = 2;

export interface Spread {
  offer: string;
  requirement: string;
  lowest: number;
  highest: number;
  wide: boolean;
}

/** Every pair of offer and requirement on which scores differ, the widest first. */
export function spreads(scores: readonly EvaluatorScore[]): Spread[] {
  const cells = new Map<string, Spread>();
  for (const { offer, requirement, value } of scores) {
    const key = JSON.stringify([offer, requirement]);
    const cell = cells.get(key) ?? { offer, requirement, lowest: value, highest: value, wide: false };
    cell.lowest = Math.min(cell.lowest, value);
    cell.highest = Math.max(cell.highest, value);
    cell.wide = cell.highest - cell.lowest >= WIDE_SPREAD;
    cells.set(key, cell);
  }
  return [...cells.values()]
    .filter(({ lowest, highest }) => highest > lowest)
    .sort((a, b) => b.highest - b.lowest - (a.highest - a.lowest));
}

/** Mean distance of an evaluator from the others on one offer, in steps; half a step and more over a whole offer is shown as `leaning`. */
export interface Leaning {
  offer: string;
  evaluator: string;
  /** Above zero: scored this offer higher than the others did. */
  distance: number;
  leaning: boolean;
}

const LEANING = 0.5;

/** Whether somebody scores one offer all through higher or lower than the others do. */
export function leanings(scores: readonly EvaluatorScore[]): Leaning[] {
  const cells = new Map<string, EvaluatorScore[]>();
  for (const one of scores) {
    const key = JSON.stringify([one.offer, one.requirement]);
    cells.set(key, [...(cells.get(key) ?? []), one]);
  }
  const sums = new Map<string, { offer: string; evaluator: string; sum: number; count: number }>();
  for (const cell of cells.values()) {
    const total = cell.reduce((sum, { value }) => sum + value, 0);
    if (cell.length < 2) continue;
    for (const { offer, evaluator, value } of cell) {
      const key = JSON.stringify([offer, evaluator]);
      const kept = sums.get(key) ?? { offer, evaluator, sum: 0, count: 0 };
      kept.sum += value - (total - value) / (cell.length - 1);
      kept.count++;
      sums.set(key, kept);
    }
  }
  return [...sums.values()].map(({ offer, evaluator, sum, count }) => ({
    offer,
    evaluator,
    distance: sum / count,
    leaning: Math.abs(sum / count) >= LEANING,
  }));
}
