import { describe, expect, it } from 'vitest';
import { judge } from './resolve-gates.ts';

const DANE = { needs: ['TLSA', 'DNSSEC', 'certificaat'], not: ['osobowe'] };
const at = (text: string, name: string): [string, number, number] => [
  text,
  text.indexOf(name),
  text.indexOf(name) + name.length,
];

describe('judge', () => {
  it.each<[string, boolean, string | null]>([
    ['DANE with DNSSEC', true, 'DNSSEC'],
    ['certificaatketen en DANE', true, 'certificaat'],
    ['dane osobowe, DANE, DNSSEC', false, 'osobowe'],
    ['DANE is a ministry', false, null],
    [`DANE ${'x '.repeat(120)} DNSSEC`, false, null],
    ['DANE TLSA-records', true, 'TLSA'],
    ['DANE TLSAxyz', true, 'TLSA'],
    ['DANE XTLSA', false, null],
  ])('%s', (text, open, word) => {
    expect(judge(DANE, ...at(text, 'DANE'))).toEqual({ open, word });
  });

  it('does not take a figure and a beginning for a word', () => {
    const des = { needs: ['3DES', 'AES'], not: [] };
    expect(judge(des, ...at('ARTICLE 3 : DESCRIPTION DES SITES', 'DES ')).open).toBe(false);
    expect(judge(des, ...at('3DES, DES and RC4', 'DES and')).word).toBe('3DES');
  });

  it('lets a name by when only forbidding words are listed', () => {
    expect(judge({ needs: [], not: ['sun'] }, ...at('SPF 50 sun cream', 'SPF'))).toEqual({ open: false, word: 'sun' });
    expect(judge({ needs: [], not: ['sun'] }, ...at('SPF record', 'SPF'))).toEqual({ open: true, word: null });
  });

  it('does not find the needed word in the name itself', () => {
    expect(judge({ needs: ['DANE'], not: [] }, ...at('the DANE office', 'DANE')).open).toBe(false);
  });
});
