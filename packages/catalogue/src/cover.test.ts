import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CoverProblem, cheapestCover } from './cover.ts';

const cost = (problem: CoverProblem, chosen: readonly number[]): number =>
  chosen.reduce((sum, one) => sum + (problem.costs[one] ?? 0), 0);
const answers = (problem: CoverProblem, chosen: readonly number[]): boolean =>
  problem.needs.every((list) => list.length === 0 || list.some((one) => chosen.includes(one)));

/** Every subset, the plain way. */
function cheapestByHand(problem: CoverProblem): number {
  let best = Number.POSITIVE_INFINITY;
  for (let mask = 0; mask < 1 << problem.costs.length; mask++) {
    const chosen = problem.costs.map((_, i) => i).filter((i) => mask & (1 << i) || problem.forced.includes(i));
    if (answers(problem, chosen)) best = Math.min(best, cost(problem, chosen));
  }
  return best;
}

const problem: fc.Arbitrary<CoverProblem> = fc.integer({ min: 1, max: 9 }).chain((n) =>
  fc.record({
    costs: fc.array(fc.integer({ min: 1, max: 3 }), { minLength: n, maxLength: n }),
    needs: fc.array(fc.uniqueArray(fc.nat({ max: n - 1 }), { maxLength: 4 }), { maxLength: 12 }),
    forced: fc.uniqueArray(fc.nat({ max: n - 1 }), { maxLength: 2 }),
  }),
);

describe('cheapestCover', () => {
  it('is as cheap as the best of all subsets, and answers every need', () => {
    fc.assert(
      fc.property(problem, (one) => {
        const { chosen, proven } = cheapestCover(one);
        expect(proven).toBe(true);
        expect(answers(one, chosen)).toBe(true);
        expect(cost(one, chosen)).toBe(cheapestByHand(one));
        for (const forced of one.forced) expect(chosen).toContain(forced);
      }),
      { numRuns: 500 },
    );
  });

  it('does not depend on the order of the needs', () => {
    fc.assert(
      fc.property(problem, (one) => {
        expect(cheapestCover({ ...one, needs: [...one.needs].reverse() })).toEqual(cheapestCover(one));
      }),
    );
  });

  it('prefers one that answers two needs to two that answer one each', () => {
    expect(
      cheapestCover({
        costs: [1, 1, 1],
        needs: [
          [0, 2],
          [1, 2],
        ],
        forced: [],
      }).chosen,
    ).toEqual([2]);
    expect(
      cheapestCover({
        costs: [1, 1, 3],
        needs: [
          [0, 2],
          [1, 2],
        ],
        forced: [],
      }).chosen,
    ).toEqual([0, 1]);
  });
});
