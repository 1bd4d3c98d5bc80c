import { describe, expect, it } from 'vitest';
import { newPlan, parsePlan } from './plan.ts';

describe('parsePlan', () => {
  it('reads a new plan, whatever its title', () => {
    const title = 'What: "buyers" ask\n# of us';
    expect(parsePlan(newPlan(title))).toEqual({
      title,
      question: '',
      language: 'en',
      asOf: null,
      sources: 'sources.csv',
      seed: 1,
    });
  });

  it.each([
    ['', /empty/],
    ['title: [', /not YAML/],
    ['title: 3', /title is a text/],
    ['asOf: tomorrow', /asOf is a day/],
    ['- title', /named entries/],
    ['language: tlh', /language is one of en, /],
    ['language: [nl]', /language is one of en, /],
    ['seed: many', /seed is a number/],
    ['titel: What buyers ask', /"titel" is none of its entries/],
  ])('says what is wrong with %j', (text, message) => expect(() => parsePlan(text)).toThrow(message));

  it('takes a day that YAML may take for a date', () => expect(parsePlan('asOf: 2026-01-31').asOf).toBe('2026-01-31'));
});
