import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CodePair, cohensKappa, krippendorffAlpha, percentAgreement, weightedKappa } from './agreement.ts';

/** Pairs out of a table of counts: rows the first coder's values, columns the second's. */
function pairsOf(table: readonly (readonly number[])[]): CodePair[] {
  return table.flatMap((row, a) =>
    row.flatMap((count, b) => Array.from({ length: count }, (): CodePair => [String(a), String(b)])),
  );
}

/** Units out of one line a coder; a dot is no code. */
function unitsOf(...coders: string[]): (string | null)[][] {
  const rows = coders.map((line) => line.split(' ').map((code) => (code === '.' ? null : code)));
  return (rows[0] ?? []).map((_, unit) => rows.map((row) => row[unit] ?? null));
}

describe('cohensKappa', () => {
  it.each([
    // Fleiss, Levin and Paik, Statistical Methods for Rates and Proportions, 3rd ed., table 18.1: kappa 0.68.
    [
      'diagnoses by two raters',
      [
        [75, 1, 4],
        [5, 4, 1],
        [0, 0, 10],
      ],
      0.6765,
    ],
    // Hout, Duncan and Sobel 1987, as in Agresti, Categorical Data Analysis: kappa 0.129.
    [
      'ratings of wives and husbands',
      [
        [7, 7, 2, 3],
        [2, 8, 3, 7],
        [1, 5, 4, 9],
        [2, 8, 9, 14],
      ],
      0.1293,
    ],
  ])('gives the published figure for %s', (_, table, kappa) => {
    expect(cohensKappa(pairsOf(table))).toBeCloseTo(kappa, 4);
  });

  it('is null where nothing could differ', () => {
    expect(cohensKappa([])).toBeNull();
    expect(
      cohensKappa([
        ['a', 'a'],
        ['a', 'a'],
      ]),
    ).toBeNull();
  });
});

describe('weightedKappa', () => {
  const table = [
    [7, 7, 2, 3],
    [2, 8, 3, 7],
    [1, 5, 4, 9],
    [2, 8, 9, 14],
  ];
  it('gives the published linear figure for the ratings of wives and husbands (R package vcd, Kappa(SexualFun))', () => {
    expect(weightedKappa(pairsOf(table), ['0', '1', '2', '3'])).toBeCloseTo(0.2374, 4);
  });
  it('equals plain kappa on two values', () => {
    const pairs = pairsOf([
      [20, 5],
      [10, 15],
    ]);
    expect(weightedKappa(pairs, ['0', '1'])).toBeCloseTo(cohensKappa(pairs) ?? Number.NaN, 10);
    expect(cohensKappa(pairs)).toBeCloseTo(0.4, 10);
  });
  it('forgives a near miss more than a far one', () => {
    const scale = ['0', '1', '2', '3'];
    const near: CodePair[] = [
      ['0', '1'],
      ['1', '1'],
      ['2', '2'],
      ['3', '3'],
    ];
    const far: CodePair[] = [
      ['0', '3'],
      ['1', '1'],
      ['2', '2'],
      ['3', '3'],
    ];
    expect(weightedKappa(near, scale) ?? 0).toBeGreaterThan(weightedKappa(far, scale) ?? 1);
  });
  it('refuses a value that is not on the scale', () => {
    expect(() =>
      weightedKappa(
        [
          ['0', 'x'],
          ['1', '0'],
        ],
        ['0', '1'],
      ),
    ).toThrow(RangeError);
  });
});

/** Krippendorff, Computing Krippendorff's Alpha-Reliability (2011), sections A to D. */
describe('krippendorffAlpha', () => {
  const four = unitsOf(
    '1 2 3 3 2 1 4 1 2 . . .',
    '1 2 3 3 2 2 4 1 2 5 . 3',
    '. 3 3 3 2 3 4 2 2 5 1 .',
    '1 2 3 3 2 4 4 1 2 5 1 .',
  );
  it.each([
    ['A: two values, two coders', unitsOf('0 1 0 0 0 0 0 0 1 0', '1 1 1 0 0 1 0 0 0 0'), undefined, 0.095],
    ['B: nominal, two coders', unitsOf('a a b b d c c c e d d a', 'b a b b b c c c e d d d'), undefined, 0.692],
    ['C: nominal, four coders, gaps', four, undefined, 0.743],
    ['D: ordinal, four coders, gaps', four, ['1', '2', '3', '4', '5'], 0.815],
  ])('gives the published figure for %s', (_, units, scale, alpha) => {
    expect(krippendorffAlpha(units, scale)).toBeCloseTo(alpha, 3);
  });

  it('is null where nothing was coded twice', () => {
    expect(
      krippendorffAlpha([
        ['a', null],
        [null, 'b'],
      ]),
    ).toBeNull();
    expect(krippendorffAlpha([])).toBeNull();
  });

  it('does not mind the order of coders or of things, and is 1 where all agree', () => {
    const code = fc.option(fc.constantFrom('a', 'b', 'c'), { nil: null });
    fc.assert(
      fc.property(fc.array(fc.tuple(code, code, code), { minLength: 1, maxLength: 20 }), (units) => {
        const alpha = krippendorffAlpha(units, ['a', 'b', 'c']);
        const other = krippendorffAlpha(units.map(([a, b, c]) => [c, a, b]).reverse(), ['a', 'b', 'c']);
        if (alpha === null) expect(other).toBeNull();
        else expect(other).toBeCloseTo(alpha, 9);
        const same = krippendorffAlpha(units.map(([a]) => [a, a]));
        expect(same === null || same === 1).toBe(true);
      }),
    );
  });
});

describe('percentAgreement', () => {
  it('is the share of equal codes', () => {
    expect(
      percentAgreement(
        pairsOf([
          [75, 1, 4],
          [5, 4, 1],
          [0, 0, 10],
        ]),
      ),
    ).toBeCloseTo(0.89, 10);
    expect(percentAgreement([])).toBeNull();
  });
});
