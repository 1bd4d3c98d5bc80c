import type { Context } from '@proviso/catalogue';
import type { Vocabulary } from '../api/catalogue.ts';
import { centsOf } from '../offer/amount.ts';

type ListName = Exclude<keyof Vocabulary, 'edition'>;

/** One question about a purchase. Its words are `ask-{key}` and `why-{key}` of the area `wizard`. */
export interface Question {
  key: string;
  kind:
    | 'text'
    | 'one'
    | 'many'
    | 'select'
    | 'country'
    | 'language'
    | 'zone'
    | 'procedure'
    | 'months'
    | 'money'
    | 'yes-no';
  /** Of the vocabulary. */
  list?: ListName;
  optional?: true;
  /** Asked of this procedure only. */
  procedure?: string;
}

export interface Step {
  id: 'about' | 'what' | 'weight' | 'how' | 'check';
  questions: readonly Question[];
}

/** What a framework may come to; the answer is money as it was typed. */
export const CEILING: Question = { key: 'ceiling', kind: 'money', optional: true, procedure: 'framework' };

/** The questions in the order in which an officer knows the answers. The last step asks nothing and shows everything. */
export const STEPS: readonly Step[] = [
  {
    id: 'about',
    questions: [
      { key: 'title', kind: 'text' },
      { key: 'reference', kind: 'text' },
      { key: 'buyer', kind: 'text', optional: true },
      { key: 'country', kind: 'country' },
      { key: 'language', kind: 'language' },
      { key: 'zone', kind: 'zone' },
      { key: 'sector', kind: 'select', list: 'sectors' },
      { key: 'procedure', kind: 'procedure' },
      CEILING,
    ],
  },
  {
    id: 'what',
    questions: [
      { key: 'kinds', kind: 'many', list: 'kinds' },
      { key: 'types', kind: 'many', list: 'types' },
      { key: 'services', kind: 'many', list: 'services' },
      { key: 'assets', kind: 'many', list: 'assets' },
    ],
  },
  {
    id: 'weight',
    questions: [
      { key: 'criticality', kind: 'one', list: 'criticality' },
      { key: 'exposure', kind: 'one', list: 'exposure' },
      { key: 'personalData', kind: 'one', list: 'personalData' },
      { key: 'valueBand', kind: 'one', list: 'valueBand' },
    ],
  },
  {
    id: 'how',
    questions: [
      { key: 'hosting', kind: 'one', list: 'hosting' },
      { key: 'remoteAccess', kind: 'one', list: 'remoteAccess' },
      { key: 'development', kind: 'one', list: 'development' },
      { key: 'alternatives', kind: 'one', list: 'alternatives' },
      { key: 'ai', kind: 'yes-no' },
      { key: 'contractMonths', kind: 'months' },
    ],
  },
  { id: 'check', questions: [] },
];

/** Questions whose answers are of the purchase only, not of what security asks. */
const OF_PURCHASE = ['zone', 'procedure', 'ceiling'];

export type Answer = string | number | boolean | string[] | null;
export type Answers = Readonly<Record<string, Answer>>;

/** Stands for what is not answered yet, so that a preview can be shown early: the middle of each scale, and said to be so. */
const GUESSES: Answers = {
  kinds: ['product', 'service'],
  services: ['office-it'],
  assets: ['databases'],
  sector: 'other',
  country: 'BE',
  criticality: 'moderate',
  exposure: 'partners',
  personalData: 'ordinary',
  remoteAccess: 'on-request',
  hosting: 'hybrid',
  development: 'configured',
  alternatives: 'few',
  ai: false,
  contractMonths: 48,
  valueBand: 'medium',
};

export function isAnswered(answers: Answers, { key, optional }: Question): boolean {
  const answer = answers[key] ?? null;
  if (optional) return true;
  if (Array.isArray(answer)) return answer.length > 0;
  return answer !== null && answer !== '';
}

/** The questions of a step that these answers call for. */
export const askedIn = ({ questions }: Step, answers: Answers): Question[] =>
  questions.filter(({ procedure }) => procedure === undefined || procedure === answers.procedure);

/** What the answers say of the most that may be called off, in cents; null where nothing is, or no framework is meant. */
export const ceilingOf = ({ procedure, ceiling }: Answers): number | null =>
  procedure === CEILING.procedure && typeof ceiling === 'string' ? centsOf(ceiling) : null;

/** The id of the message that says what is wrong with an answer; null where nothing is. */
export function faultOf(
  answers: Answers,
  question: Question,
): 'missing' | 'missing-many' | 'months-range' | 'money-fault' | null {
  if (!isAnswered(answers, question)) return question.kind === 'many' ? 'missing-many' : 'missing';
  if (question.kind === 'money') {
    const typed = answers[question.key] ?? '';
    return typed === '' || centsOf(String(typed)) !== null ? null : 'money-fault';
  }
  if (question.kind !== 'months') return null;
  const months = Number(answers[question.key]);
  return Number.isInteger(months) && months >= 1 && months <= 600 ? null : 'months-range';
}

export const allAnswered = (answers: Answers): boolean =>
  STEPS.every((step) => askedIn(step, answers).every((one) => faultOf(answers, one) === null));

export interface Rest {
  laws: Context['laws'];
  departures: Context['departures'];
}

/**
 * The context that the answers make, with guesses where there are none. Null as long as nobody said what is bought: every guess would
 * mislead then.
 */
export function contextOf(answers: Answers, rest: Rest): Context | null {
  if (!Array.isArray(answers.types) || answers.types.length === 0) return null;
  const asked = STEPS.flatMap(({ questions }) => questions).filter(({ key }) => !OF_PURCHASE.includes(key));
  const given = asked
    .map((one): [string, Answer] => [one.key, isAnswered(answers, one) ? (answers[one.key] ?? null) : null])
    .map(([key, answer]): [string, Answer] => [key, answer ?? GUESSES[key] ?? null])
    .map(([key, answer]): [string, Answer] => [key, typeof answer === 'string' ? oneLine(answer) : answer])
    .filter(([, answer]) => answer !== null && answer !== '');
  return {
    schema: 'proviso.context/1',
    title: '…',
    language: 'en',
    ...Object.fromEntries(given),
    contractMonths: Number(answers.contractMonths ?? GUESSES.contractMonths) || 48,
    ...rest,
  } as Context;
}

/** The answers that a context came from, for changing them. */
export function answersOf(context: Context): Answers {
  const { schema: _, laws: _laws, departures: _departures, ...answers } = context;
  return answers as Answers;
}

/** Keys of the questions that a preview had to guess. */
export function guessed(answers: Answers): string[] {
  return STEPS.flatMap(({ questions }) => questions)
    .filter((one) => !one.optional && Object.hasOwn(GUESSES, one.key) && !isAnswered(answers, one))
    .map(({ key }) => key);
}

const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();
