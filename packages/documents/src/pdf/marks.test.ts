import { expect, test } from 'vitest';
import { depthOfNumber, startsItem, startsLoneNumber, startsNumber } from './marks.ts';

test.each([
  ['3.2.1 Encryption of data', '3.2.1'],
  ['3. Scope', '3'],
  ['1.0 - DO OBJETO', '1.0'],
  ['A.5.1 Policies', 'A.5.1'],
  ['Article 7: Termination', 'Article 7'],
  ['Artikel 12 Geheimhouding', 'Artikel 12'],
  ['§ 4 Haftung', '§ 4'],
  ['Annex B', 'Annex B'],
  ['Lot n° 3 - Plâtrerie', 'Lot n° 3'],
  ['(a) the supplier', '(a)'],
  ['4) name of the system', '4)'],
  ['12 servers are delivered', null],
  ['27001 certificate', null],
  ['annexe et la joindre à son offre', null],
  ['2024 was a good year', null],
  ['TLS 1.2 or later', null],
  ['', null],
])('%s is numbered %s', (text, number) => {
  expect(startsNumber(text)).toBe(number);
});

test.each([
  ['• disks', true],
  ['- tapes', true],
  ['a) keys', true],
  ['(iv) logs', true],
  ['b. backups', true],
  ['A sentence', false],
  ['e-mail is used', false],
  ['3.2 Scope', false],
])('%s opens an item: %s', (text, item) => {
  expect(startsItem(text)).toBe(item);
});

test('depth of a number', () => {
  expect(['3', '3.2', '3.2.1', '2.0', 'A.5.1', 'Article 7', '§ 4', '(a)'].map(depthOfNumber)).toEqual([
    1,
    2,
    3,
    1,
    3,
    1,
    1,
    null,
  ]);
});

test('a bare number counts before a capital only', () => {
  expect(startsLoneNumber('4 Security')).toBe('4');
  expect(startsLoneNumber('4 servers')).toBeNull();
});
