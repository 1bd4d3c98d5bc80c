import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { inputFrom } from '../../testing/inputs.ts';
import type { ScoringInput } from './input.ts';
import { compare, ratio, unitsOf } from './ratio.ts';
import { score } from './score.ts';

const units = (text: string): bigint => BigInt(text.replace('.', ''));
const sum = (texts: readonly string[]): bigint => texts.reduce((total, one) => total + units(one), 0n);
const exact = (text: string | null) => {
  const [n = '0', d = '1'] = (text ?? '0/1').split('/');
  return ratio(BigInt(n), BigInt(d));
};

function simple(scores: (number | null)[][], change: Partial<ScoringInput> = {}): ScoringInput {
  return {
    version: 'scoring/1',
    requirements: [
      { id: 'AAA-01', weight: 500, level: 2, knockout: false },
      { id: 'AAA-02', weight: 300, level: 3, knockout: false },
      { id: 'AAA-03', weight: 200, level: 1, knockout: false },
    ],
    notApplicable: [],
    criteria: [{ id: 'security', kind: 'requirements', weight: 1 }],
    tieBreak: [],
    offers: scores.map((one, i) => ({ id: `o${i + 1}`, excluded: false, scores: one, amounts: [null] })),
    ...change,
  };
}

const draws = fc.array(fc.nat(100_000), { minLength: 60, maxLength: 60 });

describe('worked by hand', () => {
  const cases: [string, (number | null)[], string][] = [
    ['all at the demanded level', [2, 3, 1], '100.00'],
    ['more than demanded gives no more', [3, 3, 3], '100.00'],
    ['half of the first', [1, 3, 1], '75.00'],
    ['a third of the second', [2, 1, 1], '80.00'],
    ['unanswered counts as nothing', [2, null, 1], '70.00'],
    ['nothing', [0, 0, 0], '0.00'],
  ];
  test.each(cases)('%s', (_, scores, total) => {
    expect(score(simple([scores])).offers[0]?.total).toBe(total);
  });

  test('not applicable leaves both sums', () => {
    const { offers } = score(simple([[1, 0, 1]], { notApplicable: ['AAA-02'] }));
    // (500 × 1/2 + 200) ÷ 700
    expect(offers[0]?.exact).toBe('450/7');
    expect(offers[0]?.total).toBe('64.29');
    expect(offers[0]?.parts[0]?.lines.map(({ id, points }) => [id, points])).toEqual([
      ['AAA-01', '35.72'],
      ['AAA-03', '28.57'],
    ]);
  });

  test('nothing to score is no score, and not 0', () => {
    const [offer] = score(simple([[2, 3, 1]], { notApplicable: ['AAA-01', 'AAA-02', 'AAA-03'] })).offers;
    expect(offer).toMatchObject({ total: null, rank: null, standing: 'ranked' });
  });

  test('a missed knock-out takes an offer out of the ranking', () => {
    const input = simple([
      [1, 3, 1],
      [2, 0, 0],
    ]);
    (input.requirements[0] as { knockout: boolean }).knockout = true;
    expect(score(input).offers.map(({ id, standing, rank, missed }) => [id, standing, rank, missed])).toEqual([
      ['o2', 'ranked', 1, []],
      ['o1', 'knocked-out', null, ['AAA-01']],
    ]);
  });

  test('equal offers share a rank and the next one skips', () => {
    const rows = [
      [2, 3, 1],
      [2, 3, 1],
      [1, 3, 1],
    ];
    expect(score(simple(rows)).offers.map(({ rank }) => rank)).toEqual([1, 1, 3]);
  });

  test('a stated rule breaks a tie, a draw does not', () => {
    const criteria: ScoringInput['criteria'] = [
      { id: 'security', kind: 'requirements', weight: 1 },
      { id: 'price', kind: 'price', weight: 1, formula: { kind: 'fixed-line', best: 0, worst: 100 } },
    ];
    const rows = [
      [2, 3, 1],
      [1, 3, 1],
    ];
    const input = simple(rows, { criteria, tieBreak: ['security', 'draw'] });
    input.offers = input.offers.map((one, i) => ({ ...one, amounts: [null, i === 0 ? 25 : 0] }));
    expect(score(input).offers.map(({ id, rank, total }) => [id, rank, total])).toEqual([
      ['o1', 1, '87.50'],
      ['o2', 2, '87.50'],
    ]);
    expect(score({ ...input, tieBreak: ['draw'] }).offers.map(({ rank }) => rank)).toEqual([1, 1]);
  });

  test('totals that differ print differently', () => {
    const input = simple([
      [2, 3, 1],
      [2, 3, 1],
    ]);
    input.criteria = [
      { id: 'security', kind: 'requirements', weight: 1 },
      { id: 'price', kind: 'price', weight: 1, formula: { kind: 'fixed-line', best: 0, worst: 1_000_000 } },
    ];
    input.offers = input.offers.map((one, i) => ({ ...one, amounts: [null, i] }));
    const { digits, offers } = score(input);
    expect([digits, ...offers.map(({ total }) => total)]).toEqual([5, '100.00000', '99.99995']);
  });

  test('scores that do not match the requirements are refused', () => {
    expect(() => score(simple([[1, 2]]))).toThrow(RangeError);
  });
});

