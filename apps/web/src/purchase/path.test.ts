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

  it('leads by the candidates where there is a selection stage, and only there', () => {
    const description = { ...purchase.description, procedure: 'restricted' as const };
    const notice = (stage: 'selection' | 'tender') => ({ stage }) as typeof purchase.notice;
    const stateOf = (change: Partial<typeof purchase>) =>
      pathOf({ ...purchase, ...change }).find(({ id }) => id === 'candidates')?.state;
    expect(stateOf({})).toBeUndefined();
    expect(stateOf({ description })).toBe('later');
    expect(stateOf({ description, state: 'published', notice: notice('selection') })).toBe('next');
    expect(stateOf({ description, state: 'published', notice: notice('tender') })).toBe('done');
  });

  it('goes on nowhere once it is stopped', () => {
    expect(pathOf({ ...purchase, state: 'stopped' }).some(({ state }) => state === 'next')).toBe(false);
  });
});
