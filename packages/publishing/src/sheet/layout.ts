import type { FormQuestion, Language, OfferForm } from '@proviso/catalogue';
import { say, type Words, wordsOf } from '../messages.ts';

/**
 * What the writer and the reader of a questionnaire agree on. Every column has a key, which stands in a hidden row; the sheets may be
 * moved, sorted and rearranged as long as keys and ids come along.
 */
export const MARK = 'proviso:';

/** Columns of the sheet of questions, in their order. The first six are hidden. */
export const COLUMNS = [
  'id',
  'version',
  /** Answers, between bars, that call for a deviation; bounds of a number below and above which one is called for. */
  'less',
  'below',
  'above',
  /** Answers, between bars, that call for evidence; `*` for every answer. */
  'some',
  'number',
  'topic',
  'knockout',
  'asked',
  'question',
  'answer',
  'deviation',
  'evidence',
  'remark',
  'todo',
] as const;
export type ColumnKey = (typeof COLUMNS)[number];

export const HIDDEN_COLUMNS = 6;
/** The hidden row of keys, and the row of headings under it. */
export const KEY_ROW = 1;
export const HEADING_ROW = 2;

/** The columns a supplier writes in. */
export const PARTS = ['answer', 'deviation', 'evidence', 'remark'] as const satisfies readonly FormQuestion['part'][];
export type Part = (typeof PARTS)[number];

/** What a supplier writes in the first sheet. */
export const FIELDS = ['supplier', 'name', 'role', 'date'] as const;
export type Field = (typeof FIELDS)[number];

/** The two columns of the first sheet that are read. */
export const FIELD_KEY = `${MARK}field`;
export const VALUE_KEY = `${MARK}value`;

export function columnOf(key: ColumnKey): number {
  return COLUMNS.indexOf(key) + 1;
}

/** The letters of a 1-based column: 28 is AB. */
export function lettersOf(column: number): string {
  return column > 26
    ? lettersOf(Math.floor((column - 1) / 26)) + lettersOf(((column - 1) % 26) + 1)
    : String.fromCharCode(64 + column);
}

/** What the hidden cells say about the file: `proviso:demand=…` and `proviso:edition=…`. */
export function factsCell(fact: 'demand' | 'edition', value: string): string {
  return `${MARK}${fact}=${value}`;
}

/** The questions that belong to one requirement, by their part. */
export function partsOf(form: OfferForm, requirement: string): Partial<Record<Part, FormQuestion>> {
  return Object.fromEntries(
    form.questions.filter((one) => one.requirement === requirement).map((one) => [one.part, one]),
  );
}

/** The words of a question as its cell holds them: with how to answer it on a line of its own. */
export function questionCell({ label, type, unit }: FormQuestion, words: Words): string {
  const how = type === 'number' && unit ? say(words, 'how-number-unit', { unit }) : say(words, `how-${type}`);
  return `${label}\n${how}`;
}

/** The headings of the columns that are shown. */
export function headingsOf(language: Language): Partial<Record<ColumnKey, string>> {
  const words = wordsOf('sheet', language);
  const form = wordsOf('form', language);
  return {
    number: say(words, 'number'),
    topic: say(words, 'topic'),
    knockout: say(words, 'knockout-heading'),
    asked: say(words, 'asked'),
    question: say(words, 'question'),
    answer: say(words, 'answer'),
    deviation: say(words, 'deviation', { label: say(form, 'deviation') }),
    evidence: say(form, 'evidence'),
    remark: say(form, 'remark'),
    todo: say(words, 'todo'),
  };
}
