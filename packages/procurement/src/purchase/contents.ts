import type { AnswerValues, OfferForm } from '@proviso/catalogue/answers';
import { countingAnswers } from '@proviso/catalogue/answers';
import type { Contents } from './offers.ts';

/**
 * What an opened offer says, from its answers and the form they answer. `notApplicable` names for each requirement the choices that say so
 * (`choicesNotApplicable`). An answer to a question that was not shown, or of a wrong type, is none. What a supplier wrote never keeps
 * offers from being opened: characters that cannot be kept are shown as `\ufffd`; the answer itself is kept beside the purchase.
 */
export function contentsOf(
  form: OfferForm,
  values: AnswerValues,
  notApplicable: ReadonlyMap<string, readonly string[]>,
  hash: string,
): Contents {
  const counting = countingAnswers(form, values);
  const answers = form.questions.filter(({ part }) => part === 'answer');
  const answered = (id: string): boolean => Object.hasOwn(counting, id);
  return {
    hash,
    unanswered: answers.filter(({ id }) => !answered(id)).map(({ requirement }) => requirement),
    notApplicable: answers
      .filter(({ id, requirement }) => answered(id) && notApplicable.get(requirement)?.includes(String(counting[id])))
      .map(({ requirement }) => requirement),
    deviations: form.questions
      .filter(({ id, part }) => part === 'deviation' && answered(id))
      .map(({ id, requirement }) => ({ requirement, text: kept(String(counting[id])) }))
      .filter(({ text }) => text !== ''),
    offered: answers.flatMap(({ id, requirement }) => {
      const value = counting[id];
      return typeof value === 'number' ? [{ requirement, value }] : [];
    }),
  };
}

function kept(said: string): string {
  const shown = said.replace(/\r\n?/g, '\n').toWellFormed();
  return shown.replace(/[^\P{Cc}\n\t]/gu, '\ufffd').trim();
}
