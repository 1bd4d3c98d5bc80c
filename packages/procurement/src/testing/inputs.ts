import type { Criterion, Formula, ScoringInput } from '../scoring/v1/input.ts';

/**
 * Any input that a purchase can come to, from whole numbers that a property test draws: what a number decides depends on its place.
 * `knockouts` false keeps every offer in.
 */
export function inputFrom(draws: readonly number[], knockouts = true): ScoringInput {
  let at = 0;
  const next = (most: number): number => (draws[at++ % draws.length] ?? 0) % (most + 1);
  const requirements = Array.from({ length: 1 + next(5) }, (_, i) => ({
    id: `AAA-${String(i + 1).padStart(2, '0')}`,
    weight: next(1000),
    level: 1 + next(2),
    knockout: next(5) === 0 && knockouts,
  }));
  const notApplicable = requirements.filter(() => next(5) === 0).map(({ id }) => id);
  const criteria: Criterion[] = [{ id: 'security', kind: 'requirements', weight: 1 + next(99) }];
  const priced = next(3) > 0;
  if (priced) criteria.push({ id: 'price', kind: 'price', weight: 1 + next(99), formula: formulaFrom(next) });
  const tieBreak = ['security', 'price', 'draw'].filter((one) => next(1) === 0 && (one !== 'price' || priced));
  return {
    version: 'scoring/1',
    requirements,
    notApplicable,
    criteria,
    tieBreak,
    offers: Array.from({ length: 1 + next(4) }, (_, o) => ({
      id: `o${o}`,
      excluded: false,
      scores: requirements.map(() => [0, 1, 2, 3, null][next(4)] ?? null),
      amounts: priced ? [null, next(9) === 0 ? null : next(2000)] : [null],
    })),
  };
}

function formulaFrom(next: (most: number) => number): Formula {
  switch (next(4)) {
    case 0:
      return { kind: 'lowest-ratio' };
    case 1:
      return { kind: 'points-minus' };
    case 2:
      return { kind: 'median' };
    case 3:
      return { kind: 'linear-to-cap', cap: 1 + next(3000) };
    default: {
      const best = next(2000);
      return { kind: 'fixed-line', best, worst: best + 1 + next(2000) };
    }
  }
}
