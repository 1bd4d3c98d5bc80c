import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadRegistry } from './registry.ts';
import { resolve } from './resolve.ts';
import { isOutOfForce } from './stale.ts';
import type { ResolveContext } from './types.ts';

const registry = loadRegistry();
const read = (text: string, context: Partial<ResolveContext> = {}) =>
  resolve(text, { asOf: '2026-11-24', ...context }, registry);
/** `text → id`, as one line a mention. */
const lines = (text: string, context: Partial<ResolveContext> = {}) =>
  read(text, context).map((m) => `${m.text} → ${m.standard}`);

describe('one name', () => {
  it.each([
    // Glued, spaced, hyphenated, broken, soft-hyphenated.
    ['ISO27001', 'ISO/IEC 27001'],
    ['ISO-27001', 'ISO/IEC 27001'],
    ['ISO\u00a027001', 'ISO/IEC 27001'],
    ['ISO / IEC 27001', 'ISO/IEC 27001'],
    ['ISO/IEC\n27001', 'ISO/IEC 27001'],
    ['ISO_27001', 'ISO/IEC 27001'],
    ['ISO \u00ad27001', 'ISO/IEC 27001'],
    ['ISO/CEI 27001', 'ISO/IEC 27001'],
    ['ISO norm 27001', 'ISO/IEC 27001'],
    ['ＩＳＯ２７００１', 'ISO/IEC 27001'],
    // What text recognition makes of it.
    ['lSO 27001', 'ISO/IEC 27001'],
    ['IS0/lEC 27001', 'ISO/IEC 27001'],
    ['ISO 2700l', 'ISO/IEC 27001'],
    // Years and their joiners; amendments.
    ['ISO/IEC 27001:2013', 'ISO/IEC 27001:2013'],
    ['ISO 27001 : 2013', 'ISO/IEC 27001:2013'],
    ['ISO 27001-2013', 'ISO/IEC 27001:2013'],
    ['ISO 27001\u20132013', 'ISO/IEC 27001:2013'],
    ['ISO 27001 (2013)', 'ISO/IEC 27001:2013'],
    ['ISO 27001/2013', 'ISO/IEC 27001:2013'],
    ['ISO 27001, édition 2013', 'ISO/IEC 27001:2013'],
    ['ISO/IEC 27001:2022/Amd 1:2024', 'ISO/IEC 27001:2022'],
    ['ISO/IEC 27001:2014', 'ISO/IEC 27001'],
    // Adoptions, of which the text counts and not the year.
    ['NF EN ISO 27001', 'ISO/IEC 27001'],
    ['DIN EN ISO/IEC 27001:2017-06', 'ISO/IEC 27001:2013'],
    ['NEN-EN-ISO/IEC 27001:2017+A11:2020', 'ISO/IEC 27001:2013'],
    ['UNE-EN ISO/IEC 27001:2023', 'ISO/IEC 27001:2022'],
    ['UNI CEI EN ISO/IEC 27001:2017', 'ISO/IEC 27001:2013'],
    ['ABNT NBR ISO/IEC 27001:2013', 'ISO/IEC 27001:2013'],
    ['BS EN ISO 9001', 'ISO 9001'],
    ['EVS-EN ISO/IEC 27001', 'ISO/IEC 27001'],
    ['PN-EN ISO/IEC 27001', 'ISO/IEC 27001'],
    ['AS/NZS ISO 31000:2009', 'ISO 31000:2009'],
    ['ISO 15408', 'ISO/IEC 15408'],
    ['ISA/IEC 62443', 'IEC 62443'],
    ['EN IEC 62443-4-1', 'IEC 62443-4-1'],
    // ETSI, 3GPP, ITU.
    ['EN303645', 'ETSI EN 303 645'],
    ['EN 303-645', 'ETSI EN 303 645'],
    ['ETSI EN 303 645 V2.1.1', 'ETSI EN 303 645 V2.1.1'],
    ['TS 33.501', '3GPP TS 33.501'],
    ['ETSI TS 133 501', '3GPP TS 33.501'],
    ['ITU-T X.1205', 'ITU-T X.1205'],
    ['G.711', 'ITU-T G.711'],
    // NIST.
    ['NIST SP 800-53 Rev. 5', 'NIST SP 800-53 Rev. 5'],
    ['NIST Special Publication 800-53, Revision 5', 'NIST SP 800-53 Rev. 5'],
    ['SP800-53r4', 'NIST SP 800-53 Rev. 4'],
    ['NIST 800-53A', 'NIST SP 800-53A'],
    ['800-53', 'NIST SP 800-53'],
    ['NIST SP 800-53 Rev. 9', 'NIST SP 800-53'],
    ['SP 800-63-3', 'NIST SP 800-63-3'],
    ['FIPS PUB 140-2', 'NIST FIPS 140-2'],
    ['FIPS-140', 'NIST FIPS 140'],
    ['Federal Information Processing Standard (FIPS) 140-2', 'NIST FIPS 140-2'],
    // IETF, IEEE.
    ['rfc2119', 'RFC 2119'],
    ['RFC-5280', 'RFC 5280'],
    ['BCP 38', 'BCP 38'],
    ['IEEE 802.1x', 'IEEE 802.1X'],
    ['802.1X', 'IEEE 802.1X'],
    ['IEEE 802.1X-2010', 'IEEE 802.1X-2010'],
    // Editions after a name.
    ['TLSv1.2', 'TLS 1.2'],
    ['TLS v1.2', 'TLS 1.2'],
    ['TLS-1.2', 'TLS 1.2'],
    ['Transport Layer Security (TLS) 1.2', 'TLS 1.2'],
    ['SSLv3', 'SSL 3.0'],
    ['SAML version 2.0', 'SAML 2.0'],
    ['DNSSEC-i', 'DNSSEC'],
    ['TLS-Verschlüsselung', 'TLS'],
  ])('%s', (text, id) => {
    const found = read(`siehe ${text} usw.`);
    expect(found.map((m) => m.standard)).toEqual([id]);
    expect(found[0]?.text.startsWith(text.slice(0, 3))).toBe(true);
  });
});

