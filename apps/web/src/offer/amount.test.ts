import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatsFor } from '../i18n/format.ts';
import { LANGUAGES } from '../i18n/language.ts';
import { centsOf } from './amount.ts';

describe('an amount as people write it', () => {
  it.each([
    ['12500', 1_250_000],
    ['12500,5', 1_250_050],
    ['12 500,50', 1_250_050],
    ['12.500,50', 1_250_050],
    ['12,500.50', 1_250_050],
    ["12'500.50", 1_250_050],
    ['€ 1.234.567', 123_456_700],
    ['12.500', 1_250_000],
    ['0', 0],
    ['0,01', 1],
    ['9999999999,99', 999_999_999_999],
    ['99999999999', null],
    ['', null],
    ['-5', null],
    ['1e9', null],
    ['12.50.00', null],
    ['1.23.456', null],
    ['12,500,5000', null],
    ['about 5', null],
    ['٥', null],
  ])('%s', (written, cents) => {
    expect(centsOf(written)).toBe(cents);
  });

  it('is read back from every language that writes it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 999_999_999_999 }), fc.constantFrom(...LANGUAGES), (cents, language) => {
        expect(centsOf(formatsFor(language).money(cents))).toBe(cents);
      }),
    );
  });
});
