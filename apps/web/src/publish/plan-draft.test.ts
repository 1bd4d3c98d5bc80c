import type { Plan } from '@proviso/procurement';
import { describe, expect, it } from 'vitest';
import { type CriterionDraft, criterionOf, draftsOf, emptyCriterion, faultsOf, firstPlan } from './plan-draft.ts';

const PLAN: Plan = {
  criteria: [
    { id: 'security', kind: 'requirements', weight: 50 },
    { id: 'price', kind: 'price', weight: 30, formula: { kind: 'linear-to-cap', cap: 12_345_67 } },
    { id: 'days', kind: 'amount', weight: 20, formula: { kind: 'fixed-line', best: 0, worst: 30 } },
  ],
  tieBreak: ['security', 'draw'],
  notApplicable: [],
  priceApart: true,
};

describe('a plan in a form', () => {
  it('comes back as it was, prices in cents', () => {
    const drafts = draftsOf(PLAN);
    expect(drafts[1]?.cap).toBe('12345.67');
    expect(drafts.map(criterionOf)).toEqual(PLAN.criteria);
    expect(faultsOf(drafts)).toEqual([]);
  });

  it('begins with one that can be sent', () => {
    expect(faultsOf(firstPlan().criteria)).toEqual([]);
  });

  const amount: CriterionDraft = { ...emptyCriterion(9, 'amount'), id: 'days', weight: '40', best: '0', worst: '30' };
  const others = [{ ...emptyCriterion(1, 'requirements'), weight: '60' }];
  it.each<[string, Partial<CriterionDraft>, string[]]>([
    ['right', {}, []],
    ['a weight that is no whole number', { weight: '39.5' }, ['weight', 'weights']],
    ['weights that do not add up', { weight: '41' }, ['weights']],
    ['no name', { id: ' ' }, ['name']],
    ['a name of markup', { id: '<b>' }, ['name']],
    ['the word for drawing lots', { id: 'draw' }, ['name']],
    ['a name twice', { id: 'security' }, ['names']],
    ['no line', { best: '', worst: '' }, ['line']],
    ['a flat line', { best: '3', worst: '3' }, ['line']],
    ['a line below nothing', { best: '-1' }, ['line']],
    ['a ceiling of nothing', { formula: 'linear-to-cap', cap: '0' }, ['cap']],
  ])('%s', (_, change, faults) => {
    expect(faultsOf([...others, { ...amount, ...change }]).map(({ id }) => id)).toEqual(
      faults.includes('names') ? ['names', 'names'] : faults,
    );
  });
});
