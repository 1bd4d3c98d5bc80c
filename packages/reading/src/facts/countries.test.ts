import { describe, expect, it } from 'vitest';
import { countryCode, countryIn } from './countries.ts';

describe('countryIn', () => {
  it.each([
    ['Issued by the General Services Administration.', 'US'],
    ['Bundesrepublik Deutschland, Vergabestelle', 'DE'],
    ['Voir https://www.interieur.gouv.fr/a et contact@sante.gouv.fr', 'FR'],
    ['Meer op https://www.rijksoverheid.nl en https://forum.overheid.nl/x', 'NL'],
    ['デジタル庁の調達仕様書', 'JP'],
    ['A page at https://example.org/gov.uk', null],
    ['', null],
  ])('%s', (text, expected) => {
    expect(countryIn(text)?.value ?? null).toBe(expected);
  });
});

describe('countryCode', () => {
  it.each([
    ['GB', 'GB'],
    ['United Kingdom', 'GB'],
    ['Royaume-Uni', 'GB'],
    ['Niederlande', 'NL'],
    ['FRANCE', 'FR'],
    ['European Union', 'EU'],
    ['Somewhere', null],
    ['', null],
  ])('%s is %s', (written, code) => expect(countryCode(written)).toBe(code));
});