describe('lists and ranges', () => {
  it.each<[string, string[]]>([
    ['ISO 27001/27002', ['ISO 27001 → ISO/IEC 27001', '27002 → ISO/IEC 27002']],
    ['RFC 4033, 4034 y 4035', ['RFC 4033 → RFC 4033', '4034 → RFC 4034', '4035 → RFC 4035']],
    ['RFC 4033-4035', ['RFC 4033 → RFC 4033', '4035 → RFC 4034', '4035 → RFC 4035']],
    ['FIPS 140-2/3', ['FIPS 140-2 → NIST FIPS 140-2', '3 → NIST FIPS 140-3']],
    ['FIPS 140-2 or 140-3', ['FIPS 140-2 → NIST FIPS 140-2', '140-3 → NIST FIPS 140-3']],
    ['EN 319 411-1/-2', ['EN 319 411-1 → ETSI EN 319 411-1', '-2 → ETSI EN 319 411-2']],
    ['IEC 62443-4-1/-4-2', ['IEC 62443-4-1 → IEC 62443-4-1', '-4-2 → IEC 62443-4-2']],
    ['SP 800-90A/B', ['SP 800-90A → NIST SP 800-90A', 'B → NIST SP 800-90B']],
    ['TLS 1.2/1.3', ['TLS 1.2 → TLS 1.2', '1.3 → TLS 1.3']],
    ['TLS 1.0, 1.1 and 1.2', ['TLS 1.0 → TLS 1.0', '1.1 → TLS 1.1', '1.2 → TLS 1.2']],
    ['SSL v2 et v3', ['SSL v2 → SSL 2.0', 'v3 → SSL 3.0']],
    ['IEEE 802.11a/b/g/n', ['IEEE 802.11a → IEEE 802.11a', 'b → IEEE 802.11b', 'g → IEEE 802.11g', 'n → IEEE 802.11n']],
    // Numbers that go on to something else.
    ['ISO 9001, 2019 budget', ['ISO 9001 → ISO 9001']],
    ['ISO 27001, 27 000 euros', ['ISO 27001 → ISO/IEC 27001']],
    ['RFC 1918, 2003', ['RFC 1918 → RFC 1918']],
    ['TLS 1.2, 1.5 hours', ['TLS 1.2 → TLS 1.2']],
  ])('%s', (text, expected) => {
    expect(lines(text)).toEqual(expected);
  });

  it.each(
    'and|or|et|ou|und|oder|en|of|y|o|e|og|eller|och|ja|tai|või|i|oraz|lub|a|nebo|in|ali|és|vagy|și|sau|и|или|και|ή|ir|arba|un|vai|agus|及び|または'.split(
      '|',
    ),
  )('joined by %s', (word) => {
    const glue = /^[\u3000-\u9fff]/.test(word) ? word : ` ${word} `;
    expect(read(`ISO 27001, 27017${glue}27018`).map((m) => m.standard)).toEqual([
      'ISO/IEC 27001',
      'ISO/IEC 27017',
      'ISO/IEC 27018',
    ]);
  });
});

