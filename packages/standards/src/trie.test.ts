import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tokenize } from './tokens.ts';
import { buildTrie, type Pattern, scan } from './trie.ts';

const isExact = (name: string) => /\p{Lu}/u.test(name) && !/\p{Ll}/u.test(name);
const pattern = (name: string, target: number): Pattern => ({ name, target, exact: isExact(name), language: 0 });

function found(names: string[], text: string): string[] {
  const trie = buildTrie(names.map(pattern));
  const tokens = tokenize(text);
  const out: string[] = [];
  scan(trie, text, tokens, (target, _language, first, _last, end) =>
    out.push(`${names[target]}: ${text.slice(tokens.start[first], end)}`),
  );
  return out;
}

describe('scan', () => {
  it.each<[string, string[], string, string[]]>([
    [
      'every separator alike',
      ['PCI DSS'],
      'PCI-DSS, PCI  DSS, PCI/DSS, PCI\nDSS',
      ['PCI DSS: PCI-DSS', 'PCI DSS: PCI  DSS', 'PCI DSS: PCI/DSS', 'PCI DSS: PCI\nDSS'],
    ],
    ['not over a comma or a bracket', ['Common Criteria'], 'in common, criteria (common) criteria', []],
    [
      'over a comma that is in the name, or left out',
      ['A, B and C law'],
      'a, b and c law; A B & C law',
      ['A, B and C law: a, b and c law', 'A, B and C law: A B & C law'],
    ],
    [
      'capitals as they are',
      ['DANE', 'IPsec'],
      'Dane dane DANE ipsec IPSEC',
      ['DANE: DANE', 'IPsec: ipsec', 'IPsec: IPSEC'],
    ],
    ['not inside a word', ['TLS', 'BIO'], 'ATLS TLSA BIOLOGY', []],
    ['short and long', ['TLS', 'TLS 1.2'], 'TLS 1.2', ['TLS: TLS', 'TLS 1.2: TLS 1.2']],
    [
      'a last word that goes on',
      ['küberturvalisuse seadus*'],
      'küberturvalisuse seaduse ja KUBERTURVALISUSE SEADUSEST',
      ['küberturvalisuse seadus*: küberturvalisuse seaduse', 'küberturvalisuse seadus*: KUBERTURVALISUSE SEADUSEST'],
    ],
    [
      'one word that goes on',
      ['dyrektyw*'],
      'dyrektywa, dyrektywy, dyr',
      ['dyrektyw*: dyrektywa', 'dyrektyw*: dyrektywy'],
    ],
    [
      'words cut by a line break',
      ['Baseline Informatiebeveiliging'],
      'Baseline Informatiebe-\nveiliging',
      ['Baseline Informatiebeveiliging: Baseline Informatiebe-\nveiliging'],
    ],
    ['a first word that is cut', ['Grundschutz'], 'Grund\u00adschutz', ['Grundschutz: Grund\u00adschutz']],
    ['Latin in Japanese', ['TLS'], '通信はTLSを使う', ['TLS: TLS']],
  ])('finds %s', (_, names, text, expected) => {
    expect(found(names, text).sort()).toEqual(expected.sort());
  });

  it('refuses a name of separators only', () => {
    expect(() => buildTrie([pattern('--', 0)])).toThrow(/without a letter/);
  });

  it('finds each of many names in the text that they make', () => {
    const word = fc.stringMatching(/^[a-z]{1,6}(?: [a-z]{1,4}| \d{1,3}){0,2}$/);
    fc.assert(
      fc.property(fc.uniqueArray(word, { minLength: 1, maxLength: 30 }), (names) => {
        const hits = new Set(found(names, names.join(' ; ')).map((hit) => hit.split(': ')[0]));
        for (const name of names) expect(hits).toContain(name);
      }),
    );
  });
});
