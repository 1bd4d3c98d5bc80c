import { describe, expect, it } from 'vitest';
import { fixtures } from '../testing/fixtures.ts';
import { pathOf } from './path.ts';

const { purchase } = fixtures({}).view;
describe('the way of a purchase', () => {
  it('has one next step, after what is done and before the rest', () => {
    const path = pathOf(purchase);
    expect(path.filter(({ state }) => state === 'next').map(({ id }) => id)).toEqual(['specify']);
    expect(path.slice(0, 3).map(({ state }) => state)).toEqual(['done', 'done', 'done']);
    expect(path.at(-1)?.state).toBe('later');
  });

  it('goes on nowhere once it is stopped', () => {
    expect(pathOf({ ...purchase, state: 'stopped' }).some(({ state }) => state === 'next')).toBe(false);
  });
});
