import type { FormQuestion, OfferForm } from '@proviso/catalogue/answers';

const question = (id: string, more: Partial<FormQuestion>): FormQuestion => ({
  id,
  requirement: id.slice(0, 5),
  part: 'answer',
  type: 'text',
  label: `Question ${id}`,
  help: null,
  choices: [],
  unit: null,
  visible: null,
  required: true,
  version: `${id}-1`,
  ...more,
});

/** A form of three requirements; one has a further question. `demand` and the version of AA-02 can be others. */
export function smallForm(demand = 'd'.repeat(64), version = 'AA-02-1'): OfferForm {
  const requirement = (id: string, knockout = false) => ({
    id,
    title: `Title of ${id}`,
    sentence: `The supplier shall do ${id}.`,
    why: `Because of ${id}.`,
    knockout,
    draft: false,
  });
  return {
    schema: 'proviso.form/1',
    title: 'Citizens’ portal',
    reference: 'T-1',
    buyer: 'Town of Ede',
    language: 'en',
    demand,
    edition: '2026.1',
    sections: [
      { id: 'AA', title: 'First things', requirements: ['AA-01', 'AA-02'] },
      { id: 'BB', title: 'Other things', requirements: ['BB-01'] },
    ],
    requirements: [requirement('AA-01', true), requirement('AA-02'), requirement('BB-01')],
    questions: [
      question('AA-01', { type: 'yes-no', label: 'Is it so?' }),
      question('AA-01.deviation', {
        part: 'deviation',
        label: 'What do you offer instead?',
        visible: { 'AA-01': false },
      }),
      question('AA-02', { type: 'number', label: 'In how many days?', unit: 'days', version }),
      question('BB-01', { label: 'How do you do it?' }),
    ],
  };
}
