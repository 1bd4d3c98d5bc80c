import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { LANGUAGES } from '@proviso/catalogue';
import { describe, expect, it } from 'vitest';
import { wordsOf } from './messages.ts';

const kinds = [
  ...new Set(readdirSync(join(import.meta.dirname, '..', 'messages')).map((file) => file.split('.')[0] ?? '')),
];
const marks = (text: string): string[] => [...text.matchAll(/\{\w+\}/g)].map(([mark]) => mark).sort();

describe.each(kinds)('the words of %s', (kind) => {
  const english = wordsOf(kind, 'en');
  it.each(LANGUAGES)('%s has every message, with the same marks', (language) => {
    const words = wordsOf(kind, language);
    expect(Object.keys(words).sort()).toEqual(Object.keys(english).sort());
    for (const [id, text] of Object.entries(words)) expect([id, marks(text)]).toEqual([id, marks(english[id] ?? '')]);
  });
});
