import { SCALES as CODEBOOK } from '@proviso/reading';
import { expect, it } from 'vitest';
import { QUESTIONS, SCALES, shadeOf } from './client/scales.ts';

// The page imports nothing from other rooms, so it has the scales a second time.
it.each(QUESTIONS)(
  'the page has the values of %s as the codebook has them, each darker than the one before',
  (question) => {
    expect(SCALES[question]).toEqual(CODEBOOK[question]);
    const shades = SCALES[question].map((value) => shadeOf(question, value));
    expect(shades).toEqual([...new Set(shades)].sort((a, b) => a - b));
  },
);
