import { expect, test } from 'vitest';
import { loadTenderWords, type TenderLanguage } from './tender-words.ts';

test.each<[TenderLanguage, string, { hours: number; working?: true; every?: true }[]]>([
  ['en', 'within 24 (twenty-four) hours', [{ hours: 24 }]],
  ['en', 'within two working days', [{ hours: 48, working: true }]],
  ['en', 'a test every three years', [{ hours: 3 * 8760, every: true }]],
  ['en', 'a test is made annually', [{ hours: 8760, every: true }]],
  ['fr', 'tous les trois ans', [{ hours: 3 * 8760, every: true }]],
  ['fr', 'sous dix jours ouvrés', [{ hours: 240, working: true }]],
  ['nl', 'jaarlijks, en binnen 14 dagen', [{ hours: 336 }, { hours: 8760, every: true }]],
  ['de', 'binnen einem Monat', [{ hours: 730 }]],
  ['de', 'alle zwei Jahre', [{ hours: 2 * 8760, every: true }]],
  ['en', 'version 24 of the hours', []],
])('%s: %s', (language, text, expected) => {
  const found = loadTenderWords(language).durations.find(text, 0, text.length);
  expect(
    found.map(({ hours, working, every }) => ({ hours, ...(working && { working }), ...(every && { every }) })),
  ).toEqual(expected);
});
