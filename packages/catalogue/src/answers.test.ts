import { describe, expect, it } from 'vitest';
import {
  type AnswerValues,
  answerFaults,
  answersText,
  countingAnswers,
  isDay,
  isVisible,
  reusable,
} from './answers.ts';
import { contextOf } from './context.ts';
import { derive } from './derive.ts';
import { formOf } from './form.ts';
import type { Requirement } from './schema.ts';
import { CONTEXT, requirement, risk, smallCatalogue, text } from './testing/small-catalogue.ts';

const WORDS = { deviation: 'Why?', evidence: 'What shows it?', remark: 'Remark', units: { days: 'days' } };

function formFor(question: Requirement['question']) {
  const catalogue = smallCatalogue({
    requirements: [requirement('AA-01', { question })],
    risks: [
      risk('RSK-01', [{ answers: ['AA-01'] }], {
        likelihood: { prior: 3, basis: 'test', confidence: 'low', factors: [] },
      }),
    ],
  });
  return formOf(derive(contextOf(CONTEXT, catalogue), catalogue), catalogue, 'en', WORDS);
}

const CHOICE = formFor({
  text: text('How?'),
  answer: 'choice',
  choices: [
    { id: 'well', text: text('Well'), meets: 'advanced' },
    { id: 'fair', text: text('Fair'), meets: 'standard' },
    { id: 'poor', text: text('Poor'), meets: 'basic' },
    { id: 'not', text: text('Not'), meets: 'none' },
  ],
});
const NUMBER = formFor({ text: text('How many days?'), answer: 'number', unit: 'days', better: 'lower' });

const shown = (form: typeof CHOICE, values: AnswerValues): string[] =>
  form.questions.filter((one) => isVisible(one, values)).map(({ id }) => id);

describe('the questions that go with an answer', () => {
  it.each([
    [{}, ['AA-01', 'AA-01.remark']],
    [{ 'AA-01': 'well' }, ['AA-01', 'AA-01.evidence', 'AA-01.remark']],
    [{ 'AA-01': 'fair' }, ['AA-01', 'AA-01.evidence', 'AA-01.remark']],
    [{ 'AA-01': 'poor' }, ['AA-01', 'AA-01.deviation', 'AA-01.evidence', 'AA-01.remark']],
    [{ 'AA-01': 'not' }, ['AA-01', 'AA-01.deviation', 'AA-01.remark']],
  ])('for a choice of a standard level: %j', (values, ids) => {
    expect(shown(CHOICE, values)).toEqual(ids);
  });

  it.each([
    [14, false],
    [15, true],
    [0, false],
  ])('for %i days where at most 14 are asked', (days, asksWhy) => {
    expect(shown(NUMBER, { 'AA-01': days }).includes('AA-01.deviation')).toBe(asksWhy);
  });
});

describe('answerFaults', () => {
  it.each([
    [CHOICE, {}, ['AA-01 missing']],
    [CHOICE, { 'AA-01': 'well' }, []],
    [CHOICE, { 'AA-01': 'great' }, ['AA-01 not-a-choice']],
    [CHOICE, { 'AA-01': 'not' }, ['AA-01.deviation missing']],
    [CHOICE, { 'AA-01': 'not', 'AA-01.deviation': 'No.' }, []],
    [CHOICE, { 'AA-01': 'well', 'AA-01.remark': 'x'.repeat(10_001) }, ['AA-01.remark too-long']],
    [CHOICE, { 'AA-01': 'well', 'ZZ-09': 'x' }, ['ZZ-09 unknown-question']],
    [NUMBER, { 'AA-01': '7' }, ['AA-01 not-a-number']],
    [NUMBER, { 'AA-01': Number.NaN }, ['AA-01 not-a-number']],
    [NUMBER, { 'AA-01': 7 }, []],
  ])('%#', (form, values, faults) => {
    expect(answerFaults(form, values as AnswerValues).map(({ question, kind }) => `${question} ${kind}`)).toEqual(
      faults,
    );
  });
});

describe('countingAnswers', () => {
  it('leaves out what is hidden: an answer given before its question went away does not count', () => {
    expect(countingAnswers(CHOICE, { 'AA-01': 'well', 'AA-01.deviation': 'left over' })).toEqual({ 'AA-01': 'well' });
  });

  it('is what the declaration is made over, whatever the order', () => {
    const one = answersText(CHOICE, 'S', { 'AA-01': 'poor', 'AA-01.deviation': 'x' });
    expect(answersText(CHOICE, 'S', { 'AA-01.deviation': 'x', 'AA-01': 'poor' })).toBe(one);
    expect(answersText(CHOICE, 'S', { 'AA-01': 'poor', 'AA-01.deviation': 'y' })).not.toBe(one);
  });
});

describe('reusable', () => {
  const versions = Object.fromEntries(CHOICE.questions.map(({ id, version }) => [id, version]));

  it('takes over what was asked in the same way, and names what has changed', () => {
    expect(reusable(CHOICE, { values: { 'AA-01': 'well' }, versions })).toEqual({
      values: { 'AA-01': 'well' },
      changed: [],
    });
    expect(reusable(NUMBER, { values: { 'AA-01': 'well' }, versions })).toEqual({ values: {}, changed: ['AA-01'] });
  });
});

describe('isDay', () => {
  it.each([
    ['2026-02-28', true],
    ['2026-02-29', false],
    ['2024-02-29', true],
    ['2026-13-01', false],
    ['28-02-2026', false],
    ['2026-2-8', false],
  ])('%s: %s', (written, expected) => {
    expect(isDay(written)).toBe(expected);
  });
});
