import {
  type AnswerValue,
  type DemandFile,
  isVisible,
  type Level,
  type OfferForm,
  requirementOf,
} from '@proviso/catalogue';
import { type ExampleLanguage, tell } from './words.ts';

/** A made-up supplier of the worked example, and how well it answers. */
export interface ExampleBidder {
  name: string;
  country: string;
  /** In cents. */
  price: number;
  /** The level it reaches, by place of the requirement and the level that is asked. */
  reaches(at: number, asked: Level, knockout: boolean): Level | 'none';
}

const ORDER: readonly (Level | 'none')[] = ['none', 'basic', 'standard', 'advanced'];
/** So many steps above or below what is asked. */
const step = (asked: Level, by: number): Level | 'none' =>
  ORDER[Math.min(3, Math.max(0, ORDER.indexOf(asked) + by))] ?? 'none';

export const BIDDERS: readonly ExampleBidder[] = [
  {
    name: 'Nordlys Digital',
    country: 'DK',
    price: 41_200_000,
    reaches: (at, asked) => step(asked, at % 3 === 0 ? 1 : 0),
  },
  {
    name: 'Portalis',
    country: 'BE',
    price: 35_500_000,
    reaches: (at, asked, knockout) => step(asked, at % 7 === 3 && !knockout ? -1 : at % 5 === 0 ? 1 : 0),
  },
  {
    name: 'Cité Web',
    country: 'FR',
    price: 29_800_000,
    reaches: (at, asked, knockout) => step(asked, at % 4 === 1 && !knockout ? -1 : 0),
  },
  {
    name: 'Budgetware',
    country: 'NL',
    price: 17_900_000,
    // Misses minimum requirements too.
    reaches: (at, asked, knockout) => (knockout && at % 2 === 0 ? 'none' : step(asked, at % 2 === 0 ? -1 : 0)),
  },
];

/** The answers of a bidder to a form; every question that is shown has one, in the words of the example. */
export function answersOf(
  bidder: ExampleBidder,
  form: OfferForm,
  { demand, catalogue }: DemandFile,
  language: ExampleLanguage,
): Record<string, AnswerValue> {
  const values: Record<string, AnswerValue> = {};
  demand.requirements.forEach(({ id, level, knockout, parameters }, at) => {
    const { question, parameters: all } = requirementOf(catalogue, id);
    const reached = bidder.reaches(at, level, knockout);
    if (question.answer === 'choice') values[id] = choiceAt(question.choices ?? [], reached);
    else if (question.answer === 'number') {
      const measured = all.find((one) => one.id === question.unit);
      const own = reached === level && question.unit !== undefined ? parameters[question.unit] : undefined;
      values[id] = own ?? measured?.values[reached === 'none' ? 'basic' : reached] ?? 1;
    } else
      values[id] = question.answer === 'yes-no' ? reached !== 'none' : tell('evidence', language, { requirement: id });
    values[`${id}.deviation`] = tell(reached === 'none' ? 'deviation.none' : 'deviation.basic', language);
    values[`${id}.evidence`] = tell('evidence', language, { requirement: id });
  });
  const shown = form.questions.filter((question) => isVisible(question, values) && Object.hasOwn(values, question.id));
  return Object.fromEntries(shown.map(({ id }) => [id, values[id] ?? null]));
}

/** The choice that reaches a level, or the next one below it. */
function choiceAt(choices: readonly { id: string; meets: string }[], level: Level | 'none'): string | null {
  for (let at = ORDER.indexOf(level); at >= 0; at--) {
    const found = choices.find(({ meets }) => meets === ORDER[at]);
    if (found) return found.id;
  }
  return choices.at(-1)?.id ?? null;
}
