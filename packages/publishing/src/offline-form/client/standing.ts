import {
  type AnswerFault,
  type AnswerValues,
  answerFaults,
  isVisible,
  type OfferForm,
} from '@proviso/catalogue/answers';

/** How far an offer has come. */
export interface Standing {
  /** What is wrong, by question, in the order of the form. */
  faults: ReadonlyMap<string, AnswerFault['kind']>;
  visible: ReadonlySet<string>;
  /** Requirements that have their answer, and nothing wrong or missing with what goes with it. */
  done: ReadonlySet<string>;
}

export function standingOf(form: OfferForm, values: AnswerValues): Standing {
  const faults = new Map(answerFaults(form, values).map(({ question, kind }) => [question, kind]));
  const open = new Set(form.questions.filter(({ id }) => faults.has(id)).map(({ requirement }) => requirement));
  return {
    faults,
    visible: new Set(form.questions.filter((one) => isVisible(one, values)).map(({ id }) => id)),
    done: new Set(form.requirements.map(({ id }) => id).filter((id) => !open.has(id))),
  };
}
