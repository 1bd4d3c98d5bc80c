import { type AnswerValue, type Condition, type FormQuestion, isVisible } from '@proviso/catalogue';

/** When a follow-up is called for, in a way a sheet can work out from the answer beside it. */
export interface FollowUp {
  /** Texts of the answers that call for it; null: every answer does. */
  texts: string[] | null;
  /** A number less than this calls for it. */
  below: number | null;
  /** A number greater than this calls for it. */
  above: number | null;
}

/**
 * When `question` is asked, given the answer to `answer`. The form's own rule is asked about each possible answer, so that the sheet
 * holds no second copy of it; of a number, on both sides of each bound that the rule names.
 */
export function followUpOf(
  question: FormQuestion | undefined,
  answer: FormQuestion,
  yes: string,
  no: string,
): FollowUp {
  const never: FollowUp = { texts: [], below: null, above: null };
  if (!question) return never;
  if (question.visible === null) return { texts: null, below: null, above: null };
  const asked = (value: AnswerValue): boolean => isVisible(question, { [answer.id]: value });
  if (answer.type === 'choice')
    return { ...never, texts: answer.choices.filter(({ id }) => asked(id)).map(({ text }) => text) };
  if (answer.type === 'yes-no')
    return { ...never, texts: [...(asked(true) ? [yes] : []), ...(asked(false) ? [no] : [])] };
  if (answer.type !== 'number') return never;
  const bound = boundsIn(question.visible).find((one) => asked(one - 1) !== asked(one + 1));
  if (bound === undefined) return never;
  return asked(bound - 1) ? { ...never, below: bound } : { ...never, above: bound };
}

function boundsIn(condition: Condition): number[] {
  return JSON.stringify(condition)
    .matchAll(/"at(?:Least|Most)":(-?[\d.e+]+)/g)
    .map(([, number]) => Number(number))
    .filter((number) => Math.abs(number) < Number.MAX_SAFE_INTEGER)
    .toArray();
}