describe('conditions', () => {
  it.each([
    'TLS 1.2 or higher',
    'TLS 1.2 or later',
    'TLS 1.2+',
    'minimum TLS 1.2',
    'TLS ≥ 1.2',
    'at least TLS 1.2',
    'TLS 1.2 ou supérieur',
    'au moins TLS 1.2',
    'TLS 1.2 oder höher',
    'mindestens TLS 1.2',
    'TLS 1.2 of hoger',
    'minimaal TLS 1.2',
    'TLS 1.2 o superior',
    'TLS 1.2 ou superior',
    'TLS 1.2 o superiore',
    'TLS 1.2 eller nyere',
    'TLS 1.2 eller høyere',
    'TLS 1.2 eller högre',
    'TLS 1.2 tai uudempi',
    'vähintään TLS 1.2',
    'TLS 1.2 või uuem',
    'TLS 1.2 lub wyższa',
    'co najmniej TLS 1.2',
    'TLS 1.2 nebo vyšší',
    'TLS 1.2以上',
  ])('%s is the least that will do', (text) => {
    expect(read(text).map((m) => [m.standard, m.minimum])).toEqual([['TLS 1.2', true]]);
  });

  it.each([
    'or equivalent',
    'ou équivalent',
    'oder gleichwertig',
    'of gelijkwaardig',
    'o equivalente',
    'ou equivalente',
    'eller tilsvarende',
    'eller likvärdig',
    'tai vastaava',
    'või samaväärne',
    'lub równoważny',
    'nebo rovnocenný',
    'alebo ekvivalent',
    'ali enakovreden',
    'ili jednakovrijedan',
    'vagy azzal egyenértékű',
    'sau echivalent',
    'или еквивалент',
    'ή ισοδύναμο',
    'arba lygiavertis',
    'vai līdzvērtīgs',
    'jew ekwivalenti',
    'nó a chomhionann',
    '又は同等',
  ])('%s', (words) => {
    expect(read(`ISO 27001 ${words}`)[0]?.orEquivalent).toBe(true);
    expect(read(`ISO 27001-Zertifizierung (${words})`)[0]?.orEquivalent).toBe(true);
  });

  it('holds for every member of a list', () => {
    expect(read('ISO 27001, 27017 and 27018 or equivalent').map((m) => m.orEquivalent)).toEqual([true, true, true]);
    expect(read('ISO 27001. Then ISO 9001 or equivalent').map((m) => m.orEquivalent)).toEqual([false, true]);
  });

  it('does not call a minimum stale that has only been overtaken', () => {
    const [exact] = read('NIST SP 800-53 Rev. 4');
    const [least] = read('NIST SP 800-53 Rev. 4 or later');
    expect([exact, least].map((m) => m && [m.status, isOutOfForce(m)])).toEqual([
      ['superseded', true],
      ['superseded', false],
    ]);
    expect(read('SSL 3.0 or later').map(isOutOfForce)).toEqual([true]);
  });
});

