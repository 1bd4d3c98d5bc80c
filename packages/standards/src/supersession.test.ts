/**
 * What replaced what, checked against the bodies' own statements: the table below was written from their catalogues and notices, not from
 * the data, and each row names where its fact can be read.
 */
import { describe, expect, test } from 'vitest';
import { loadRegistry } from './registry.ts';
import type { Status } from './types.ts';

const TODAY = '2026-11-22';
const registry = loadRegistry();

type Row = [id: string, status: Status, end: string | null, source: string];

const ROWS: Row[] = [
  // Internet
  ['RFC 5246', 'obsolete', 'RFC 9846', 'rfc-editor.org/info/rfc5246'],
  ['RFC 8446', 'obsolete', 'RFC 9846', 'rfc-editor.org/info/rfc8446'],
  ['RFC 2246', 'historic', 'RFC 9846', 'rfc-editor.org/info/rfc8996'],
  ['RFC 4346', 'historic', 'RFC 9846', 'rfc-editor.org/info/rfc8996'],
  ['RFC 6101', 'historic', null, 'rfc-editor.org/info/rfc7568'],
  ['RFC 2818', 'obsolete', 'RFC 9110', 'rfc-editor.org/info/rfc9110'],
  ['RFC 7231', 'obsolete', 'RFC 9110', 'rfc-editor.org/info/rfc9110'],
  ['RFC 7540', 'obsolete', 'RFC 9113', 'rfc-editor.org/info/rfc9113'],
  ['RFC 2616', 'obsolete', 'RFC 9110', 'rfc-editor.org/info/rfc2616'],
  ['RFC 4408', 'obsolete', 'RFC 7208', 'rfc-editor.org/info/rfc7208'],
  ['RFC 4871', 'obsolete', 'RFC 6376', 'rfc-editor.org/info/rfc6376'],
  ['RFC 7489', 'obsolete', 'RFC 9989', 'rfc-editor.org/info/rfc9989'],
  ['RFC 6844', 'obsolete', 'RFC 8659', 'rfc-editor.org/info/rfc8659'],
  ['RFC 2535', 'obsolete', 'RFC 4033', 'rfc-editor.org/info/rfc4033'],
  ['RFC 2460', 'obsolete', 'RFC 8200', 'rfc-editor.org/info/rfc8200'],
  ['RFC 4880', 'obsolete', 'RFC 9580', 'rfc-editor.org/info/rfc9580'],
  ['RFC 5751', 'obsolete', 'RFC 8551', 'rfc-editor.org/info/rfc8551'],
  ['RFC 3501', 'obsolete', 'RFC 9051', 'rfc-editor.org/info/rfc9051'],
  ['RFC 3164', 'obsolete', 'RFC 5424', 'rfc-editor.org/info/rfc5424'],
  ['RFC 6347', 'obsolete', 'RFC 9147', 'rfc-editor.org/info/rfc9147'],
  ['RFC 2409', 'historic', 'RFC 7296', 'rfc-editor.org/info/rfc9395'],
  ['RFC 7525', 'obsolete', 'RFC 9325', 'rfc-editor.org/info/rfc9325'],
  ['RFC 6482', 'obsolete', 'RFC 9582', 'rfc-editor.org/info/rfc9582'],
  ['RFC 2385', 'obsolete', 'RFC 5925', 'rfc-editor.org/info/rfc5925'],
  ['RFC 5849', 'obsolete', 'RFC 6749', 'rfc-editor.org/info/rfc6749'],
  ['RFC 793', 'obsolete', 'RFC 9293', 'rfc-editor.org/info/rfc9293'],
  ['RFC 7208', 'current', null, 'rfc-editor.org/info/rfc7208'],
  ['RFC 8461', 'current', null, 'rfc-editor.org/info/rfc8461'],
  ['RFC 9325', 'current', null, 'rfc-editor.org/info/rfc9325'],
  ['TLS 1.0', 'deprecated', 'TLS 1.3', 'rfc-editor.org/info/rfc8996'],
  ['TLS 1.1', 'deprecated', 'TLS 1.3', 'rfc-editor.org/info/rfc8996'],
  ['TLS 1.2', 'current', null, 'rfc-editor.org/info/rfc9325'],
  ['SSL 3.0', 'deprecated', 'TLS 1.3', 'rfc-editor.org/info/rfc7568'],
  ['IKEv1', 'deprecated', 'IKEv2', 'rfc-editor.org/info/rfc9395'],
  ['SNMPv1', 'historic', 'SNMPv3', 'rfc-editor.org/info/rfc3410'],
  ['SAML 1.1', 'superseded', 'SAML 2.0', 'oasis-open.org/standard/saml'],
  ['WEP', 'deprecated', 'WPA3', 'wi-fi.org'],
  ['WPA2', 'current', null, 'wi-fi.org'],
  // NIST
  ['NIST SP 800-53 Rev. 4', 'superseded', 'NIST SP 800-53 Rev. 5', 'csrc.nist.gov/pubs/sp/800/53/r4/upd3/final'],
  ['NIST SP 800-53 Rev. 5', 'current', null, 'csrc.nist.gov/pubs/sp/800/53/r5/upd1/final'],
  ['NIST SP 800-171 Rev. 2', 'superseded', 'NIST SP 800-171 Rev. 3', 'csrc.nist.gov/pubs/sp/800/171/r3/final'],
  ['NIST SP 800-63-3', 'superseded', 'NIST SP 800-63-4', 'csrc.nist.gov/pubs/sp/800/63/4/final'],
  ['NIST SP 800-63-2', 'superseded', 'NIST SP 800-63-4', 'csrc.nist.gov/pubs/sp/800/63/2/final'],
  ['NIST SP 800-52 Rev. 1', 'superseded', 'NIST SP 800-52 Rev. 2', 'csrc.nist.gov/pubs/sp/800/52/r2/final'],
  ['NIST SP 800-131A Rev. 1', 'superseded', 'NIST SP 800-131A Rev. 2', 'csrc.nist.gov/pubs/sp/800/131/a/r2/final'],
  ['NIST SP 800-67 Rev. 2', 'withdrawn', null, 'csrc.nist.gov/pubs/sp/800/67/r2/final'],
  ['NIST FIPS 140-2', 'historic', 'NIST FIPS 140-3', 'csrc.nist.gov/projects/cryptographic-module-validation-program'],
  ['NIST FIPS 140-1', 'superseded', 'NIST FIPS 140-3', 'csrc.nist.gov/pubs/fips/140-1/upd1/final'],
  ['NIST FIPS 186-4', 'superseded', 'NIST FIPS 186-5', 'csrc.nist.gov/pubs/fips/186-5/final'],
  ['NIST FIPS 46-3', 'withdrawn', null, 'csrc.nist.gov/pubs/fips/46-3/final'],
  ['NIST FIPS 201-2', 'superseded', 'NIST FIPS 201-3', 'csrc.nist.gov/pubs/fips/201-3/final'],
  ['NIST FIPS 197', 'current', null, 'csrc.nist.gov/pubs/fips/197/final'],
  ['NIST CSWP 6', 'superseded', 'NIST CSWP 29', 'nist.gov/cyberframework'],
  // ISO and IEC
  ['ISO/IEC 27001:2005', 'superseded', 'ISO/IEC 27001:2022', 'iso.org/standard/42103.html'],
  ['ISO/IEC 27001:2013', 'superseded', 'ISO/IEC 27001:2022', 'iso.org/standard/54534.html'],
  ['ISO/IEC 27001:2022', 'current', null, 'iso.org/standard/27001'],
  ['ISO/IEC 27002:2013', 'superseded', 'ISO/IEC 27002:2022', 'iso.org/standard/75652.html'],
  ['ISO/IEC 17799:2005', 'superseded', 'ISO/IEC 27002:2022', 'iso.org/standard/39612.html'],
  ['ISO/IEC 27701:2019', 'superseded', 'ISO/IEC 27701:2025', 'iso.org/standard/27701'],
  ['ISO/IEC 27018:2019', 'superseded', 'ISO/IEC 27018:2025', 'iso.org/standard/27018'],
  ['ISO/IEC 27005:2018', 'superseded', 'ISO/IEC 27005:2022', 'iso.org/standard/80585.html'],
  ['ISO/IEC 15408-1:2009', 'superseded', 'ISO/IEC 15408-1:2022', 'iso.org/standard/72891.html'],
  ['ISO/IEC 19790:2012', 'superseded', 'ISO/IEC 19790:2025', 'iso.org/standard/82423.html'],
  ['ISO 22301:2012', 'superseded', 'ISO 22301:2019', 'iso.org/standard/75106.html'],
  ['ISO 31000:2009', 'superseded', 'ISO 31000:2018', 'iso.org/standard/65694.html'],
  ['ISO 9001:2008', 'superseded', 'ISO 9001:2015', 'iso.org/standard/62085.html'],
  ['ISO/IEC 20000-1:2011', 'superseded', 'ISO/IEC 20000-1:2018', 'iso.org/standard/70636.html'],
  ['ISO/IEC 40500:2012', 'superseded', 'ISO/IEC 40500:2025', 'iso.org/standard/40500'],
  ['IEC 62443-2-4:2015', 'superseded', 'IEC 62443-2-4:2023', 'webstore.iec.ch'],
  ['IEC 62443-2-1:2010', 'superseded', 'IEC 62443-2-1:2024', 'webstore.iec.ch'],
  ['IEC 60950-1:2005', 'withdrawn', 'IEC 62368-1:2023', 'webstore.iec.ch/publication/4024'],
  ['OHSAS 18001', 'withdrawn', 'ISO 45001:2018', 'iso.org/standard/63787.html'],
  ['BS 7799-2', 'superseded', 'ISO/IEC 27001:2022', 'iso.org/standard/42103.html'],
  // IEEE, ETSI, W3C
  ['IEEE 802.1X-2010', 'superseded', 'IEEE 802.1X-2020', 'standards.ieee.org/ieee/802.1X/7345'],
  ['IEEE 802.11-2020', 'superseded', 'IEEE 802.11-2024', 'standards.ieee.org/ieee/802.11/10548'],
  ['ETSI EN 303 645 V2.1.1', 'superseded', 'ETSI EN 303 645 V3.1.3', 'etsi.org/deliver/etsi_en/303600_303699/303645'],
  ['ETSI EN 301 549 V2.1.2', 'superseded', 'ETSI EN 301 549 V4.1.1', 'eur-lex.europa.eu/eli/dec_impl/2021/1339/oj'],
  ['ETSI EN 301 549 V3.2.1', 'current', null, 'eur-lex.europa.eu/eli/dec_impl/2021/1339/oj'],
  ['WCAG 1.0', 'superseded', 'WCAG 2.2', 'w3.org/TR/WAI-WEBCONTENT'],
  ['WCAG 2.0', 'current', null, 'w3.org/WAI/standards-guidelines/wcag'],
  ['WCAG 2.1', 'current', null, 'w3.org/WAI/standards-guidelines/wcag'],
  ['WCAG 2.2', 'current', null, 'w3.org/WAI/standards-guidelines/wcag'],
  ['W3C WCAG21', 'current', null, 'w3.org/TR/WCAG21'],
  ['W3C html5', 'superseded', 'WHATWG html', 'w3.org/TR/html5'],
  // Schemes
  ['PCI DSS v3.2.1', 'superseded', 'PCI DSS v4.0.1', 'pcisecuritystandards.org'],
  ['PCI DSS v4.0', 'superseded', 'PCI DSS v4.0.1', 'pcisecuritystandards.org'],
  [
    'OWASP ASVS 4.0.3',
    'superseded',
    'OWASP ASVS 5.0.0',
    'owasp.org/www-project-application-security-verification-standard',
  ],
  ['OWASP Top 10:2017', 'superseded', 'OWASP Top 10:2025', 'owasp.org/www-project-top-ten'],
  ['CIS Controls v7.1', 'superseded', 'CIS Controls v8.1', 'cisecurity.org/controls'],
  ['CC v3.1R5', 'superseded', 'CC:2022', 'commoncriteriaportal.org/cc'],
  ['SAS 70', 'superseded', 'SSAE 18', 'aicpa-cima.com'],
  ['CVSS v3.1', 'superseded', 'CVSS v4.0', 'first.org/cvss'],
  ['Directive 95/46/EC', 'superseded', 'GDPR', 'eur-lex.europa.eu/eli/reg/2016/679/oj'],
  ['NIS Directive', 'superseded', 'NIS2', 'eur-lex.europa.eu/eli/dir/2022/2555/oj'],
  ['ePrivacy Directive', 'current', null, 'eur-lex.europa.eu/eli/dir/2002/58/oj'],
  ['Directive 1999/93/EC', 'superseded', 'eIDAS', 'eur-lex.europa.eu/eli/reg/2014/910/oj'],
];

