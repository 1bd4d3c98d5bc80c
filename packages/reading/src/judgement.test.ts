import { describe, expect, it } from 'vitest';
import { analyse } from './analysis.ts';
import { judge, modalityAt } from './judgement.ts';
import { loadLexicons } from './lexicon.ts';
import { documentOf } from './testing/document.ts';

const lexicons = loadLexicons();

function judged(lines: string, language = 'en') {
  return judge(analyse(documentOf(lines, language), lexicons));
}

describe('modality', () => {
  it.each([
    ['en', 'The contractor shall encrypt all data.', 'must'],
    ['en', 'TLS 1.3 should be used.', 'should'],
    ['en', 'The bidder may use OAuth 2.0.', 'may'],
    ['en', 'The present portal runs on SAML.', 'context'],
    ['en', 'SSLv3 must be disabled.', 'negative'],
    ['en', 'TLS 1.0 is not supported.', 'negative'],
    ['en', 'The key words MUST and SHOULD are to be read as in RFC 2119.', 'boilerplate'],
    ['en', 'Encrypt data in transit by default.', 'should'],
    ['fr', 'Le titulaire doit chiffrer les données.', 'must'],
    ['fr', 'SSL v3 est à proscrire.', 'negative'],
    ['fr', 'Il convient de privilégier TLS 1.3.', 'should'],
    ['de', 'Die Daten müssen verschlüsselt werden.', 'must'],
    ['de', 'MD5 ist nicht zulässig.', 'negative'],
    ['de', 'TLS 1.3 sollte eingesetzt werden.', 'should'],
    ['nl', 'De leverancier moet DNSSEC ondersteunen.', 'must'],
    ['nl', 'Het gebruik van SHA-1 is niet toegestaan.', 'negative'],
    ['it', 'Il fornitore deve cifrare i dati.', 'must'],
    ['es', 'El proveedor deberá cifrar los datos.', 'must'],
    ['pt', 'A contratada deverá cifrar os dados.', 'must'],
    ['da', 'Leverandøren skal kryptere data.', 'must'],
    ['sv', 'Leverantören ska kryptera data.', 'must'],
    ['nb', 'Løsningen bør støtte DNSSEC.', 'should'],
    ['fi', 'Järjestelmän tulee tukea salausta.', 'must'],
    ['et', 'Süsteem peab toetama krüpteerimist.', 'must'],
    ['pl', 'System musi obsługiwać szyfrowanie.', 'must'],
    ['ja', '通信を暗号化しなければならない。', 'must'],
    ['ja', 'SSLを使用しないこと。', 'negative'],
  ])('%s: %s is %s', (language, text, expected) => {
    expect(judged(text, language)[0]?.modality).toBe(expected);
  });

  it('gives list items what the sentence that introduces them says', () => {
    const all = judged('The supplier shall:\n- DNSSEC on all domains\n- DMARC for all mail\nThe desks are grey.');
    expect(all.map(({ modality }) => modality)).toEqual(['must', 'must', 'must', 'context']);
    expect(all[1]?.addressee).toBe('supplier');
  });

  it('takes a section of demands as demands, and a glossary as none', () => {
    const all = judged('# Mandatory requirements\nDNSSEC on all domains\n# Glossary\nDNSSEC: signed names');
    expect(all[1]?.modality).toBe('must');
    expect(all[3]?.modality).toBe('context');
  });
});

describe('addressee', () => {
  it.each([
    ['en', 'The contractor shall encrypt all data.', 'supplier'],
    ['en', 'Agencies must sign their domains.', 'buyer'],
    ['en', 'The contractor and the contracting authority shall agree on keys.', 'both'],
    ['en', 'Encryption is required.', 'unclear'],
    ['fr', 'Le titulaire chiffre les données.', 'supplier'],
    ['de', 'Der Auftragnehmer verschlüsselt die Daten.', 'supplier'],
    ['nl', 'De gemeente moet DNSSEC toepassen.', 'buyer'],
    ['ja', '受託者は暗号化すること。', 'supplier'],
  ])('%s: %s is %s', (language, text, expected) => {
    expect(judged(text, language)[0]?.addressee).toBe(expected);
  });
});

describe('modalityAt', () => {
  it.each([
    ['TLS 1.2 must be used and SSLv3 disabled.', ['must', 'negative']],
    ['Data must not be sent without TLS.', ['must']],
    ['SSLv3 and RC4 must be disabled.', ['negative', 'negative']],
    ['Passwords must not be hashed with MD5.', ['negative']],
  ] as const)('%s', (text, expected) => {
    const analysis = analyse(documentOf(text), lexicons);
    const clause = analysis.clauses[0];
    const judgement = judge(analysis)[0];
    if (!clause || !judgement) throw new Error('no clause');
    const names = [...text.matchAll(/TLS(?: [\d.]+)?|SSLv3|RC4|MD5/g)];
    expect(names.map((name) => modalityAt(clause, judgement, name.index, name.index + name[0].length))).toEqual(
      expected,
    );
  });
});
