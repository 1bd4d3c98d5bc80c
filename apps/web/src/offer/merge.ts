import type { AnswerValue } from '@proviso/catalogue/answers';
import type { OfferDraft } from './draft.ts';

/** Something that was written differently here and elsewhere since both began from the same. */
export interface Clash {
  /** A question, or `supplier`, `name`, `role`, `lot`, `price`. */
  field: string;
  mine: AnswerValue;
  theirs: AnswerValue;
}

export interface Merged {
  /** Both together; where they clash, what was written here. */
  draft: OfferDraft;
  clashes: Clash[];
  /** Fields that were taken from elsewhere. */
  taken: string[];
}

/** Two drafts that were written at the same time, from the draft that both began with. */
export function mergeDrafts(base: OfferDraft, mine: OfferDraft, theirs: OfferDraft): Merged {
  const clashes: Clash[] = [];
  const taken: string[] = [];
  const pick = (field: string, was: AnswerValue, here: AnswerValue, there: AnswerValue): AnswerValue => {
    if (same(here, there) || same(there, was)) return here;
    if (!same(here, was)) {
      clashes.push({ field, mine: here, theirs: there });
      return here;
    }
    taken.push(field);
    return there;
  };
  const text = (field: string, was: string, here: string, there: string): string =>
    String(pick(field, was, here, there) ?? '');
  const questions = new Set([...Object.keys(mine.answers.values), ...Object.keys(theirs.answers.values)]);
  const values: Record<string, AnswerValue> = {};
  for (const id of questions) {
    const [was, here, there] = [base, mine, theirs].map((one) => one.answers.values[id] ?? null);
    values[id] = pick(id, was ?? null, here ?? null, there ?? null);
  }
  const own = (field: 'supplier' | 'name' | 'role'): string =>
    text(field, base.answers[field], mine.answers[field], theirs.answers[field]);
  const draft: OfferDraft = {
    answers: {
      supplier: own('supplier'),
      name: own('name'),
      role: own('role'),
      values,
      earlier: { ...theirs.answers.earlier, ...mine.answers.earlier },
    },
    lot: pick('lot', base.lot, mine.lot, theirs.lot) as string | null,
    price: text('price', base.price, mine.price, theirs.price),
    files: mergedFiles(base, mine, theirs),
  };
  return { draft, clashes, taken };
}

/** Files that either side has, without those that either took away. */
function mergedFiles(base: OfferDraft, mine: OfferDraft, theirs: OfferDraft): OfferDraft['files'] {
  const ids = (draft: OfferDraft): Set<string> => new Set(draft.files.map(({ sealed }) => sealed.sha256));
  const [was, here, there] = [ids(base), ids(mine), ids(theirs)];
  const stays = (id: string): boolean => !was.has(id) || (here.has(id) && there.has(id));
  const all = [...mine.files, ...theirs.files.filter(({ sealed }) => !here.has(sealed.sha256))];
  return all.filter(({ sealed }) => stays(sealed.sha256));
}

/** Nothing written and an empty text are the same. */
function same(one: AnswerValue, other: AnswerValue): boolean {
  return (one ?? '') === (other ?? '');
}

/** The other side's words put in place of one's own, for the fields given. */
export function withTheirs(draft: OfferDraft, clashes: readonly Clash[]): OfferDraft {
  const next: OfferDraft = { ...draft, answers: { ...draft.answers, values: { ...draft.answers.values } } };
  for (const { field, theirs } of clashes) {
    if (field === 'lot') next.lot = theirs as string | null;
    else if (field === 'price') next.price = String(theirs ?? '');
    else if (field === 'supplier' || field === 'name' || field === 'role') next.answers[field] = String(theirs ?? '');
    else next.answers.values[field] = theirs;
  }
  return next;
}
