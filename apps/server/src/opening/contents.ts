import type { DemandFile, OfferForm } from '@proviso/catalogue';
import { answerFileFrom } from '@proviso/catalogue/answer-file';
import type { AnswerFile } from '@proviso/catalogue/answers';
import { type Contents, contentsOf } from '@proviso/procurement';
import { sealedDeclaration, sealedPrice } from '../contract/offering.ts';

/** What one sealed part held, as `openOffer` gives it. */
interface Part {
  answers: unknown;
  declaration: unknown;
  contentSha256: string;
}

/** What an opened offer says, or why it cannot be read as an answer to what was asked. */
export type ReadOffer =
  | { problem: null; answers: AnswerFile; contents: Contents; price: number | null }
  | { problem: 'not-answers' | 'wrong-demand' };

/**
 * Reads the quality part of an offer. `lines` are the requirements of its lot: what else a form asks does not count there; what it did not ask,
 * since a corrigendum came later, the decision adds. Pure; never throws for what a supplier wrote.
 */
export function readOffer(part: Part, { form, file }: AskedForm, lines: readonly { id: string }[]): ReadOffer {
  const answers = answerFileFrom(part.answers);
  if ('fault' in answers) return { problem: 'not-answers' };
  if (answers.form.demand !== form.demand) return { problem: 'wrong-demand' };
  const all = contentsOf(form, answers.values, choicesNotApplicable(file), part.contentSha256);
  const own = new Set(lines.map(({ id }) => id));
  return {
    problem: null,
    answers,
    contents: {
      hash: all.hash,
      unanswered: all.unanswered.filter((id) => own.has(id)),
      notApplicable: all.notApplicable.filter((id) => own.has(id)),
      deviations: all.deviations.filter(({ requirement }) => own.has(requirement)),
      offered: all.offered.filter(({ requirement }) => own.has(requirement)),
    },
    price: sealedDeclaration.safeParse(part.declaration).data?.price?.amount ?? null,
  };
}

/** The form that an offer answered, and the demand it was made from. */
export interface AskedForm {
  form: OfferForm;
  file: DemandFile;
}

/** The price in a part sealed apart; null where it names none. */
export function readPrice(part: Pick<Part, 'answers'>): number | null {
  return sealedPrice.safeParse(part.answers).data?.amount ?? null;
}

/** For each requirement the choices that say it does not apply. */
function choicesNotApplicable({ catalogue }: DemandFile): Map<string, string[]> {
  return new Map(
    catalogue.requirements.map(({ id, question }) => [
      id,
      (question.choices ?? []).filter(({ meets }) => meets === 'not-applicable').map((choice) => choice.id),
    ]),
  );
}
