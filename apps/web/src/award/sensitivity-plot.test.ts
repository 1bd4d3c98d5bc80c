import type { WeightSensitivity } from '@proviso/procurement';
import { describe, expect, it } from 'vitest';
import { closeness, flipping } from './sensitivity-plot.tsx';

const weight = (id: string, own: number, up: string | null, down: string | null): WeightSensitivity => {
  const flip = (at: string | null) => (at === null ? null : { at, exact: `${at}/1`, offers: ['o'] });
  return { kind: 'requirement', id, weight: own, up: flip(up), down: flip(down) };
};

describe('how close a weight is to another winner', () => {
  it.each([
    [weight('A', 100, '150.00', null), 0.5],
    [weight('A', 100, '150.00', '90.00'), 0.1],
    [weight('A', 100, null, '0.50'), 0.995],
    [weight('A', 0, '3.00', null), 3],
    [weight('A', 100, null, null), Number.POSITIVE_INFINITY],
  ])('%o is %d of it away', (one, share) => {
    expect(closeness(one)).toBeCloseTo(share, 10);
  });

  it('comes first, and weights that change nothing are left out', () => {
    const weights = [
      weight('far', 100, '300.00', null),
      weight('never', 100, null, null),
      weight('near', 10, '11.00', null),
    ];
    expect(flipping(weights).map(({ id }) => id)).toEqual(['near', 'far']);
  });
});