describe('what holds of it', () => {
  it('says what replaced an edition, and what held when the document was written', () => {
    expect(read('ISO27001:2013', { date: '2016-05-01' })[0]).toMatchObject({
      standard: 'ISO/IEC 27001:2013',
      status: 'superseded',
      statusThen: 'current',
      replacedBy: 'ISO/IEC 27001:2022',
      versioned: true,
    });
  });

  it('gives every hop', () => {
    const [one] = read('RFC 5246');
    expect(one?.succession).toEqual(['RFC 8446', 'RFC 9846']);
    expect(one?.replacedBy).toBe('RFC 9846');
  });

  it('reads a mention without edition as the edition in force', () => {
    for (const name of ['ISO 27001', 'NIST SP 800-53', 'FIPS 140', 'NIST SP 800-171'])
      expect(read(name)[0]).toMatchObject({ status: 'current', replacedBy: null, versioned: false });
  });

  it('never calls an edition that no record has withdrawn', () => {
    expect(read('ISO/IEC 27001:2014', { date: '2015' })[0]).toMatchObject({
      standard: 'ISO/IEC 27001',
      status: 'unknown',
      statusThen: 'unknown',
      versioned: true,
      replacedBy: null,
    });
    expect(read('ISO/IEC 27001:2014')[0]?.reason).toContain('2014');
  });

  it('says nothing of a time it was not told', () => {
    expect(read('TLS 1.0')[0]?.statusThen).toBeNull();
  });
});

describe('context', () => {
  it('opens an ambiguous acronym by the words around it, and says which', () => {
    expect(lines('DANE osobowe; the ministry DANE')).toEqual([]);
    expect(read('mail servers publish DANE with TLSA')[0]?.standard).toBe('DANE');
    expect(read('SPF 50 zonnebrand')).toEqual([]);
  });

  it('understands elsewhere an acronym that is spelled out once', () => {
    const text = `Authenticated Received Chain (ARC) is optional. ${'Lorem ipsum. '.repeat(40)} The ARC seal.`;
    expect(read(text).filter((m) => m.standard === 'ARC')).toHaveLength(2);
    expect(read('The ARC seal.')).toEqual([]);
  });

  it('reads a bare number beside words of certification only', () => {
    expect(read('een geldig 27001-certificaat').map((m) => m.standard)).toEqual(['ISO/IEC 27001']);
    expect(read('27001 inwoners, € 27001, 27001 kg')).toEqual([]);
  });

  it('keeps the edition at the end of a sentence', () => {
    const text = 'As in NIST SP 800-53 Rev. 4. Use TLS 1.2. And ISO/IEC 27001:2013.';
    expect(read(text).map((m) => m.standard)).toEqual(['NIST SP 800-53 Rev. 4', 'TLS 1.2', 'ISO/IEC 27001:2013']);
  });

  it('takes the key words of RFC 2119 for boilerplate, and RFC 2119 elsewhere not', () => {
    expect(read('The key words MUST and SHOULD are to be interpreted as described in RFC 2119.')).toEqual([]);
    expect(
      read('The key words "MUST" and "MAY" are to be read as in BCP 14 [RFC2119] [RFC8174] when in capitals.'),
    ).toEqual([]);
    expect(read('The editor follows RFC 2119 and RFC 8174.').map((m) => m.standard)).toEqual(['RFC 2119', 'RFC 8174']);
  });
});

describe('laws', () => {
  it.each([
    'Verordnung (EU) 2016/679',
    'règlement (UE) 2016/679',
    'regolamento UE n. 679 del 2016',
    'DSGVO',
    'RGPD',
    'isikuandmete kaitse üldmäärus',
  ])('%s is the GDPR', (text) => {
    expect(read(text).map((m) => m.standard)).toEqual(['GDPR']);
  });

  it('names an act that no file holds by its number, where its title is of this field', () => {
    expect(lines("conformément à l'arrêté du 22 mars 2019 relatif à la signature électronique")).toEqual([
      'arrêté du 22 mars 2019 → arrêté du 22 mars 2019',
    ]);
    expect(lines("conformément à l'arrêté du 22 mars 2019 relatif à la pêche")).toEqual([]);
    expect(read('Commission Recommendation (EU) 2019/9534 Cybersecurity of 5G networks')[0]).toMatchObject({
      standard: 'Recommendation (EU) 2019/9534',
      status: 'unknown',
      kind: 'law',
    });
    expect(lines('Verordnung (EG) Nr. 178/2002 über Lebensmittel')).toEqual([]);
  });
});

