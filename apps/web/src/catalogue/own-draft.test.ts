import { readOwnEntry } from '@proviso/catalogue/check';
import { entry, spoken } from '@proviso/catalogue/testing/own-entries';
import { describe, expect, it } from 'vitest';
import { draftOf, entryOf, newDraft } from './own-draft.ts';

describe('an own requirement in the form', () => {
  const words = { ...spoken(), title: 'Logs blijven hier', remedy: 'Herstel.' };
  const number = {
    answer: 'number',
    unit: 'days',
    better: 'lower',
    range: [1, 9],
    values: { basic: 9, standard: 5, advanced: 2 },
  };
  it.each([
    ['as short as can be', entry()],
    ['in two languages', entry({}, { en: { ...spoken(), remedy: 'Mend it.' }, nl: words })],
    ['with choices', entry({ question: { answer: 'choice', choices: ['advanced', 'basic', 'none'] } })],
    ['with a number', entry({ question: number, asked: ['dns-service'] })],
    [
      'with levels',
      entry(
        { graded: true },
        { en: { ...spoken(), sentences: ['A.', 'B.', 'C.'], phrases: ['logs & here', 'places'] } },
      ),
    ],
  ])('%s is sent as it was kept', (_, kept) => {
    expect(entryOf(draftOf(kept))).toEqual(kept);
    expect(readOwnEntry(entryOf(draftOf(kept)))).toEqual({ entry: kept });
  });

  it('that is new lacks only words and risks', () => {
    const read = readOwnEntry(entryOf(newDraft('fr')));
    if (!('faults' in read)) throw new Error('It is whole.');
    expect([...new Set(read.faults.map(({ code }) => code))]).toEqual(['missing']);
    expect(read.faults.map(({ where }) => where)).toEqual(
      expect.arrayContaining(['risks', 'words.fr.title', 'words.fr.sentences.0', 'words.fr.clause']),
    );
  });
});
