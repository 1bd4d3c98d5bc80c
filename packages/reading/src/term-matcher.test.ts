import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TermMatcher } from './term-matcher.ts';

function found(terms: string[], text: string): string[] {
  const matcher = new TermMatcher(terms.map((term) => ({ text: term, label: term })));
  const hits: string[] = [];
  matcher.scan(text, 0, text.length, (label, start, end) => hits.push(`${label}@${text.slice(start, end)}`));
  return hits;
}

describe('TermMatcher', () => {
  it.each([
    ['whole words only', ['cat'], 'concat cat category', ['cat@cat']],
    ['a stem takes any ending', ['encrypt*'], 'Encrypted, encryption', ['encrypt*@Encrypted', 'encrypt*@encryption']],
    [
      'a compound may begin inside a word',
      ['*sicherheit*'],
      'IT-Sicherheitskonzept Datensicherheit',
      ['*sicherheit*@Sicherheitskonzept', '*sicherheit*@sicherheit'],
    ],
    ['a compound that must end the word', ['*wet'], 'Archiefwet wetten', ['*wet@wet']],
    ['capitals only in capitals', ['IT', 'MFA'], 'it is IT and mfa', ['IT@IT']],
    ['a star inside a term', ['protect* of data'], 'protection of data', ['protect* of data@protection of data']],
    ['a star alone is any one word', ['ne * pas'], 'ne doit pas; ne doit jamais pas', ['ne * pas@ne doit pas']],
    [
      'blanks, breaks and hyphens are one gap',
      ['two factor'],
      'two-factor, two\n factor',
      ['two factor@two-factor', 'two factor@two\n factor'],
    ],
    [
      'an apostrophe is a gap',
      ["sécurité de l'information"],
      'SÉCURITÉ DE L’INFORMATION',
      ["sécurité de l'information@SÉCURITÉ DE L’INFORMATION"],
    ],
    ['accents may be missing', ['sécurité'], 'securite', ['sécurité@securite']],
    ['ligatures', ['confidential*'], 'conﬁdentiality', ['confidential*@conﬁdentiality']],
    ['soft hyphens', ['security'], 'secu\u00adrity', ['security@secu\u00adrity']],
    ['full width', ['TLS'], 'ＴＬＳ tls', []],
    ['no spaces in Japanese', ['暗号化'], '通信を暗号化する', ['暗号化@暗号化']],
    ['a stop ends a term', ['access control'], 'access. Control', []],
    [
      'several terms at one place',
      ['data', 'data protection'],
      'data protection',
      ['data@data', 'data protection@data protection'],
    ],
  ] as const)('%s', (_name, terms, text, expected) => {
    expect(found([...terms], text)).toEqual(expected);
  });

  it('finds what a plain search finds, for plain words', () => {
    const word = fc.stringMatching(/^[a-z]{1,6}$/);
    fc.assert(
      fc.property(
        fc.uniqueArray(word, { minLength: 1, maxLength: 8 }),
        fc.array(word, { maxLength: 30 }),
        (terms, words) => {
          const text = words.join(' ');
          const expected = words.filter((one) => terms.includes(one)).map((one) => `${one}@${one}`);
          expect(found(terms, text)).toEqual(expected);
        },
      ),
    );
  });

  it('reads a line of a million letters without a space', () => {
    const text = 'ab'.repeat(500_000);
    expect(found(['ab*', '*bab*'], text).length).toBeGreaterThan(0);
  });
});
