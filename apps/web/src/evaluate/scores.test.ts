import type { Cell } from '@proviso/procurement';
import { describe, expect, it } from 'vitest';
import { spreadOf, toAgree, workOf } from './scores.ts';

const cell = (
  requirement: string,
  values: Record<string, number>,
  value: number | null,
  more: Partial<Cell> = {},
): Cell => ({
  offer: 'o',
  requirement,
  scores: Object.entries(values).map(([evaluator, one]) => ({ evaluator, value: one, reason: null })),
  consensus: null,
  proposal: null,
  unfavourable: false,
  value,
  ...more,
});

describe('one evaluator’s work', () => {
  it('is every cell with something to score; what others scored is left all the same', () => {
    const cells = [
      cell('AA-01', { me: 2 }, null),
      cell('AA-02', { you: 2 }, null),
      cell('AA-03', {}, null),
      cell('AA-04', {}, 0, { unfavourable: true }),
    ];
    const { total, left } = workOf(cells, 'me');
    expect(total).toBe(3);
    expect(left.map(({ requirement }) => requirement)).toEqual(['AA-02', 'AA-03']);
  });
});

describe('what is to be agreed', () => {
  it('begins with the widest differences and ends with what is settled', () => {
    const cells = [
      cell('AA-01', { me: 2, you: 2 }, 2),
      cell('AA-02', { me: 1, you: 2 }, null),
      cell('AA-03', { me: 0, you: 3 }, null),
      cell('AA-04', { me: 0, you: 3 }, 2),
      cell('AA-05', { me: 1 }, null),
      cell('AA-06', {}, 0, { unfavourable: true }),
    ];
    expect(toAgree(cells).map(({ requirement }) => requirement)).toEqual(['AA-03', 'AA-02', 'AA-04', 'AA-01']);
  });

  it('has no spread where nobody scored', () => {
    expect([spreadOf(cell('AA-01', {}, null)), spreadOf(cell('AA-01', { me: 1, you: 3 }, null))]).toEqual([0, 2]);
  });
});
