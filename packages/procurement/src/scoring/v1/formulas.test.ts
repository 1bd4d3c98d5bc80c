import { describe, expect, test } from 'vitest';
import { fieldOf, shareOf } from './formulas.ts';
import type { Formula } from './input.ts';
import { ratioText } from './ratio.ts';

describe('shares of the points', () => {
  const three = [80, 100, 200];
  const cases: [Formula, number, number[], string][] = [
    [{ kind: 'lowest-ratio' }, 80, three, '1/1'],
    [{ kind: 'lowest-ratio' }, 100, three, '4/5'],
    [{ kind: 'lowest-ratio' }, 0, [0, 5], '1/1'],
    [{ kind: 'lowest-ratio' }, 5, [0, 5], '0/1'],
    [{ kind: 'lowest-ratio' }, 40, three, '1/1'],
    [{ kind: 'points-minus' }, 80, three, '1/1'],
    [{ kind: 'points-minus' }, 100, three, '3/4'],
    [{ kind: 'points-minus' }, 200, three, '0/1'],
    [{ kind: 'points-minus' }, 5, [0, 5], '0/1'],
    [{ kind: 'median' }, 100, three, '1/2'],
    [{ kind: 'median' }, 80, three, '7/10'],
    [{ kind: 'median' }, 200, three, '0/1'],
    [{ kind: 'median' }, 10, three, '1/1'],
    [{ kind: 'median' }, 90, [80, 100], '1/2'],
    [{ kind: 'median' }, 0, [0, 0], '1/2'],
    [{ kind: 'linear-to-cap', cap: 180 }, 80, three, '1/1'],
    [{ kind: 'linear-to-cap', cap: 180 }, 100, three, '4/5'],
    [{ kind: 'linear-to-cap', cap: 180 }, 200, three, '0/1'],
    [{ kind: 'linear-to-cap', cap: 80 }, 80, three, '1/1'],
    [{ kind: 'linear-to-cap', cap: 70 }, 80, three, '0/1'],
    [{ kind: 'fixed-line', best: 50, worst: 150 }, 100, three, '1/2'],
    [{ kind: 'fixed-line', best: 50, worst: 150 }, 200, three, '0/1'],
    [{ kind: 'fixed-line', best: 10, worst: 0 }, 7, three, '7/10'],
    [{ kind: 'fixed-line', best: 10, worst: 0 }, 12, three, '1/1'],
  ];
  test.each(cases)('%j of %d among %j', (formula, amount, amounts, share) => {
    const field = fieldOf(amounts);
    expect(field && ratioText(shareOf(formula, amount, field))).toBe(share);
  });

  test('no amounts, no field', () => {
    expect(fieldOf([])).toBeNull();
  });
});
