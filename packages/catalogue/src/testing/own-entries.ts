import type { KeptOwn } from '../own.ts';
import type { OwnEntry, Spoken } from '../own-entry.ts';

type Question = OwnEntry['question'];

/** Words for an own requirement with this question, in English. */
export function spoken(question: Question = { answer: 'yes-no' }): Spoken {
  return {
    title: 'Logs stay here',
    sentences: ['The supplier keeps all logs here.'],
    why: 'Our regulator reads them.',
    question: 'Where are the logs kept?',
    choices: question.answer === 'choice' ? question.choices.map((meets, i) => `Choice ${i + 1}: ${meets}`) : [],
    measure: question.answer === 'number' ? 'Days' : null,
    evidence: ['A list of the places'],
    clause: 'The supplier keeps all logs in the country of the buyer.',
    remedy: null,
    acceptance: null,
    exit: null,
    phrases: [],
  };
}

/** An own requirement, asked for in every purchase; `change` may be anything, for what is refused. */
export function entry(change: object = {}, words: object = {}): OwnEntry {
  const made = {
    language: 'en',
    asked: 'always',
    applies: ['product', 'service'],
    risks: ['RSK-01'],
    graded: false,
    knockout: false,
    burden: 1,
    question: { answer: 'yes-no' },
    evidence: ['document'],
    ...change,
  } as OwnEntry;
  return { ...made, words: { en: spoken(made.question), ...words } };
}

/** As it is kept. */
export function kept(value: unknown, change: Partial<KeptOwn> = {}): KeptOwn {
  return { id: 'OWN-01', version: 1, retired: null, entry: value, ...change };
}