test.each(ROWS)('%s is %s, and in the end %s (%s)', (id, status, end) => {
  expect(registry.get(id)?.id).toBe(id);
  expect(registry.statusAt(id, TODAY)).toBe(status);
  expect(registry.succession(id, TODAY).at(-1) ?? null).toBe(end);
});

test('every hop is told', () => {
  expect(registry.succession('RFC 5246', TODAY)).toEqual(['RFC 8446', 'RFC 9846']);
  expect(registry.succession('ISO/IEC 17799:2000', TODAY)).toEqual([
    'ISO/IEC 17799:2005',
    'ISO/IEC 27002:2005',
    'ISO/IEC 27002:2013',
    'ISO/IEC 27002:2022',
  ]);
});

test('a chain ends at what was out on the day', () => {
  expect(registry.succession('RFC 5246', '2020-01-01')).toEqual(['RFC 8446']);
  expect(registry.succession('ISO/IEC 27001:2005', '2015')).toEqual(['ISO/IEC 27001:2013']);
  expect(registry.succession('ISO/IEC 27001:2005', '2010')).toEqual([]);
});

describe('on the day of the document', () => {
  test.each<[string, string, Status]>([
    ['ISO/IEC 27001:2013', '2020-05-01', 'current'],
    ['ISO/IEC 27001:2013', '2023', 'superseded'],
    ['ISO/IEC 27001:2022', '2020', 'unknown'],
    ['RFC 5246', '2015-03', 'current'],
    ['RFC 5246', '2019', 'obsolete'],
    ['RFC 2246', '2005', 'current'],
    ['RFC 2246', '2010', 'obsolete'],
    ['RFC 2246', '2022', 'historic'],
    ['TLS 1.0', '2003', 'current'],
    ['TLS 1.0', '2015', 'superseded'],
    ['TLS 1.0', '2022', 'deprecated'],
    ['NIST FIPS 140-2', '2018', 'current'],
    ['NIST FIPS 140-2', '2024', 'superseded'],
    ['NIST FIPS 140-2', '2026-09-20', 'superseded'],
    ['NIST FIPS 140-2', '2026-09-21', 'historic'],
    ['NIST SP 800-53 Rev. 4', '2020-12', 'current'],
    ['NIST SP 800-53 Rev. 4', '2022', 'superseded'],
    ['PCI DSS v3.2.1', '2023', 'current'],
    ['PCI DSS v3.2.1', '2024-04', 'superseded'],
    ['EU-U.S. Privacy Shield', '2019', 'current'],
    ['EU-U.S. Privacy Shield', '2021', 'withdrawn'],
    ['ETSI EN 303 645 V2.1.1', '2021', 'current'],
    ['no such thing', '2021', 'unknown'],
  ])('%s in %s is %s', (id, date, status) => {
    expect(registry.statusAt(id, date)).toBe(status);
  });
});

