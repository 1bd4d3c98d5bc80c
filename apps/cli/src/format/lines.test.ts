import fc from 'fast-check';
import { expect, test } from 'vitest';
import { printable } from '../terminal.ts';
import { excerpt, placeIn, wrap } from './lines.ts';

test('an excerpt keeps its lines and width, and shows where it was cut', () => {
  expect(excerpt('one two three four', 9, 2)).toEqual(['one two', 'three fo…']);
  expect(excerpt('one two', 9, 2)).toEqual(['one two']);
  fc.assert(
    fc.property(fc.string(), fc.integer({ min: 2, max: 40 }), fc.integer({ min: 1, max: 4 }), (text, width, most) => {
      const lines = excerpt(printable(text), width, most);
      expect(lines.length).toBeLessThanOrEqual(most);
      for (const line of lines) expect(line.length).toBeLessThanOrEqual(width);
    }),
  );
});

test('wrapping loses no word', () => {
  fc.assert(
    fc.property(fc.string(), fc.integer({ min: 1, max: 40 }), (text, width) => {
      const folded = printable(text);
      expect(wrap(folded, width).join(' ')).toBe(folded);
    }),
  );
});

test.each([
  ['p. 3', 'Annex › Security › Cryptography', 60, 'p. 3 › Annex › Security › Cryptography'],
  ['p. 3', 'Annex › Security › Cryptography', 30, 'p. 3 › … › Cryptography'],
  ['p. 3', 'Annex › Security › Cryptography', 14, 'p. 3 › … › Cr…'],
  ['', 'Annex', 30, 'Annex'],
  ['p. 3', '', 30, 'p. 3'],
  ['', '', 30, ''],
])('place: %s, %s in %i', (page, section, width, expected) => {
  expect(placeIn(page, section, width)).toBe(expected);
});
