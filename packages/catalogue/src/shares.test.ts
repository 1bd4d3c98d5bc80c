import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sharesOf } from './shares.ts';

describe('sharesOf', () => {
  it('adds up to the total, in proportion', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1000, noNaN: true }), { minLength: 1, maxLength: 80 }), (parts) => {
        const shares = sharesOf(parts, 1000);
        const sum = parts.reduce((a, b) => a + b, 0);
        expect(shares.reduce((a, b) => a + b, 0)).toBe(sum > 0 ? 1000 : 0);
        shares.forEach((share, i) => {
          if (sum > 0) expect(Math.abs(share - ((parts[i] ?? 0) / sum) * 1000)).toBeLessThan(1 + 1e-6);
        });
      }),
    );
  });

  it.each([
    [
      [1, 1, 1],
      [334, 333, 333],
    ],
    [
      [0, 0],
      [0, 0],
    ],
    [
      [3, 1],
      [750, 250],
    ],
  ])('%j → %j', (parts, shares) => {
    expect(sharesOf(parts, 1000)).toEqual(shares);
  });
});