describe('for any input', () => {
  test('every breakdown adds up, digit for digit', () => {
    fc.assert(
      fc.property(
        draws.map((one) => inputFrom(one)),
        (input) => {
          const { offers, digits } = score(input);
          for (const { total, parts, exact: whole } of offers) {
            if (total === null) continue;
            expect(sum(parts.map(({ points }) => points))).toBe(units(total));
            expect(unitsOf(exact(whole), digits)).toBe(units(total));
            for (const { points, lines } of parts)
              if (lines.length > 0) expect(sum(lines.map((one) => one.points))).toBe(units(points));
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  test('the order in which offers come changes nothing', () => {
    fc.assert(
      fc.property(
        draws.map((one) => inputFrom(one)),
        fc.integer({ min: 0, max: 1000 }),
        (input, seed) => {
          const mixed = [...input.offers].sort(
            (a, b) => ((a.id.charCodeAt(1) * 7919 + seed) % 13) - ((b.id.charCodeAt(1) * 7919 + seed) % 13),
          );
          expect(score({ ...input, offers: mixed })).toEqual(score(input));
          expect(score({ ...input, offers: mixed.toReversed() })).toEqual(score(input));
        },
      ),
    );
  });

  test('a requirement that does not apply is out as if it had never been asked, for every offer alike', () => {
    fc.assert(
      fc.property(
        draws.map((one) => inputFrom(one)),
        (input) => {
          const keep = input.requirements.map(({ id }) => !input.notApplicable.includes(id));
          fc.pre(keep.includes(true));
          const without: ScoringInput = {
            ...input,
            requirements: input.requirements.filter((_, i) => keep[i]),
            notApplicable: [],
            offers: input.offers.map((one) => ({ ...one, scores: one.scores.filter((_, i) => keep[i]) })),
          };
          expect(score(without)).toEqual(score(input));
        },
      ),
    );
  });

  test('a higher score never lowers the total of its offer', () => {
    fc.assert(
      fc.property(
        draws.map((one) => inputFrom(one, false)),
        fc.nat(),
        fc.nat(),
        (input, o, r) => {
          const [at, cell] = [o % input.offers.length, r % input.requirements.length];
          const offer = input.offers[at];
          const old = offer?.scores[cell] ?? 0;
          fc.pre(offer !== undefined && old < 3);
          const raised = structuredClone(input);
          (raised.offers[at] as { scores: (number | null)[] }).scores[cell] = old + 1;
          const totalOf = (one: ScoringInput) =>
            exact(score(one).offers.find(({ id }) => id === offer?.id)?.exact ?? null);
          expect(compare(totalOf(raised), totalOf(input))).toBeGreaterThanOrEqual(0);
        },
      ),
    );
  });

  test('ranks are those of the totals', () => {
    fc.assert(
      fc.property(
        draws.map((one) => inputFrom(one)),
        (input) => {
          const ranked = score(input).offers.filter(({ rank }) => rank !== null);
          ranked.forEach((one, i) => {
            const next = ranked[i + 1];
            if (next) expect(compare(exact(one.exact), exact(next.exact))).toBeGreaterThanOrEqual(0);
            expect(one.rank).toBeLessThanOrEqual(i + 1);
          });
        },
      ),
    );
  });
});
