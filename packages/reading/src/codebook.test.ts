import { describe, expect, it } from 'vitest';
import { CODEBOOK_VERSION, codeLabel, loadCodebook, SCALES, type Scale } from './codebook.ts';
import { MESSAGE_LANGUAGES } from './messages.ts';

describe('codebook', () => {
  const codebook = loadCodebook();

  it('defines every value of every scale in four languages, with examples', () => {
    expect(codebook.version).toBe(CODEBOOK_VERSION);
    for (const scale of Object.keys(SCALES) as Scale[]) {
      expect(codebook.scales[scale].values.map(({ id }) => id)).toEqual([...SCALES[scale]]);
      if (scale === 'status') continue;
      for (const { definition, examples } of codebook.scales[scale].values) {
        for (const language of MESSAGE_LANGUAGES) {
          expect(definition?.[language].length).toBeGreaterThan(5);
          expect(examples?.[language].length).toBeGreaterThan(0);
        }
      }
    }
  });

  it('names a value in a language, in English for others, and an unknown value by itself', () => {
    expect(codeLabel('security', 'proof', 'nl')).toBe('een eis met bewijs');
    expect(codeLabel('security', 'proof', 'pt')).toBe('a requirement with proof');
    expect(codeLabel('scope', 'nonsense', 'en')).toBe('nonsense');
  });
});
