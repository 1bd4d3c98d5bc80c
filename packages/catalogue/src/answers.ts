import { type Fact, type Facts, holds } from './condition.ts';
import type { Condition } from './schema.ts';

/** One question of a supplier's form, in one language. `visible` and `required` are conditions on the answers to other questions. */
export interface FormQuestion {
  /** `GOV-01`, and `GOV-01.deviation`, `GOV-01.evidence`, `GOV-01.remark` for what goes with it. */
  id: string;
  requirement: string;
  part: 'answer' | 'deviation' | 'evidence' | 'remark';
  type: 'choice' | 'yes-no' | 'number' | 'date' | 'text';
  label: string;
  help: string | null;
  choices: { id: string; text: string }[];
  unit: string | null;
  visible: Condition | null;
  required: boolean;
  /** Changes when the question, its choices or what it is measured against change: an old answer is then not re-used. */
  version: string;
}

/** A form as data: what the offline form embeds, the sheet is made from and the server checks against. */
export interface OfferForm {
  schema: 'proviso.form/1';
  title: string;
  reference: string | null;
  buyer: string | null;
  language: string;
  /** SHA-256 of the demand it asks about. */
  demand: string;
  edition: string;
  sections: { id: string; title: string; requirements: string[] }[];
  requirements: { id: string; title: string; sentence: string; why: string; knockout: boolean; draft: boolean }[];
  questions: FormQuestion[];
}

export type AnswerValue = string | number | boolean | null;
export type AnswerValues = Readonly<Record<string, AnswerValue>>;

/** What is wrong with an answer; a form says it in its own language. */
export interface AnswerFault {
  question: string;
  kind:
    | 'missing'
    | 'not-a-choice'
    | 'not-a-number'
    | 'not-a-date'
    | 'not-yes-or-no'
    | 'not-text'
    | 'too-long'
    | 'unknown-question';
}

/** Characters of one text answer; more belongs in an attached document. */
export const LONGEST_ANSWER = 10_000;

export function isVisible(question: FormQuestion, values: AnswerValues): boolean {
  return question.visible === null || holds(question.visible, factsOfAnswers(values));
}

function factsOfAnswers(values: AnswerValues): Facts {
  const facts: Record<string, Fact> = {};
  for (const [id, value] of Object.entries(values)) if (value !== null && value !== '') facts[id] = value;
  return facts;
}

/**
 * Everything that keeps an offer from being complete, in the order of the form; empty where it is. An answer to a question that is not
 * shown is no fault and does not count (`countingAnswers`).
 */
export function answerFaults(form: OfferForm, values: AnswerValues): AnswerFault[] {
  const faults: AnswerFault[] = [];
  const known = new Set(form.questions.map(({ id }) => id));
  for (const question of form.questions) {
    if (!isVisible(question, values)) continue;
    const value = values[question.id] ?? null;
    if (value === null || value === '') {
      if (question.required) faults.push({ question: question.id, kind: 'missing' });
      continue;
    }
    const kind = typeFault(question, value);
    if (kind) faults.push({ question: question.id, kind });
  }
  for (const id of Object.keys(values)) if (!known.has(id)) faults.push({ question: id, kind: 'unknown-question' });
  return faults;
}

function typeFault(question: FormQuestion, value: AnswerValue): AnswerFault['kind'] | null {
  switch (question.type) {
    case 'choice':
      return question.choices.some(({ id }) => id === value) ? null : 'not-a-choice';
    case 'number':
      return typeof value === 'number' && Number.isFinite(value) ? null : 'not-a-number';
    case 'date':
      return typeof value === 'string' && isDay(value) ? null : 'not-a-date';
    case 'yes-no':
      return typeof value === 'boolean' ? null : 'not-yes-or-no';
    default:
      if (typeof value !== 'string') return 'not-text';
      return value.length > LONGEST_ANSWER ? 'too-long' : null;
  }
}

/** A day of the calendar as 2026-01-31. */
export function isDay(written: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(written)) return false;
  const day = new Date(`${written}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(written);
}

/** The answers that count: those to questions that are shown, with values of the right type. */
export function countingAnswers(form: OfferForm, values: AnswerValues): Record<string, AnswerValue> {
  const counting: Record<string, AnswerValue> = {};
  for (const question of form.questions) {
    const value = values[question.id] ?? null;
    if (value === null || value === '' || !isVisible(question, values) || typeFault(question, value)) continue;
    counting[question.id] = value;
  }
  return counting;
}

/** Answers from an earlier form that may be taken over, and the questions they may not answer because those have changed. */
export function reusable(
  form: OfferForm,
  earlier: { values: AnswerValues; versions: Readonly<Record<string, string>> },
): { values: Record<string, AnswerValue>; changed: string[] } {
  const values: Record<string, AnswerValue> = {};
  const changed: string[] = [];
  for (const { id, version } of form.questions) {
    const value = earlier.values[id] ?? null;
    if (value === null || value === '') continue;
    if (earlier.versions[id] === version) values[id] = value;
    else changed.push(id);
  }
  return { values, changed };
}

/** A supplier's answers as a file: what the offline form and the sheet give back. */
export interface AnswerFile {
  schema: 'proviso.answers/1';
  form: { title: string; reference: string | null; demand: string; edition: string; language: string };
  supplier: string;
  values: Record<string, AnswerValue>;
  /** Version of each answered question, so that a later form can re-use what has not changed. */
  versions: Record<string, string>;
  declaration: {
    name: string;
    role: string;
    date: string /** SHA-256 of the counting answers, see `answersText`. */;
    hash: string;
  } | null;
}

/** What the hash of a declaration is made over: the counting answers, in the order of their ids. */
export function answersText(form: OfferForm, supplier: string, values: AnswerValues): string {
  const counting = countingAnswers(form, values);
  const lines = Object.keys(counting)
    .sort()
    .map((id) => [id, counting[id]]);
  return JSON.stringify([form.demand, supplier, lines]);
}
