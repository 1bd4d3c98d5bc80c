import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { inputFrom } from '../../testing/inputs.ts';
import type { ScoringInput } from './input.ts';
import { modelOf, totalOf } from './model.ts';
import { compare, type Ratio, ratio, subtract, ZERO } from './ratio.ts';
import { sensitivity, type WeightSensitivity } from './sensitivity.ts';

const parse = (text: string): Ratio => {
  const [n = '0', d = '1'] = text.split('/');
  return ratio(BigInt(n), BigInt(d));
};

/** Exact totals with one weight set to a fraction: all weights of its kind are taken times the denominator. */
function totalsWith(input: ScoringInput, { kind, id }: WeightSensitivity, weight: Ratio): Map<string, Ratio> {
  const model = modelOf(input);
  if (kind === 'criterion') {
    model.criteria = model.criteria.map((one) => ({
      ...one,
      weight: one.id === id ? Number(weight.n) : one.weight * Number(weight.d),
    }));
    model.criteriaSum = model.criteria.reduce((sum, one) => sum + BigInt(one.weight), 0n);
  } else {
    model.requirements = model.requirements.map((one) => ({
      ...one,
      weight: one.id === id ? weight.n : one.weight * weight.d,
    }));
    model.sum = model.requirements.reduce((sum, one) => sum + one.weight, 0n);
    const at = model.criteria.findIndex((one) => one.kind === 'requirements');
    for (const offer of model.offers)
      offer.shares[at] = ratio(
        model.requirements.reduce((sum, one, j) => sum + one.weight * (offer.sixths[j] ?? 0n), 0n),
        6n * model.sum,
      );
  }
  return new Map(
    model.offers.filter(({ standing }) => standing === 'ranked').map((one) => [one.id, totalOf(model, one) ?? ZERO]),
  );
}

const TINY = ratio(1n, 1_000_000_000_000n);
const aheadOf = (totals: Map<string, Ratio>, winner: string): string[] =>
  [...totals].filter(([, total]) => compare(total, totals.get(winner) ?? ZERO) > 0).map(([id]) => id);

describe('sensitivity', () => {
  test('two offers, worked by hand', () => {
    const input: ScoringInput = {
      version: 'scoring/1',
      requirements: [
        { id: 'AAA-01', weight: 600, level: 1, knockout: false },
        { id: 'AAA-02', weight: 400, level: 1, knockout: false },
      ],
      notApplicable: [],
      criteria: [{ id: 'security', kind: 'requirements', weight: 1 }],
      tieBreak: [],
      offers: [
        { id: 'a', excluded: false, scores: [1, 0], amounts: [null] },
        { id: 'b', excluded: false, scores: [0, 1], amounts: [null] },
      ],
    };
    expect(sensitivity(input)).toEqual({
      winner: 'a',
      weights: [
        { kind: 'criterion', id: 'security', weight: 1, up: null, down: null },
        {
          kind: 'requirement',
          id: 'AAA-01',
          weight: 600,
          up: null,
          down: { exact: '400/1', at: '400.00', offers: ['b'] },
        },
        {
          kind: 'requirement',
          id: 'AAA-02',
          weight: 400,
          up: { exact: '600/1', at: '600.00', offers: ['b'] },
          down: null,
        },
      ],
    });
  });

  test('a weight of nothing that would turn a tie the other way', () => {
    const input: ScoringInput = {
      version: 'scoring/1',
      requirements: [
        { id: 'AAA-01', weight: 0, level: 1, knockout: false },
        { id: 'AAA-02', weight: 1, level: 1, knockout: false },
      ],
      notApplicable: [],
      criteria: [
        { id: 'security', kind: 'requirements', weight: 10 },
        { id: 'price', kind: 'price', weight: 10, formula: { kind: 'points-minus' } },
      ],
      tieBreak: ['security'],
      offers: [
        { id: 'good', excluded: false, scores: [0, 1], amounts: [null, 500] },
        { id: 'cheap', excluded: false, scores: [0, 0], amounts: [null, 0] },
      ],
    };
    // Both have 50 points, and `good` comes first; with the least weight on what neither meets, `cheap` is ahead.
    const found = sensitivity(input)?.weights.find(({ id }) => id === 'AAA-01');
    expect(found).toMatchObject({ up: { exact: '0/1', offers: ['cheap'] }, down: null });
  });

  test('no single winner, no answer', () => {
    const input: ScoringInput = {
      version: 'scoring/1',
      requirements: [{ id: 'AAA-01', weight: 1, level: 1, knockout: false }],
      notApplicable: [],
      criteria: [{ id: 'security', kind: 'requirements', weight: 1 }],
      tieBreak: ['draw'],
      offers: ['a', 'b'].map((id) => ({ id, excluded: false, scores: [1], amounts: [null] })),
    };
    expect(sensitivity(input)).toBeNull();
    expect(sensitivity({ ...input, offers: [] })).toBeNull();
  });

  test('just before the flip the winner is still ahead, just after it another is, and nowhere else', () => {
    let flips = 0;
    fc.assert(
      fc.property(
        fc.array(fc.nat(100_000), { minLength: 60, maxLength: 60 }).map((one) => inputFrom(one, false)),
        (input) => {
          const found = sensitivity(input);
          fc.pre(found !== null);
          const { winner, weights } = found as NonNullable<typeof found>;
          for (const one of weights) {
            for (const [flip, step] of [
              [one.up, TINY],
              [one.down, { n: -TINY.n, d: TINY.d }],
            ] as const) {
              const far = one.kind === 'criterion' ? 100_000 : 10_000_000;
              if (flip === null) {
                const end = step.n > 0n ? ratio(BigInt(far), 1n) : TINY;
                if (one.kind === 'requirement' || step.n > 0n)
                  expect(aheadOf(totalsWith(input, one, end), winner)).toEqual([]);
                continue;
              }
              const at = parse(flip.exact);
              // A criterion's weight is a plain number here, too small for the tiny step.
              const small = one.kind === 'criterion' ? ratio(step.n > 0n ? 1n : -1n, 10_000n) : step;
              const beyond = ratio(at.n * small.d + small.n * at.d, at.d * small.d);
              if (beyond.n <= 0n || beyond.n > 9_000_000_000_000n * (one.kind === 'criterion' ? 1n : 10n ** 30n))
                continue;
              flips++;
              const before = subtract(at, small);
              expect(aheadOf(totalsWith(input, one, at), winner)).toEqual([]);
              const between =
                step.n > 0n
                  ? compare(before, ratio(BigInt(one.weight), 1n)) >= 0
                  : compare(before, ratio(BigInt(one.weight), 1n)) <= 0;
              if (between) expect(aheadOf(totalsWith(input, one, before), winner)).toEqual([]);
              const after = totalsWith(input, one, beyond);
              const ahead = aheadOf(after, winner);
              for (const id of flip.offers) expect(ahead).toContain(id);
            }
          }
        },
      ),
      { numRuns: 200 },
    );
    expect(flips).toBeGreaterThan(100);
  });
});
