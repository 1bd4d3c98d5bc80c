import { expect, it } from 'vitest';
import { country, language } from './option-values.ts';

it.each([
  [language, 'NL', 'nl'],
  [language, 'xx', null],
  [language, 'dutch', null],
  [country, 'nl', 'NL'],
  [country, 'zz', null],
  [country, 'NLD', null],
])('%o takes %s as %s', (read, value, taken) => {
  if (taken === null) expect(() => read(value)).toThrow(/code of two letters/);
  else expect(read(value)).toBe(taken);
});
