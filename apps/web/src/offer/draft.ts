import { answerFileFrom, takenOver } from '@proviso/catalogue/answer-file';
import type { OfferForm } from '@proviso/catalogue/answers';
import { type Draft, draftFrom, EMPTY, keptText } from '@proviso/publishing/form-client';
import type { OfferFile } from '@proviso/sealing';

/** All that a supplier has prepared: the form's answers, and what goes with them. */
export interface OfferDraft {
  answers: Draft;
  /** Null while there are several and none was chosen. */
  lot: string | null;
  /** As it was typed. */
  price: string;
  /** Sealed and on the server already; by the hash of its ciphertext each. */
  files: OfferFile[];
}

export const EMPTY_OFFER: OfferDraft = { answers: EMPTY, lot: null, price: '', files: [] };

/** What is sealed and kept; JSON. */
export function keptDraft(form: OfferForm, { answers, lot, price, files }: OfferDraft): unknown {
  return { schema: 'proviso.offer-draft/1', answers: JSON.parse(keptText(form, answers)), lot, price, files };
}

export interface ReadDraft {
  draft: OfferDraft;
  /** The demand has changed since it was written: so many answers were taken over, and so many questions ask something else now. */
  overtaken: { taken: number; changed: number } | null;
}

/**
 * A kept draft, whatever it holds. Answers to an older demand are taken over where the question is still the same; the others stay in
 * sight beside their question.
 */
export function readDraft(value: unknown, form: OfferForm, lots: readonly { id: string }[]): ReadDraft {
  const kept = (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>;
  const lot = lots.length === 1 ? (lots[0]?.id ?? null) : (lots.find(({ id }) => id === kept.lot)?.id ?? null);
  const price = typeof kept.price === 'string' ? kept.price : '';
  const files = Array.isArray(kept.files) ? kept.files.filter(isFile) : [];
  const rest = { lot, price, files };
  const answers = draftFrom(JSON.stringify(kept.answers ?? null), form);
  if (answers) return { draft: { answers, ...rest }, overtaken: null };
  const { file, name, role } = (kept.answers ?? {}) as Record<string, unknown>;
  const earlier = answerFileFrom(file);
  if ('fault' in earlier) return { draft: { ...EMPTY_OFFER, ...rest }, overtaken: null };
  const { taken, changed, values } = takenOver(form, {}, earlier);
  const note = (kind: 'taken' | 'changed') => (id: string) => [id, { kind, was: earlier.values[id] ?? null }] as const;
  return {
    draft: {
      answers: {
        supplier: earlier.supplier,
        values,
        name: typeof name === 'string' ? name : '',
        role: typeof role === 'string' ? role : '',
        earlier: Object.fromEntries([...taken.map(note('taken')), ...changed.map(note('changed'))]),
      },
      ...rest,
    },
    overtaken: { taken: taken.length, changed: changed.length },
  };
}

function isFile(value: unknown): value is OfferFile {
  const { name, mediaType, size, sha256, sealed } = (value ?? {}) as Partial<OfferFile>;
  const isHash = (text: unknown): boolean => typeof text === 'string' && /^[0-9a-f]{64}$/.test(text);
  return (
    typeof name === 'string' &&
    typeof mediaType === 'string' &&
    Number.isSafeInteger(size) &&
    isHash(sha256) &&
    isHash(sealed?.sha256) &&
    Number.isSafeInteger(sealed?.size)
  );
}