test('a name without an edition means the family, not its first edition', () => {
  expect(registry.find('WCAG')?.id).toBe('WCAG');
  expect(registry.family('WCAG').current.at(-1)?.id).toBe('WCAG 2.2');
  expect(registry.find('EN 301 549')?.id).toBe('ETSI EN 301 549');
  expect(registry.family('ETSI EN 301 549').current.map((s) => s.id)).toEqual(['ETSI EN 301 549']);
  expect(registry.find('SP 800-53')?.id).toBe('NIST SP 800-53 Rev. 5');
  expect(registry.find('FIPS 140')?.id).not.toBe('NIST FIPS 140');
  expect(registry.family('NIST FIPS 140').current.map((s) => s.id)).toEqual(['NIST FIPS 140-3']);
  expect(registry.family('TLS').members.map((s) => s.id)).toEqual(['TLS 1.0', 'TLS 1.1', 'TLS 1.2', 'TLS 1.3']);
  expect(registry.family('NIST FIPS 46').current).toEqual([]);
});

test('an edition with a record of its own is what that says, however it is asked for', () => {
  for (const edition of [
    registry.get('ETSI EN 301 549 V3.2.1'),
    registry.find('en301549 v3.2.1'),
    registry.edition('ETSI EN 301 549', 'V3.2.1'),
  ])
    expect(edition).toMatchObject({ id: 'ETSI EN 301 549 V3.2.1', status: 'current', date: '2021-03' });
});

test('a version that is kept beside a newer one is known as its predecessor', () => {
  for (const [older, newer] of [
    ['WCAG 2.0', 'WCAG 2.1'],
    ['WCAG 2.1', 'WCAG 2.2'],
    ['W3C webauthn-1', 'W3C webauthn-2'],
  ] as const) {
    expect(registry.get(newer)?.replaces).toContain(older);
    expect(registry.get(older)?.statusNote).toMatch(/^W3C keeps it .*beside/);
  }
});

test('no chain goes round in circles, and every end is a record', () => {
  for (const standard of registry.all()) {
    const hops = registry.succession(standard.id, TODAY);
    expect(new Set([standard.id, ...hops]).size).toBe(hops.length + 1);
  }
});

test('nothing of low confidence is called behind the times', () => {
  for (const standard of registry.all())
    if (standard.confidence === 'low') {
      expect([standard.id, registry.succession(standard.id, TODAY)]).toEqual([standard.id, []]);
      expect(['current', 'draft', 'unknown']).toContain(registry.statusAt(standard.id, TODAY));
    }
});
