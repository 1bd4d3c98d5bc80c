import { type Demand, derive, loadCatalogue } from '@proviso/catalogue';
import { contextOf as checked } from '@proviso/catalogue/check';
import { describe, expect, it } from 'vitest';
import { fixtures } from '../testing/fixtures.ts';
import { changesBetween, isUnchanged } from './changes.ts';
import { contextFor } from './what-if-context.ts';

const catalogue = loadCatalogue();
const demand = fixtures({}).demand('en')?.file.demand as Demand;
const tried = (cap: 'basic' | 'standard' | null, count: number | null): Demand =>
  derive(checked(contextFor({ cap, count }, demand), catalogue), catalogue);

describe('what if', () => {
  it('changes nothing where nothing is tried', () => {
    expect(isUnchanged(changesBetween(demand, tried(null, null)))).toBe(true);
  });

  it('no requirement stood above a level', () => {
    const capped = tried('standard', null);
    expect(demand.requirements.some(({ level }) => level === 'advanced')).toBe(true);
    expect(capped.requirements.some(({ level }) => level === 'advanced')).toBe(false);
    const { added, removed, levels } = changesBetween(demand, capped);
    expect([added, removed]).toEqual([[], []]);
    expect(levels.every(({ from, to }) => from === 'advanced' && to === 'standard')).toBe(true);
  });

  it('only the heaviest were asked, and says which risks that leaves open', () => {
    const few = tried(null, 5);
    expect(few.open.length).toBeGreaterThan(demand.open.length);
    const heaviest = demand.requirements.toSorted((a, b) => b.weight - a.weight).slice(0, 5);
    for (const { id } of heaviest) expect(few.requirements.map((one) => one.id)).toContain(id);
  });
});

describe('changes between two demands', () => {
  it('name what came, what went and what is at another level', () => {
    const [first, second] = demand.requirements;
    if (!first || !second) throw new Error('too few');
    const after: Demand = {
      ...demand,
      requirements: [{ ...first, level: first.level === 'basic' ? 'standard' : 'basic', knockout: !first.knockout }],
      risks: demand.risks.slice(1),
    };
    const changes = changesBetween({ ...demand, requirements: [first, second] }, after);
    expect(changes.removed).toEqual([second.id]);
    expect(changes.levels.map(({ id }) => id)).toEqual([first.id]);
    expect(changes.knockouts).toEqual([{ id: first.id, to: !first.knockout }]);
    expect(changes.risks).toEqual([{ id: demand.risks[0]?.id, from: demand.risks[0]?.rating, to: null }]);
  });
});
