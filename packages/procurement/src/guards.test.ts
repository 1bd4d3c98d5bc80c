import { describe, expect, test } from 'vitest';
import { lastApproval } from './guards.ts';
import { HASH, OTHER_HASH, specified } from './testing/story.ts';

const { purchase } = specified();
const approval = {
  as: 'legal' as const,
  verdict: 'approved' as const,
  demand: HASH,
  reason: '',
  specified: 2,
  by: 'lena',
  at: '2026-11-02T10:00:00Z',
};
const again = { ...purchase, specified: { count: 2, by: 'olga', at: '2026-11-02T09:30:00Z' } };

describe('an approval counts', () => {
  test.each([
    ['as given', approval, 'approved'],
    ['not for another demand', { ...approval, demand: OTHER_HASH }, undefined],
    ['not from before the purchase was drafted again', { ...approval, specified: 1 }, undefined],
    ['not for another role', { ...approval, as: 'security' as const }, undefined],
  ])('%s', (_, one, verdict) => {
    expect(lastApproval({ ...again, approvals: [one] }, 'legal')?.verdict).toBe(verdict);
  });

  test('for another demand where that one is asked about', () => {
    const other = { ...approval, demand: OTHER_HASH };
    expect(lastApproval({ ...again, approvals: [other] }, 'legal', OTHER_HASH)?.verdict).toBe('approved');
  });

  test('until the same role says something else', () => {
    const objected = { ...approval, verdict: 'objected' as const };
    expect(lastApproval({ ...again, approvals: [approval, objected] }, 'legal')?.verdict).toBe('objected');
  });
});
