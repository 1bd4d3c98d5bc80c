import type { Language } from '@proviso/catalogue';
import { say, wordsOf } from '../messages.ts';

/** What a returned questionnaire could not give, or gave in a way that a person should look at. */
export interface Loss {
  kind: LossKind;
  /** The answer was read all the same; it should be checked. */
  taken: boolean;
  sheet: string | null;
  /** As `L12`. */
  cell: string | null;
  question: string | null;
  /** What stands there, at most 200 characters of it. */
  value: string | null;
  count: number | null;
}

/** Nothing of the file was read. */
export const REFUSALS = [
  'file-empty',
  'file-encrypted',
  'file-unknown',
  'file-damaged',
  'file-too-large',
  'no-questions',
  'other-demand',
  'other-edition',
] as const;
/** Read, but to be checked. */
export const TAKEN = ['demand-unknown', 'ids-missing', 'headings-missing', 'duplicate-same', 'formula'] as const;
/** Not read, because it is not certain what was meant. */
export const LEFT = [
  'supplier-missing',
  'declaration-incomplete',
  'unknown-question',
  'unknown-rows',
  'duplicate-row',
  'changed-question',
  'mixed-row',
  'not-asked',
  'formula-empty',
  'cell-error',
  'merged',
  'not-a-choice',
  'ambiguous-choice',
  'not-a-number',
  'not-a-date',
  'not-yes-or-no',
  'too-long',
  'not-counted',
  'column-not-read',
  'sheet-not-read',
  'more',
] as const;
export type Refusal = (typeof REFUSALS)[number];
export type LossKind = Refusal | (typeof TAKEN)[number] | (typeof LEFT)[number];

/** Losses that are listed one by one, of each kind; the rest is counted. */
const LISTED = 100;
const LONGEST_VALUE = 200;

/** One loss in words: what, where, and what to do. */
export function lossText({ kind, sheet, cell, question, value, count }: Loss, language: Language): string {
  return say(wordsOf('sheet', language), `loss-${kind}`, {
    sheet: sheet ?? '',
    cell: cell ?? '',
    question: question ?? '',
    value: value ?? '',
    count: count ?? 0,
  });
}

/** Collects losses, and keeps a file of junk from making a list without end. */
export class Losses {
  private readonly list: Loss[] = [];
  private readonly counts = new Map<LossKind, number>();

  say(kind: LossKind, where: Partial<Omit<Loss, 'kind' | 'taken'>> = {}): void {
    const count = (this.counts.get(kind) ?? 0) + 1;
    this.counts.set(kind, count);
    if (count > LISTED) return;
    const { sheet = null, cell = null, question = null, value = null, count: many = null } = where;
    this.list.push({
      kind,
      taken: (TAKEN as readonly string[]).includes(kind),
      sheet,
      cell,
      question,
      value: value === null ? null : value.slice(0, LONGEST_VALUE),
      count: many,
    });
  }

  all(): Loss[] {
    const more = [...this.counts.values()].reduce((sum, count) => sum + Math.max(0, count - LISTED), 0);
    if (more === 0) return this.list;
    const rest: Loss = {
      kind: 'more',
      taken: false,
      sheet: null,
      cell: null,
      question: null,
      value: null,
      count: more,
    };
    return [...this.list, rest];
  }
}
