import {
  type AnswerFile,
  type AnswerValue,
  type AnswerValues,
  countingAnswers,
  type OfferForm,
  reusable,
} from './answers.ts';

/** Characters of an answer file; every answer of a large form at its longest is half of this. */
export const LONGEST_ANSWER_FILE = 5_000_000;

/** Why a file is not taken as answers; `at` names the field that is wrong. */
export interface AnswerFileFault {
  fault: 'too-big' | 'not-json' | 'not-answers' | 'broken';
  at: string;
}

/**
 * An answer file from its text, whoever wrote it. Never throws; what the file holds beyond the format is left out. The answers themselves
 * are checked against a form by `answerFaults`.
 */
export function readAnswerFile(text: string): AnswerFile | AnswerFileFault {
  if (text.length > LONGEST_ANSWER_FILE) return { fault: 'too-big', at: '' };
  try {
    return answerFileFrom(JSON.parse(text));
  } catch {
    return { fault: 'not-json', at: '' };
  }
}

/** The same from a value that is parsed already. */
export function answerFileFrom(value: unknown): AnswerFile | AnswerFileFault {
  const file = record(value);
  if (file?.schema !== 'proviso.answers/1') return { fault: 'not-answers', at: 'schema' };
  const broken = (at: string): AnswerFileFault => ({ fault: 'broken', at });
  const form = record(file.form);
  if (!form) return broken('form');
  for (const name of ['title', 'demand', 'edition', 'language'])
    if (typeof form[name] !== 'string') return broken(`form.${name}`);
  if (form.reference !== null && typeof form.reference !== 'string') return broken('form.reference');
  if (typeof file.supplier !== 'string') return broken('supplier');
  const values = record(file.values);
  if (!values) return broken('values');
  for (const [id, one] of Object.entries(values)) if (!isAnswer(one)) return broken(`values.${id}`);
  const versions = record(file.versions);
  if (!versions) return broken('versions');
  for (const [id, one] of Object.entries(versions)) if (typeof one !== 'string') return broken(`versions.${id}`);
  const declaration = record(file.declaration);
  if (!declaration && file.declaration !== null) return broken('declaration');
  for (const name of ['name', 'role', 'date', 'hash'])
    if (declaration && typeof declaration[name] !== 'string') return broken(`declaration.${name}`);
  const { title, reference, demand, edition, language } = form as unknown as AnswerFile['form'];
  const signed = declaration as AnswerFile['declaration'];
  return {
    schema: 'proviso.answers/1',
    form: { title, reference, demand, edition, language },
    supplier: file.supplier,
    values: values as Record<string, AnswerValue>,
    versions: versions as Record<string, string>,
    declaration: signed && { name: signed.name, role: signed.role, date: signed.date, hash: signed.hash },
  };
}

function record(value: unknown): Record<string, unknown> | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : null;
}

function isAnswer(value: unknown): value is AnswerValue {
  return value === null || ['string', 'number', 'boolean'].includes(typeof value);
}

/** The answers to a form as a file: signed with only those that count, as a draft (no declaration) with all that was written. */
export function answerFileOf(
  form: OfferForm,
  supplier: string,
  values: AnswerValues,
  declaration: AnswerFile['declaration'],
): AnswerFile {
  const { title, reference, demand, edition, language } = form;
  const kept: Record<string, AnswerValue> = declaration ? countingAnswers(form, values) : { ...values };
  return {
    schema: 'proviso.answers/1',
    form: { title, reference, demand, edition, language },
    supplier,
    values: kept,
    versions: Object.fromEntries(
      form.questions.filter(({ id }) => Object.hasOwn(kept, id)).map((one) => [one.id, one.version]),
    ),
    declaration,
  };
}

export interface TakenOver {
  /** Questions that now have the earlier answer. */
  taken: string[];
  /** Questions that changed since: not taken over. */
  changed: string[];
  /** Questions that had another answer already, which stays. */
  kept: string[];
  /** Answers to questions that this form does not ask. */
  elsewhere: number;
  values: Record<string, AnswerValue>;
}

/** Answers of an earlier file put where this form has none yet and the question is still the same (`reusable`). */
export function takenOver(form: OfferForm, values: AnswerValues, earlier: AnswerFile): TakenOver {
  const found = reusable(form, earlier);
  const empty = (id: string): boolean => (values[id] ?? '') === '';
  const taken = Object.keys(found.values).filter(empty);
  const ids = new Set(form.questions.map(({ id }) => id));
  return {
    taken,
    changed: found.changed,
    kept: Object.keys(found.values).filter((id) => !empty(id) && values[id] !== found.values[id]),
    elsewhere: Object.entries(earlier.values).filter(([id, one]) => !ids.has(id) && (one ?? '') !== '').length,
    values: { ...values, ...Object.fromEntries(taken.map((id) => [id, found.values[id] ?? null])) },
  };
}
