import { type AnswerFile, type AnswerValue, answersText, type OfferForm } from '@proviso/catalogue/answers';
import type { Draft } from './draft.ts';
import type { Standing } from './standing.ts';

export type Say = (id: string, values?: Readonly<Record<string, string | number>>) => string;

/** What every part of the page is drawn from. */
export interface FormPage {
  form: OfferForm;
  say: Say;
  draft: Draft;
  standing: Standing;
  /** The supplier has asked what is missing: from then on it also shows beside the questions. */
  checked: boolean;
  /** The question that is being written in; half a number is not called wrong. */
  writing: string | null;
  /** The declaration, and the answers as they were when it was made. */
  signed: { declaration: NonNullable<AnswerFile['declaration']>; text: string } | null;
  answer(question: string, value: AnswerValue): void;
  /** Changes the draft, keeps it, and draws what depends on it. */
  change(change: Partial<Draft>): void;
  draw(): void;
  /** Says a thing to who does not see it. */
  tell(text: string): void;
  focusQuestion(question: string): void;
  /** The draft was saved as a file, so that leaving loses nothing. */
  saved(): void;
}

/** A part of the page: made once, and brought up to date after each change, so that the focus stays where it is. */
export interface Part {
  element: HTMLElement;
  sync(): void;
}

/** Id of an element of the page; ids of the form may hold anything. */
export function elementId(kind: string, index: number): string {
  return `${kind}${index}`;
}

/** `GOV-01 Title of it`, and for what goes with an answer the question too. */
export function questionName({ form }: Pick<FormPage, 'form'>, id: string): string {
  const question = form.questions.find((one) => one.id === id);
  const requirement = form.requirements.find((one) => one.id === question?.requirement);
  if (!question || !requirement) return id;
  const name = `${requirement.id} ${requirement.title}`;
  return question.part === 'answer' ? name : `${name}: ${question.label}`;
}

/** What is signed: the answers that count, as a text. */
export function textToSign({ form, draft }: FormPage): string {
  return answersText(form, draft.supplier, draft.values);
}

/** The declaration, as long as the answers are those it was made for. */
export function standingDeclaration(page: FormPage): AnswerFile['declaration'] {
  return page.signed && page.signed.text === textToSign(page) ? page.signed.declaration : null;
}
