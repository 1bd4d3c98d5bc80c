import { type AnswerValue, type FormQuestion, isDay, LONGEST_ANSWER } from '@proviso/catalogue';
import type { GridCell } from '@proviso/documents';
import type { LossKind } from './losses.ts';
import { plain } from './read-table.ts';

/** What the texts of a question's answers can be, in every language of the form. */
export interface Readings {
  /** Plain text of a choice, in any language → ids of the choices it can be. */
  choices: ReadonlyMap<string, ReadonlySet<string>>;
  yes: ReadonlySet<string>;
  no: ReadonlySet<string>;
}

export type CellAnswer = { value: AnswerValue } | { loss: LossKind; count?: number };

/** The answer that a cell holds, or why it is not certain what it is. A blank cell is no answer. */
export function answerIn(cell: GridCell, question: FormQuestion, readings: Readings): CellAnswer {
  const text = cell.text.trim();
  if (cell.kind === 'error') return { loss: 'cell-error' };
  if (text === '') return cell.formula ? { loss: 'formula-empty' } : { value: null };
  switch (question.type) {
    case 'choice':
      return choiceIn(text, readings);
    case 'yes-no':
      return yesNoIn(cell, readings);
    case 'number':
      return numberIn(cell, text);
    case 'date':
      return dateIn(text);
    default:
      return text.length > LONGEST_ANSWER ? { loss: 'too-long', count: LONGEST_ANSWER } : { value: text };
  }
}

function choiceIn(text: string, { choices }: Readings): CellAnswer {
  const ids = choices.get(plain(text));
  const [first, second] = ids ?? [];
  if (first === undefined) return { loss: 'not-a-choice' };
  return second === undefined ? { value: first } : { loss: 'ambiguous-choice' };
}

function yesNoIn({ kind, text }: GridCell, { yes, no }: Readings): CellAnswer {
  if (kind === 'boolean') return { value: text === 'TRUE' };
  if (yes.has(plain(text))) return { value: true };
  return no.has(plain(text)) ? { value: false } : { loss: 'not-yes-or-no' };
}

/** A number cell, or digits with one point or comma that cannot stand for thousands. */
function numberIn({ kind }: GridCell, text: string): CellAnswer {
  if (kind === 'number') return { value: Number(text) };
  if (kind !== 'text') return { loss: 'not-a-number' };
  const parts = /^([+-]?)(\d+)(?:[.,](\d+))?$/.exec(text);
  if (!parts) return { loss: 'not-a-number' };
  const [, sign = '', whole = '', part] = parts;
  // 1.500 is one and a half to some and fifteen hundred to others; 0.500 and 1500.000 are not.
  if (part?.length === 3 && /^[1-9]\d{0,2}$/.test(whole)) return { loss: 'not-a-number' };
  const value = Number(`${sign}${whole}${part === undefined ? '' : `.${part}`}`);
  return Number.isFinite(value) ? { value } : { loss: 'not-a-number' };
}

/** ISO 8601; day.month.year; or with strokes and hyphens where only one order gives a day. */
function dateIn(text: string): CellAnswer {
  if (isDay(text)) return { value: text };
  const parts = /^(\d{1,2})([./-])(\d{1,2})\2(\d{4})$/.exec(text);
  if (!parts) return { loss: 'not-a-date' };
  const [, first = '', mark, second = '', year = ''] = parts;
  const day = (d: string, m: string): string => `${year}-${m.padStart(2, '0')}-${d.padStart(2, '0')}`;
  const orders = mark === '.' ? [day(first, second)] : [day(first, second), day(second, first)];
  const [only, other] = [...new Set(orders.filter(isDay))];
  return only !== undefined && other === undefined ? { value: only } : { loss: 'not-a-date' };
}
