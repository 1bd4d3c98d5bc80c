import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answerFileOf, LONGEST_ANSWER_FILE, readAnswerFile, takenOver } from './answer-file.ts';
import type { FormQuestion, OfferForm } from './answers.ts';

const question = (id: string, change: Partial<FormQuestion> = {}): FormQuestion => ({
  id,
  requirement: id.slice(0, 5),
  part: 'answer',
  type: 'text',
  label: 'How?',
  help: null,
  choices: [],
  unit: null,
  visible: null,
  required: true,
  version: '1',
  ...change,
});
const FORM: OfferForm = {
  schema: 'proviso.form/1',
  title: 'Mail',
  reference: null,
  buyer: null,
  language: 'en',
  demand: 'd',
  edition: '1',
  sections: [],
  requirements: [],
  questions: [
    question('AA-01', { type: 'yes-no' }),
    question('AA-01.deviation', { visible: { 'AA-01': false } }),
    question('AA-02', { version: '2' }),
  ],
};
const VALUES = { 'AA-01': true, 'AA-01.deviation': 'hidden by now', 'AA-02': 'well' };
const SIGNED = { name: 'Ada', role: 'sales', date: '2026-11-26', hash: 'h' };

describe('an answer file', () => {
  it('reads back as it was written', () => {
    const text = fc.string({ unit: 'binary' });
    fc.assert(
      fc.property(text, fc.dictionary(text, fc.oneof(text, fc.integer(), fc.boolean())), (supplier, values) => {
        const file = answerFileOf(FORM, supplier, values, null);
        expect(readAnswerFile(JSON.stringify(file))).toEqual(file);
      }),
    );
  });

  it('holds all that was written as a draft, and only what counts when signed', () => {
    expect(answerFileOf(FORM, 'We', VALUES, null).values).toEqual(VALUES);
    const signed = answerFileOf(FORM, 'We', VALUES, SIGNED);
    expect(signed.values).toEqual({ 'AA-01': true, 'AA-02': 'well' });
    expect(signed.versions).toEqual({ 'AA-01': '1', 'AA-02': '2' });
    expect(signed.declaration).toEqual(SIGNED);
  });

  const file = answerFileOf(FORM, 'We', VALUES, SIGNED);
  it.each([
    ['', 'not-json', ''],
    ['{"schema":', 'not-json', ''],
    [' '.repeat(LONGEST_ANSWER_FILE + 1), 'too-big', ''],
    ['null', 'not-answers', 'schema'],
    ['[]', 'not-answers', 'schema'],
    ['{"schema":"proviso.demand-file/1"}', 'not-answers', 'schema'],
    ['{"schema":"proviso.answers/1"}', 'broken', 'form'],
    [JSON.stringify({ ...file, form: { ...file.form, demand: 1 } }), 'broken', 'form.demand'],
    [JSON.stringify({ ...file, form: { ...file.form, reference: [] } }), 'broken', 'form.reference'],
    [JSON.stringify({ ...file, supplier: null }), 'broken', 'supplier'],
    [JSON.stringify({ ...file, values: [] }), 'broken', 'values'],
    [JSON.stringify({ ...file, values: { 'AA-01': { toString: 1 } } }), 'broken', 'values.AA-01'],
    [JSON.stringify({ ...file, versions: { 'AA-01': 1 } }), 'broken', 'versions.AA-01'],
    [JSON.stringify({ ...file, declaration: 'yes' }), 'broken', 'declaration'],
    [JSON.stringify({ ...file, declaration: { ...SIGNED, hash: null } }), 'broken', 'declaration.hash'],
  ])('is refused as %.60s', (text, fault, at) => expect(readAnswerFile(text)).toEqual({ fault, at }));

  it('leaves out what the format does not know', () => {
    const more = JSON.stringify({
      ...file,
      more: 1,
      form: { ...file.form, more: 1 },
      declaration: { ...SIGNED, more: 1 },
    });
    expect(readAnswerFile(more)).toEqual(file);
  });
});

describe('answers taken over from an earlier file', () => {
  const earlier = {
    ...answerFileOf(FORM, 'We', { ...VALUES, 'ZZ-09': 'gone', 'ZZ-10': null }, null),
    versions: { 'AA-01': '1', 'AA-01.deviation': '1', 'AA-02': 'older' },
  };

  it('are those to questions that have not changed and have no answer yet', () =>
    expect(takenOver(FORM, { 'AA-01': false, 'AA-02': '' }, earlier)).toEqual({
      taken: ['AA-01.deviation'],
      changed: ['AA-02'],
      kept: ['AA-01'],
      elsewhere: 1,
      values: { 'AA-01': false, 'AA-01.deviation': 'hidden by now', 'AA-02': '' },
    }));
});
