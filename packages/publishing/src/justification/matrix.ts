import { type DemandFile, type Language, ratingOf } from '@proviso/catalogue';
import { say, type Words, wordsOf } from '../messages.ts';
import { type Block, type Cell, heading, table, text } from '../paper/blocks.ts';
import type { Terms } from '../terms.ts';

const GRADES = [1, 2, 3, 4, 5] as const;

/** The rated risks of a demand: method, matrix, a row for each risk with what raised or lowered it, and what each needs. */
export function riskBlocks(file: DemandFile, language: Language, terms: Terms): Block[] {
  const words = wordsOf('justification', language);
  const head = heading(1, say(words, 'risks'));
  if (file.demand.risks.length === 0) return [head, text(say(words, 'risks-none'))];
  return [
    head,
    text(say(words, 'risks-method')),
    heading(2, say(words, 'matrix')),
    matrix(file, language, terms),
    heading(2, say(words, 'ratings')),
    ratings(file, language, terms),
    heading(2, say(words, 'needs')),
    needs(file, language),
  ];
}

/** Likelihood down, impact across. Each field says its rating in words; the ground only repeats it. */
function matrix({ demand }: DemandFile, language: Language, terms: Terms): Block {
  const words = wordsOf('justification', language);
  const field = (likelihood: number, impact: number): Cell => {
    const rating = ratingOf(likelihood * impact);
    const here = demand.risks.filter((risk) => risk.likelihood === likelihood && risk.impact === impact);
    return {
      paragraphs: [[terms.rating(rating)], ...here.map(({ id }) => [{ strong: id }])],
      shade: rating,
    };
  };
  return table(
    [
      { head: say(words, 'matrix-corner'), width: 25 },
      ...GRADES.map((impact) => ({ head: graded(words, 'impact', impact), width: 15 })),
    ],
    [...GRADES]
      .reverse()
      .map((likelihood) => [
        graded(words, 'likelihood', likelihood),
        ...GRADES.map((impact) => field(likelihood, impact)),
      ]),
    { together: true },
  );
}

function ratings({ demand, catalogue }: DemandFile, language: Language, terms: Terms): Block {
  const words = wordsOf('justification', language);
  const signed = (by: number): string => (by > 0 ? `+${by}` : `−${-by}`);
  return table(
    [
      { head: say(words, 'risk'), width: 28 },
      { head: say(words, 'rating'), width: 30 },
      { head: say(words, 'factors'), width: 42 },
    ],
    demand.risks.map(({ id, likelihood, impact, score, rating, factors }) => [
      `${id} ${catalogue.risks.find((risk) => risk.id === id)?.title[language] ?? ''}`,
      {
        paragraphs: [
          [{ strong: say(words, 'rating-value', { rating: terms.rating(rating), score }) }],
          [graded(words, 'likelihood', likelihood)],
          [graded(words, 'impact', impact)],
        ],
        shade: rating,
      },
      factors.length === 0
        ? say(words, 'factor-none')
        : {
            paragraphs: factors.map(({ side, by, because }) => [
              say(words, 'factor', { because: because[language], side: say(words, `side-${side}`), by: signed(by) }),
            ]),
          },
    ]),
  );
}

/** A grade with its word, as "Likelihood 4: likely". */
function graded(words: Words, side: 'likelihood' | 'impact', value: number): string {
  return say(words, `matrix-${side}`, { value, word: say(words, `${side}-${value}`) });
}

function needs({ demand, catalogue }: DemandFile, language: Language): Block {
  const words = wordsOf('justification', language);
  return table(
    [
      { head: say(words, 'risk'), width: 14 },
      { head: say(words, 'need'), width: 56 },
      { head: say(words, 'answered-by'), width: 30 },
    ],
    demand.risks.flatMap((risk) =>
      risk.needs.map(({ id, answeredBy }) => [
        risk.id,
        needText({ catalogue }, risk.id, id, language),
        answeredBy.length === 0 ? say(words, 'answered-by-none') : answeredBy.join(', '),
      ]),
    ),
  );
}

/** What a need of a risk says; its id where the snapshot lacks it. */
export function needText(
  { catalogue }: Pick<DemandFile, 'catalogue'>,
  risk: string,
  need: string,
  language: Language,
): string {
  const entry = catalogue.risks.find(({ id }) => id === risk);
  return entry?.needs.find(({ id }) => id === need)?.text[language] ?? need;
}
