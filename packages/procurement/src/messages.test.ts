import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import de from '../messages/de.json' with { type: 'json' };
import en from '../messages/en.json' with { type: 'json' };
import fr from '../messages/fr.json' with { type: 'json' };
import nl from '../messages/nl.json' with { type: 'json' };
import { type Code, message, refusalText } from './messages.ts';
import { refuse } from './refusal.ts';

const codes = Object.keys(en) as Code[];
const marks = (text: string): string[] => (text.match(/\{[a-zA-Z]+\}/g) ?? []).sort();

describe('what the room says', () => {
  test.each([
    ['fr', fr],
    ['nl', nl],
    ['de', de],
  ] as const)('%s has every message, with the same marks and its own words', (_, words) => {
    expect(Object.keys(words)).toEqual(codes);
    for (const code of codes) {
      expect([code, marks(words[code])]).toEqual([code, marks(en[code])]);
      expect(words[code]).not.toBe(en[code]);
      expect(words[code].trim()).not.toBe('');
    }
  });

  test('every message is used', () => {
    const files = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' });
    const source = files
      .filter((one) => one.endsWith('.ts') && !one.endsWith('.test.ts'))
      .map((one) => readFileSync(join(import.meta.dirname, one), 'utf8'))
      .join('\n');
    for (const code of codes) expect([code, source.includes(`'${code}'`)]).toEqual([code, true]);
  });

  test('marks are filled, also with what looks like a mark or a pattern', () => {
    expect(refusalText(refuse('unknown', { id: '$& {id}' }), 'en')).toContain('“$& {id}”');
    expect(message('unknown', 'en')).toContain('{id}');
    expect(message('unknown', 'en', { constructor: 'x' })).toContain('{id}');
  });
});
