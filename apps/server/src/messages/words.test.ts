import { expect, test } from 'vitest';
import { isWordId, oneLine, timeText, WORDS, type WordId, write } from './words.ts';

const marksOf = (text: string): string[] => [...text.matchAll(/\{(\w+)\}/g)].map(([mark]) => mark).sort();

test.each(['fr', 'nl', 'de'] as const)('%s says what English says, with the same marks', (language) => {
  expect(Object.keys(WORDS[language]).sort()).toEqual(Object.keys(WORDS.en).sort());
  for (const [id, text] of Object.entries(WORDS.en))
    expect(marksOf(WORDS[language][id as WordId]), id).toEqual(marksOf(text));
});

test('every letter has a subject and a body', () => {
  const ids = Object.keys(WORDS.en).filter((id) => id.endsWith('.body'));
  expect(ids.length).toBeGreaterThan(25);
  for (const id of ids) expect(isWordId(id.replace('.body', '.subject')), id).toBe(true);
});

test('a mark inside a value is not filled again', () => {
  expect(write('approved.body', 'en', { person: '{as}', purchase: '{person}', as: 'legal' })).toBe(
    '{as} approved the requirements of {person} for legal.',
  );
  expect(() => write('approved.body', 'en', { person: 'A' })).toThrow('Nothing fills {purchase}');
});

test('a deadline keeps its own wall clock', () => {
  expect(timeText({ local: '2026-03-29T02:30:00', zone: 'Europe/Brussels' }, 'en')).toBe(
    'March 29, 2026, 02:30 (Europe/Brussels)',
  );
  expect(timeText({ local: '2026-01-31T12:00', zone: 'Europe/Paris' }, 'fr')).toBe(
    '31 janvier 2026, 12:00 (Europe/Paris)',
  );
});

test('a line is one line, and short', () => {
  expect(oneLine('Acme\r\nBcc: all@example.org\u202e\u0000')).toBe('Acme Bcc: all@example.org');
  expect([...oneLine('😀'.repeat(300), 10)]).toHaveLength(10);
});
