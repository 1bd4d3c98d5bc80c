import { type DemandFile, demandFileOf, derive, type Requirement, type Text } from '@proviso/catalogue';
import { contextOf } from '@proviso/catalogue/check';
import { CONTEXT, requirement, risk, smallCatalogue, text } from '@proviso/catalogue/testing/small-catalogue';

const CHOICE: Requirement['question'] = {
  text: text('How well?'),
  answer: 'choice',
  choices: [
    { id: 'well', text: text('Very well'), meets: 'advanced' },
    { id: 'fair', text: text('Fairly'), meets: 'standard' },
    { id: 'not', text: text('Not at all'), meets: 'none' },
  ],
};

/** One requirement for each type of answer. */
export const ASKING: readonly Requirement[] = [
  requirement('AA-01', { question: CHOICE, knockout: true }),
  requirement('AA-02', { question: { text: text('Is it so?'), answer: 'yes-no' } }),
  requirement('AA-03', {
    question: { text: text('In how many days?'), answer: 'number', unit: 'days', better: 'lower' },
  }),
  requirement('BB-01', { question: { text: text('Since when?'), answer: 'date' } }),
  requirement('BB-02', { question: { text: text('How do you do it?'), answer: 'text' } }),
];

/** Answers that make the form of `ASKING` complete. */
export const ANSWERS = {
  'AA-01': 'well',
  'AA-02': true,
  'AA-03': 7,
  'BB-01': '2026-01-31',
  'BB-02': 'By hand.',
} as const;

/** A demand for exactly these requirements. */
export function askingDemand(
  requirements: readonly Requirement[] = ASKING,
  context: { title?: string; buyer?: string; reference?: string } = {},
): DemandFile {
  const small = smallCatalogue();
  const domains: { id: string; text: Text }[] = [
    { id: 'AA', text: text('First things') },
    { id: 'BB', text: text('Other things') },
  ];
  const catalogue = smallCatalogue({
    requirements: [...requirements],
    risks: [
      risk(
        'RSK-01',
        requirements.map(({ id }) => ({ answers: [id] })),
        {
          likelihood: { prior: 5, basis: 'test', confidence: 'low', factors: [] },
        },
      ),
    ],
    vocabulary: { ...small.vocabulary, domains },
  });
  const purchase = contextOf(
    { ...CONTEXT, title: 'Mail service', buyer: 'Town of Ede', reference: 'T-1', ...context },
    catalogue,
  );
  return demandFileOf(derive(purchase, catalogue), catalogue);
}
