import { answerFileFrom, answerFileOf } from '@proviso/catalogue/answer-file';
import type { AnswerFile, AnswerValue, OfferForm } from '@proviso/catalogue/answers';

/** What came of an answer to an earlier form: taken over, or shown only, because the question has changed since. */
export interface Earlier {
  kind: 'taken' | 'changed';
  was: AnswerValue;
}

/** All that the supplier has written so far. */
export interface Draft {
  supplier: string;
  values: Record<string, AnswerValue>;
  /** Who is to sign, and as what. */
  name: string;
  role: string;
  /** By question. */
  earlier: Record<string, Earlier>;
}

export const EMPTY: Draft = { supplier: '', values: {}, name: '', role: '', earlier: {} };

export function isEmpty({ supplier, values, name, role }: Draft): boolean {
  return supplier + name + role === '' && Object.values(values).every((value) => (value ?? '') === '');
}

/** A draft as the browser keeps it. */
export function keptText(form: OfferForm, { supplier, values, name, role, earlier }: Draft): string {
  return JSON.stringify({ file: answerFileOf(form, supplier, values, null), name, role, earlier });
}

/** The draft that the browser kept, or null where it kept none for this form. Other pages from disk may have written there. */
export function draftFrom(text: string | null, form: OfferForm): Draft | null {
  let kept: { file?: unknown; name?: unknown; role?: unknown; earlier?: unknown } | null;
  try {
    kept = JSON.parse(text ?? 'null');
  } catch {
    return null;
  }
  const file = answerFileFrom(kept?.file);
  if ('fault' in file || file.form.demand !== form.demand) return null;
  const string = (value: unknown): string => (typeof value === 'string' ? value : '');
  return {
    supplier: file.supplier,
    values: Object.fromEntries(
      form.questions.flatMap(({ id }) => (Object.hasOwn(file.values, id) ? [[id, file.values[id] ?? null]] : [])),
    ),
    name: string(kept?.name),
    role: string(kept?.role),
    earlier: Object.fromEntries(
      Object.entries((kept?.earlier ?? {}) as Record<string, Earlier | null>).filter(
        ([, one]) => (one?.kind === 'taken' || one?.kind === 'changed') && typeof one.was !== 'object',
      ),
    ) as Draft['earlier'],
  };
}

/** A file of this very form as a draft; who signed it before may sign it again. */
export function draftOfFile(file: AnswerFile): Draft {
  const { supplier, values, declaration } = file;
  return { ...EMPTY, supplier, values, name: declaration?.name ?? '', role: declaration?.role ?? '' };
}
