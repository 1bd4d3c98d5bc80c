import { type Cell, cellsOf, type Purchase } from '@proviso/procurement';
import type { EvaluationView } from 'proviso-server/contract';

/** One requirement of one offer: a cell of the comparison. */
export const cellKey = ({ offer, requirement }: { offer: string; requirement: string }): string =>
  `${offer} ${requirement}`;

/** The cells of a lot as procurement counts them, from the scores that this person may see; all offers of one requirement together. */
export function cellsOfLot(
  purchase: Purchase,
  lot: string,
  { mine, others, consensus, lines }: Pick<EvaluationView, 'mine' | 'others' | 'consensus' | 'lines'>,
): Cell[] {
  const place = new Map(lines.map(({ id }, i) => [id, i]));
  const cells = cellsOf(purchase, lot, [...mine, ...others], consensus);
  return cells.sort((a, b) => (place.get(a.requirement) ?? 0) - (place.get(b.requirement) ?? 0));
}

/** What one evaluator has to score, and what of it is left. */
export function workOf(cells: readonly Cell[], person: string): { total: number; left: Cell[] } {
  const own = cells.filter(({ unfavourable }) => !unfavourable);
  return { total: own.length, left: own.filter(({ scores }) => scores.every(({ evaluator }) => evaluator !== person)) };
}

/** Steps between the highest and the lowest score of a cell. */
export function spreadOf({ scores }: Cell): number {
  const values = scores.map(({ value }) => value);
  return values.length === 0 ? 0 : Math.max(...values) - Math.min(...values);
}

/** Cells that several people scored: what is not agreed first, the widest differences before the others. */
export function toAgree(cells: readonly Cell[]): Cell[] {
  return cells
    .filter(({ unfavourable, scores }) => !unfavourable && scores.length >= 2)
    .sort((a, b) => Number(a.value !== null) - Number(b.value !== null) || spreadOf(b) - spreadOf(a));
}
