import { loadCatalogue } from '@proviso/catalogue';
import { contextOf as checkedContext } from '@proviso/catalogue/check';
import { describe, expect, it } from 'vitest';
import {
  type Answers,
  allAnswered,
  answersOf,
  ceilingOf,
  contextOf,
  faultOf,
  guessed,
  isAnswered,
  STEPS,
} from './questions.ts';

const NO_REST = { laws: { add: [], remove: [] }, departures: [] };
const questions = STEPS.flatMap((step) => step.questions);
const question = (key: string) => {
  const found = questions.find((one) => one.key === key);
  if (!found) throw new Error(key);
  return found;
};

const COMPLETE: Answers = {
  title: 'Portal',
  reference: 'A-1',
  country: 'BE',
  language: 'nl',
  zone: 'Europe/Brussels',
  sector: 'municipality',
  procedure: 'open',
  kinds: ['service'],
  types: ['web-application'],
  services: ['public-services'],
  assets: ['web-servers'],
  criticality: 'high',
  exposure: 'internet',
  personalData: 'ordinary',
  valueBand: 'medium',
  hosting: 'cloud',
  remoteAccess: 'permanent',
  development: 'configured',
  alternatives: 'few',
  ai: false,
  contractMonths: 48,
};

describe('the questions of a purchase', () => {
  it('ask for every field that a context needs', () => {
    expect(allAnswered(COMPLETE)).toBe(true);
    const context = checkedContext(contextOf(COMPLETE, NO_REST), loadCatalogue());
    expect(context).toMatchObject({ title: 'Portal', language: 'nl', ai: false, contractMonths: 48, hosting: 'cloud' });
  });

  it('ask of a framework alone what it may come to', () => {
    const framework: Answers = { ...COMPLETE, procedure: 'framework', ceiling: '1.250.000,5' };
    expect([ceilingOf(framework), ceilingOf({ ...framework, procedure: 'open' })]).toEqual([125_000_050, null]);
    expect([allAnswered(framework), allAnswered({ ...framework, ceiling: 'much' })]).toEqual([true, false]);
    expect(allAnswered({ ...framework, procedure: 'open', ceiling: 'much' })).toBe(true);
    expect(contextOf(framework, NO_REST)).not.toHaveProperty('ceiling');
  });

  it('offer only lists that the vocabulary has', () => {
    const { vocabulary } = loadCatalogue();
    for (const { list } of questions) if (list) expect(vocabulary).toHaveProperty(list);
  });

  it('give a context that can be derived as soon as it is said what is bought, and none before', () => {
    expect(contextOf({ title: 'x' }, NO_REST)).toBeNull();
    const early = contextOf({ types: ['web-application'] }, NO_REST);
    expect(() => checkedContext(early, loadCatalogue())).not.toThrow();
    expect(guessed({ types: ['web-application'] })).toContain('criticality');
    expect(guessed(COMPLETE)).toEqual([]);
  });

  it('keep a title to one line, as the catalogue asks', () => {
    expect(contextOf({ ...COMPLETE, title: ' A\n\tportal ' }, NO_REST)?.title).toBe('A portal');
  });

  it('come back from a context as they were', () => {
    const context = checkedContext(contextOf(COMPLETE, NO_REST), loadCatalogue());
    const { zone: _, procedure: _procedure, ...asked } = COMPLETE;
    expect(answersOf(context)).toMatchObject(asked);
  });

  it.each([
    ['kinds', [], 'missing-many'],
    ['title', '', 'missing'],
    ['ai', null, 'missing'],
    ['ai', false, null],
    ['contractMonths', 0, 'months-range'],
    ['contractMonths', 601, 'months-range'],
    ['contractMonths', 12.5, 'months-range'],
    ['contractMonths', 600, null],
    ['buyer', '', null],
  ])('%s answered with %j: %s', (key, answer, fault) => {
    expect(faultOf({ ...COMPLETE, [key]: answer }, question(key))).toBe(fault);
  });

  it('do not take an empty list for an answer', () => {
    expect(isAnswered({ types: [] }, question('types'))).toBe(false);
  });
});