describe('names that stand together', () => {
  it('takes the acronym in brackets with the name it is of', () => {
    expect(lines('Security Assertion Markup Language (SAML) and Transport Layer Security [TLS] 1.2')).toEqual([
      'Security Assertion Markup Language (SAML) → SAML',
      'Transport Layer Security [TLS] 1.2 → TLS 1.2',
    ]);
  });

  it('does not cut a word into two mentions', () => {
    expect(lines('RSA2048SHA256')).toEqual(['RSA2048SHA256 → RSA-2048', 'RSA2048SHA256 → SHA-256']);
  });

  it('reads a chapter of a standard as no edition of it', () => {
    expect(lines('OWASP ASVS (V1)')).toEqual(['OWASP ASVS → OWASP ASVS']);
  });

  it('does not find an acronym among words in capitals', () => {
    const text = `3DES and DES. ${'Lorem ipsum dolor. '.repeat(20)} ARTICLE 2 DESCRIPTION DES SITES`;
    expect(lines(text, { language: 'fr' })).toEqual(['3DES → 3DES', 'DES → DES']);
  });
});

describe('open mentions', () => {
  it.each([
    'ISO 99999',
    'EN 59999-2-4',
    'DIN 55399',
    'NF Z99-913',
    'UNE 199813',
    'BS 9958',
    'VDE 0199',
    'CAN/CSA-C22.2',
  ])('%s', (text) => {
    const [beside] = read(`Die Informationssicherheit nach ${text}`);
    expect([beside?.text, beside?.standard, beside?.core, beside?.status]).toEqual([text, null, true, 'unknown']);
    expect(read(`Stühle nach ${text}`)[0]?.core).toBe(false);
  });
});

describe('what names no standard', () => {
  it.each([
    'https://example.org/iso-27001/rfc2119.html',
    'iso27001@example.org',
    'ISO27001_certificate.pdf',
    'call 1-800-53-1234 or +31 800-53 22',
    'ISO 200, ISO 6400',
    'en 2016 le projet; as 2019; is 27001',
    'EN 2016',
    'clause 802.11.3 and 1.802.1',
    'Tel. 0800-53 171',
    'price 33.501, table G.7112',
    'the year 2119, room 27001',
    'der, die, das; des; bio; dot; arc',
    'E.164.5.3 T.3 X.5',
  ])('%s', (text) => {
    expect(lines(text)).toEqual([]);
  });
});

describe('any text', () => {
  it('gives mentions in order, apart, each the slice it says it is', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        'ISO',
        'IEC',
        'EN',
        '27001',
        ':2013',
        '/',
        '-',
        ', ',
        ' and ',
        'TLS',
        ' 1.2',
        'v3',
        'RFC',
        ' 4033',
        '-4035',
        'NIST SP 800-53',
        ' Rev. 5',
        '(',
        ')',
        'FIPS 140-2/3',
        '802.11',
        'a/b/g',
        'の',
        '\u00ad',
        '\n',
        'X.509',
        '≥',
      ),
      fc.string({ unit: 'binary', maxLength: 6 }),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 25 }), (pieces) => {
        const text = pieces.join('');
        let last = 0;
        let before: { start: number; end: number } | undefined;
        for (const m of read(text)) {
          expect(text.slice(m.start, m.end)).toBe(m.text);
          // Only the members of a range share their place.
          if (before?.start !== m.start || before.end !== m.end) expect(m.start).toBeGreaterThanOrEqual(last);
          expect(m.text.trim()).not.toBe('');
          last = m.end;
          before = m;
        }
      }),
      { numRuns: 300 },
    );
  });

  it('reads a name alike whatever stands around it', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('ISO/IEC 27001:2013', 'TLS 1.2', 'RFC 5280', 'FIPS 140-2'),
        fc.lorem({ maxCount: 8 }),
        (name, words) => {
          const text = `${words}. (${name}). ${words}`;
          expect(read(text).map((m) => m.text)).toEqual([name]);
        },
      ),
    );
  });

  it.each([
    ['one long word', 'A'.repeat(300_000)],
    ['one long number', '8'.repeat(300_000)],
    ['only prefixes', 'ISO '.repeat(50_000)],
    ['prefixes glued', 'ISO/IEC/'.repeat(30_000)],
    ['one long list', `ISO 27001${', 27002'.repeat(30_000)}`],
    ['hyphens', 'RFC-'.repeat(50_000)],
    ['blanks', `RFC${' '.repeat(300_000)}2119`],
    ['brackets', 'TLS ('.repeat(50_000)],
    ['years', `ISO 27001${':2013'.repeat(30_000)}`],
    ['law', 'Regulation '.repeat(30_000)],
  ])('stays linear in %s', (_, text) => {
    expect(() => read(text)).not.toThrow();
  });
});
