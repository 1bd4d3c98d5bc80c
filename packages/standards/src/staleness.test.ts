/**
 * What a text is told about the age of what it names: as written, on its own day and today. Each row says what should hold, not what the
 * data say, and names where its fact can be read.
 */
import { describe, expect, test } from 'vitest';
import { loadRegistry } from './registry.ts';
import { resolve } from './resolve.ts';
import { isOutOfForce } from './stale.ts';
import type { Status } from './types.ts';

const TODAY = '2026-11-24';
const registry = loadRegistry();

type Row = [
  written: string,
  date: string,
  standard: string,
  then: Status,
  now: Status,
  end: string | null,
  source: string,
];

/** One row a line: what is written | date of the document | id | status then | status now | what holds now | where the fact stands. */
function rowsOf(table: string): Row[] {
  return table
    .trim()
    .split('\n')
    .map((line) => {
      const [written = '', date = '', standard = '', then, now, end = '-', source = ''] = line.trim().split(' | ');
      return [written, date, standard, then as Status, now as Status, end === '-' ? null : end, source];
    });
}

const EU_LAW = rowsOf(`
  Directive 95/46/EC | 2016 | Directive 95/46/EC | current | superseded | GDPR | eur-lex.europa.eu/eli/reg/2016/679/oj
  Directive 95/46/EC | 2020 | Directive 95/46/EC | superseded | superseded | GDPR | eur-lex.europa.eu/eli/reg/2016/679/oj
  Directive (EU) 2016/1148 | 2020 | NIS Directive | current | superseded | NIS2 | eur-lex.europa.eu/eli/dir/2022/2555/oj
  Directive (EU) 2016/1148 | 2025 | NIS Directive | superseded | superseded | NIS2 | eur-lex.europa.eu/eli/dir/2022/2555/oj
  Regulation (EU) No 910/2014 | 2020 | eIDAS | current | current | - | eur-lex.europa.eu/eli/reg/2024/1183/oj
  Directive 1999/93/EC | 2010 | Directive 1999/93/EC | current | superseded | eIDAS | eur-lex.europa.eu/eli/reg/2014/910/oj
  Directive 2006/24/EC | 2012 | Data Retention Directive | current | withdrawn | - | curia.europa.eu, C-293/12
  Directive 2006/24/EC | 2015 | Data Retention Directive | withdrawn | withdrawn | - | curia.europa.eu, C-293/12
  EU-U.S. Privacy Shield | 2018 | EU-U.S. Privacy Shield | current | withdrawn | EU-U.S. Data Privacy Framework | curia.europa.eu, C-311/18
`);

const NATIONAL_LAW = rowsOf(`
  Real Decreto 3/2010 | 2015 | ENS RD 3/2010 | current | withdrawn | ENS RD 311/2022 | boe.es/buscar/act.php?id=BOE-A-2022-7191
  Real Decreto 311/2022 | 2023 | ENS RD 311/2022 | current | current | - | boe.es/buscar/act.php?id=BOE-A-2022-7191
  Ley Orgánica 15/1999 | 2012 | LOPD | current | withdrawn | LOPDGDD | boe.es/buscar/act.php?id=BOE-A-2018-16673
  Real Decreto 1720/2007 | 2020 | RD 1720/2007 | unknown | unknown | - | boe.es/buscar/act.php?id=BOE-A-2008-979
  Ley 59/2003 | 2016 | Ley 59/2003 | current | withdrawn | Ley 6/2020 | boe.es/buscar/act.php?id=BOE-A-2020-14046
  decreto legislativo 18 maggio 2018, n. 65 | 2020 | D.Lgs. 65/2018 | current | withdrawn | D.Lgs. 138/2024 | D.Lgs. 138/2024, art. 42
  decreto legislativo 138/2024 | 2025 | D.Lgs. 138/2024 | current | current | - | gazzettaufficiale.it, 24G00155
  BSI-Gesetz vom 14. August 2009 | 2020 | BSIG 2009 | current | withdrawn | BSIG | BGBl. 2025 I Nr. 301
  TTDSG | 2022 | TTDSG | current | withdrawn | TDDDG | BGBl. 2024 I Nr. 149
  TTDSG | 2025 | TTDSG | withdrawn | withdrawn | TDDDG | BGBl. 2024 I Nr. 149
  Data Protection Act 1998 | 2010 | UK Data Protection Act 1998 | current | withdrawn | UK Data Protection Act 2018 | legislation.gov.uk/ukpga/2018/12/schedule/19
  zákon č. 181/2014 Sb. | 2022 | CZ Zákon 181/2014 | current | withdrawn | CZ Zákon 264/2025 | e-sbirka.cz/sb/2025/264
  2013. évi L. törvény | 2022 | Ibtv. | current | withdrawn | HU Kiberbiztonsági törvény | njt.hu/jogszabaly/2024-69-00-00
  Legea nr. 362/2018 | 2022 | RO Legea 362/2018 | current | withdrawn | RO OUG 155/2024 | OUG 155/2024, final articles
  Lei n.º 46/2018 | 2024 | PT Lei 46/2018 | current | withdrawn | PT Regime Jurídico da Cibersegurança | Decreto-Lei 125/2025
  Personuppgiftslagen | 2016 | Personuppgiftslagen | current | withdrawn | Dataskyddslagen | SFS 2018:218
  Wet bescherming persoonsgegevens | 2015 | Wbp | current | withdrawn | UAVG | wetten.overheid.nl/BWBR0040940
  IT-Sicherheitsgesetz | 2016 | IT-SiG | current | current | - | an amending act: BGBl. 2015 I Nr. 31
`);

const BASELINES = rowsOf(`
  ISKE | 2019 | ISKE | current | withdrawn | E-ITS | ria.ee, in force until 31.12.2023
  E-ITS 2022 | 2022 | E-ITS 2022 | current | superseded | E-ITS 2024 | eits.ria.ee
  BIO 1.04 | 2021 | BIO 1.04 | current | superseded | BIO2 | bio-overheid.nl
  BIO2 | 2026 | BIO2 | current | current | - | bio-overheid.nl
  BIR 2012 | 2014 | BIR 2012 | current | superseded | BIO2 | noraonline.nl/wiki/BIR
  NEN 7510:2017 | 2020 | NEN 7510:2017 | current | superseded | NEN 7510:2024 | nen.nl/nen-7510
  NEN 7510:2024 | 2026 | NEN 7510:2024 | current | current | - | nen.nl/nen-7510
  ABDO 2019 | 2022 | ABDO 2019 | current | superseded | ABRO 2026 | zoek.officielebekendmakingen.nl/stcrt-2025-39538.html
  RGS v1.0 | 2012 | ANSSI RGS v1.0 | current | superseded | ANSSI RGS v2.0 | legifrance.gouv.fr/loda/id/JORFTEXT000029122964
  RGS v2.0 | 2020 | ANSSI RGS v2.0 | current | current | - | legifrance.gouv.fr/loda/id/JORFTEXT000029122964
  RGAA 3 | 2016 | RGAA 3 | current | superseded | RGAA 4.1 | accessibilite.numerique.gouv.fr
  SecNumCloud 3.1 | 2020 | ANSSI SecNumCloud 3.1 | current | superseded | ANSSI SecNumCloud 3.2 | cyber.gouv.fr/secnumcloud-pour-les-fournisseurs-de-services-cloud
  HDS v1.1 | 2022 | HDS v1 | current | superseded | HDS v2 | esante.gouv.fr/produits-services/hds
  BSI C5:2016 | 2018 | BSI C5:2016 | current | superseded | BSI C5:2020 | bsi.bund.de, C5 archive
  BSI C5:2020 | 2026-10 | BSI C5:2020 | current | current | - | bsi.bund.de/c5, C5:2026 binds from June 2027
  BAIT | 2024 | BAIT | current | current | - | KWG § 65a (3): for some until 1 January 2027
  DIN 66399 | 2022 | DIN 66399 | current | current | - | pzert.de/2-din-66399
  Cyber Essentials v3.2 | 2025-06 | Cyber Essentials v3.2 | current | superseded | Cyber Essentials v3.3 | ncsc.gov.uk/cyberessentials
  NCSC CAF 3.1 | 2022-06 | NCSC CAF 3.1 | current | superseded | NCSC CAF 4.0 | ncsc.gov.uk/collection/cyber-assessment-framework
  Katakri 2015 | 2018 | Katakri 2015 | current | superseded | Katakri 2020 | um.fi/katakri
  MAAGTICSI | 2015 | MAAGTICSI | current | withdrawn | Acuerdo TIC 2021 | dof.gob.mx, 06/09/2021
`);

const UNITED_STATES = rowsOf(`
  Binding Operational Directive 22-01 | 2022 | BOD 22-01 | current | withdrawn | BOD 26-04 | cisa.gov/directives, BOD 26-04
  BOD 22-01 | 2026-08 | BOD 22-01 | withdrawn | withdrawn | BOD 26-04 | cisa.gov/directives, BOD 26-04
  BOD 19-02 | 2022 | BOD 19-02 | current | withdrawn | BOD 26-04 | cisa.gov/directives, BOD 26-04
  BOD 18-01 | 2022 | BOD 18-01 | current | current | - | cisa.gov/directives
  CISA Emergency Directive 21-01 | 2022 | ED 21-01 | current | withdrawn | - | infosecurity-magazine.com/news/cisa-closes-ten-emergency
  OMB memorandum M-22-18 | 2023 | OMB M-22-18 | current | withdrawn | OMB M-26-05 | OMB M-26-05
  OMB memorandum M-22-09 | 2023 | OMB M-22-09 | current | current | - | whitehouse.gov/omb
  OMB memorandum M-07-16 | 2010 | OMB M-07-16 | current | withdrawn | OMB M-17-12 | OMB M-17-12
  Executive Order 14028 | 2022 | Executive Order 14028 | current | current | - | amended, not revoked, by Executive Orders 14144 and 14306
  Executive Order 13800 | 2022 | Executive Order 13800 | current | current | - | federalregister.gov/d/2017-10004
  CMMC 1.0 | 2020-06 | CMMC 1.0 | current | superseded | CMMC | dodcio.defense.gov/CMMC
  CNSA 1.0 | 2024 | CNSA 1.0 | current | current | - | CSI CNSA 2.0 FAQ: allowed until each transition ends
  NIST SP 800-171 Rev. 2 | 2023 | NIST SP 800-171 Rev. 2 | current | superseded | NIST SP 800-171 Rev. 3 | csrc.nist.gov/pubs/sp/800/171/r3/final
  NIST SP 800-63-3 | 2022 | NIST SP 800-63-3 | current | superseded | NIST SP 800-63-4 | csrc.nist.gov/pubs/sp/800/63/4/final
  FIPS 140-2 | 2018 | NIST FIPS 140-2 | current | historic | NIST FIPS 140-3 | csrc.nist.gov/projects/fips-140-3-transition-effort
  FIPS 140-2 | 2024 | NIST FIPS 140-2 | superseded | historic | NIST FIPS 140-3 | csrc.nist.gov/projects/fips-140-3-transition-effort
  FIPS 186-4 | 2020 | NIST FIPS 186-4 | current | superseded | NIST FIPS 186-5 | csrc.nist.gov/pubs/fips/186-5/final
  FIPS 201-2 | 2018 | NIST FIPS 201-2 | current | superseded | NIST FIPS 201-3 | csrc.nist.gov/pubs/fips/201-3/final
`);

const SCHEMES = rowsOf(`
  PCI DSS 3.2.1 | 2023 | PCI DSS v3.2.1 | current | superseded | PCI DSS v4.0.1 | pcisecuritystandards.org, retired 2024-03-31
  PCI DSS 4.0 | 2024-06 | PCI DSS v4.0 | current | superseded | PCI DSS v4.0.1 | pcisecuritystandards.org, retired 2024-12-31
  PCI DSS v4.0.1 | 2025 | PCI DSS v4.0.1 | current | current | - | pcisecuritystandards.org
  OWASP Top 10 2021 | 2022 | OWASP Top 10:2021 | current | superseded | OWASP Top 10:2025 | owasp.org/Top10/2025
  OWASP Top 10:2025 | 2026 | OWASP Top 10:2025 | current | current | - | owasp.org/Top10/2025
  OWASP ASVS v4.0.3 | 2023 | OWASP ASVS 4.0.3 | current | superseded | OWASP ASVS 5.0.0 | owasp.org/www-project-application-security-verification-standard
  CIS Controls v8 | 2022 | CIS Controls v8 | current | superseded | CIS Controls v8.1 | cisecurity.org/controls/v8-1
  CSA CCM v3.0.1 | 2020 | CSA CCM v3.0.1 | current | superseded | CSA CCM v4 | cloudsecurityalliance.org/press-releases/2021/01/21
  Cloud Controls Matrix v4 | 2026 | CSA CCM v4 | current | current | - | transition to 4.1 until the end of 2027
  VDA ISA 5.1 | 2022-06 | VDA ISA 5.1 | current | superseded | VDA ISA 6.0 | enx.com/tisax
  SLSA v1.1 | 2025-06 | SLSA v1.1 | current | superseded | SLSA v1.2 | slsa.dev/spec/v1.1/whats-new
  SSAE 16 | 2015 | SSAE 16 | current | superseded | SSAE 18 | aicpa-cima.com
  Common Criteria v3.1 R5 | 2018 | CC v3.1R5 | current | superseded | CC:2022 | commoncriteriaportal.org/cc
  COBIT 5 | 2014 | COBIT 5 | current | superseded | COBIT 2019 | isaca.org/resources/cobit
  CTAP 2.1 | 2024 | FIDO CTAP 2.1 | current | superseded | FIDO CTAP 2.3 | fidoalliance.org/specifications/download
`);

const PROTOCOLS = rowsOf(`
  TLS 1.0 | 2005 | TLS 1.0 | current | deprecated | TLS 1.3 | rfc-editor.org/info/rfc8996
  TLS 1.1 | 2020 | TLS 1.1 | superseded | deprecated | TLS 1.3 | rfc-editor.org/info/rfc8996
  TLS 1.2 | 2020 | TLS 1.2 | current | current | - | rfc-editor.org/info/rfc9325
  SSL 3.0 | 2017 | SSL 3.0 | deprecated | deprecated | TLS 1.3 | rfc-editor.org/info/rfc7568
  SSHv1 | 2012 | SSH-1 | deprecated | deprecated | SSH-2 | openssh.com/txt/release-7.0
  SNMPv2c | 2012 | SNMPv2c | historic | historic | SNMPv3 | rfc-editor.org/info/rfc1901
  SMBv1 | 2020 | SMB 1.0 | deprecated | deprecated | SMB 3 | learn.microsoft.com, detect-enable-and-disable-smbv1
  IKEv1 | 2024 | IKEv1 | deprecated | deprecated | IKEv2 | rfc-editor.org/info/rfc9395
  wireless network with WEP | 2012 | WEP | deprecated | deprecated | WPA3 | standards.ieee.org/ieee/802.11/3605
  WPA2 | 2020 | WPA2 | current | current | - | wi-fi.org/discover-wi-fi/security
  DES encryption | 2003 | DES | current | withdrawn | AES | csrc.nist.gov/pubs/fips/46-3/final
  3DES | 2015 | 3DES | current | deprecated | AES | csrc.nist.gov/pubs/sp/800/131/a/r2/final
  3DES | 2025 | 3DES | deprecated | deprecated | AES | csrc.nist.gov/pubs/sp/800/131/a/r2/final
  SHA-1 | 2008 | SHA-1 | current | deprecated | SHA-2 | csrc.nist.gov/pubs/sp/800/131/a/r2/final
  MD5 hash | 2020 | MD5 | deprecated | deprecated | SHA-2 | rfc-editor.org/info/rfc6151
  RC4 cipher suites in TLS | 2020 | RC4 | deprecated | deprecated | AES | rfc-editor.org/info/rfc7465
  RFC 5751 | 2018 | RFC 5751 | current | obsolete | RFC 8551 | rfc-editor.org/info/rfc8551
  RFC 4880 | 2018 | RFC 4880 | current | obsolete | RFC 9580 | rfc-editor.org/info/rfc9580
`);

const INTERNATIONAL = rowsOf(`
  ISO/IEC 27001:2013 | 2018 | ISO/IEC 27001:2013 | current | superseded | ISO/IEC 27001:2022 | iso.org/standard/54534.html
  ISO/IEC 27002:2013 | 2018 | ISO/IEC 27002:2013 | current | superseded | ISO/IEC 27002:2022 | iso.org/standard/54533.html
  ISO/IEC 27005:2018 | 2020 | ISO/IEC 27005:2018 | current | superseded | ISO/IEC 27005:2022 | iso.org/standard/80585.html
  ISO/IEC 27017:2015 | 2020 | ISO/IEC 27017:2015 | current | current | - | iso.org/standard/43757.html
  ISO/IEC 27701:2019 | 2022 | ISO/IEC 27701:2019 | current | superseded | ISO/IEC 27701:2025 | iso.org/standard/27701
  ISO 22301:2012 | 2016 | ISO 22301:2012 | current | superseded | ISO 22301:2019 | iso.org/standard/75106.html
  ISO/IEC 20000-1:2011 | 2015 | ISO/IEC 20000-1:2011 | current | superseded | ISO/IEC 20000-1:2018 | iso.org/standard/70636.html
  ISO/IEC 18045:2008 | 2018 | ISO/IEC 18045:2008 | current | superseded | ISO/IEC 18045:2022 | iso.org/standard/72889.html
  ISO/IEC 19790:2012 | 2020 | ISO/IEC 19790:2012 | current | superseded | ISO/IEC 19790:2025 | iso.org/standard/82423.html
  ISO/IEC 42001:2023 | 2024 | ISO/IEC 42001:2023 | current | current | - | iso.org/standard/42001
  IEC 62443-2-1:2010 | 2020 | IEC 62443-2-1:2010 | current | superseded | IEC 62443-2-1:2024 | webstore.iec.ch
  IEC 62443-3-3:2013 | 2020 | IEC 62443-3-3:2013 | current | current | - | webstore.iec.ch
  ETSI EN 303 645 V2.1.1 | 2022 | ETSI EN 303 645 V2.1.1 | current | superseded | ETSI EN 303 645 V3.1.3 | etsi.org/deliver/etsi_en/303600_303699/303645
  EN 301 549 V3.2.1 | 2022 | ETSI EN 301 549 V3.2.1 | current | current | - | eur-lex.europa.eu/eli/dec_impl/2021/1339/oj
  WCAG 2.1 | 2024 | WCAG 2.1 | current | current | - | w3.org/WAI/standards-guidelines/wcag
  WCAG 1.0 | 2010 | WCAG 1.0 | current | superseded | WCAG 2.2 | w3.org/TR/WAI-WEBCONTENT
  EN 301 549 V2.1.2 | 2020 | ETSI EN 301 549 V2.1.2 | current | superseded | ETSI EN 301 549 V4.1.1 | etsi.org/deliver/etsi_en/301500_301599/301549
`);

describe.each<[string, Row[]]>([
  ['law of the European Union', EU_LAW],
  ['national law', NATIONAL_LAW],
  ['national baselines', BASELINES],
  ['rules of the United States', UNITED_STATES],
  ['schemes', SCHEMES],
  ['protocols and algorithms', PROTOCOLS],
  ['international standards', INTERNATIONAL],
])('%s', (_, rows) => {
  test.each(rows)(
    '%s in %s: %s was %s, is %s, and now %s holds (%s)',
    (written, date, standard, then, now, replacedBy) => {
      const mention = resolve(written, { date, asOf: TODAY }, registry).find((each) => each.standard === standard);
      expect(mention).toMatchObject({ standard, statusThen: then, status: now, replacedBy });
    },
  );
});

/** Names that say nothing of an edition, and rules that are old and still hold: no document is behind the times for these. */
test.each([
  ['eIDAS', 'amended in 2024, not repealed: eur-lex.europa.eu/eli/reg/2024/1183/oj'],
  ['ISO/IEC 27001', 'no edition'],
  ['PCI DSS', 'no edition'],
  ['OWASP Top 10', 'no edition'],
  ['BSI C5:2020', 'in transition until June 2027'],
  ['Real Decreto 1720/2007', 'never repealed as a whole'],
  ['IT-Sicherheitsgesetz', 'an amending act'],
  ['TLS 1.2', 'rfc-editor.org/info/rfc9325'],
  ['WPA2', 'wi-fi.org'],
  ['Commercial Product Assurance (CPA)', 'goes on for smart meters'],
  ['RGS annexe B1', 'still an annex of the RGS'],
  ['WCAG 2.1 level AA', 'not superseded by 2.2: w3.org/WAI/standards-guidelines/wcag'],
  ['WCAG 2.0 level AA', 'not superseded by 2.1: w3.org/WAI/standards-guidelines/wcag'],
  ['EN 301 549 V3.2.1 (2021-03)', 'cited in the Official Journal: eur-lex.europa.eu/eli/dec_impl/2021/1339/oj'],
  ['EN 301 549', 'no edition'],
  ['Directive 2002/58/EC', 'amended, not repealed: eur-lex.europa.eu/eli/dir/2002/58'],
  ['Regulation (EU) 2016/679', 'in force'],
  ['NIS Directive', 'a name that may be said of the next: only the number is an edition'],
])('%s is not stale: %s', (written) => {
  const mentions = resolve(written, { date: '2026-06', asOf: TODAY }, registry);
  expect(mentions.length).toBeGreaterThan(0);
  expect(mentions.filter(isOutOfForce)).toEqual([]);
});

/** What is over, or an edition that a newer one replaced. */
test.each([
  ['TLS 1.0', 'forbidden: rfc-editor.org/info/rfc8996'],
  ['PCI DSS 3.2.1', 'retired 2024-03-31'],
  ['Real Decreto 3/2010', 'repealed: boe.es/buscar/act.php?id=BOE-A-2022-7191'],
  ['BOD 22-01', 'revoked: cisa.gov/directives, BOD 26-04'],
  ['SHA-1', 'csrc.nist.gov/news/2022/nist-transitioning-away-from-sha-1-for-all-apps'],
  ['NEN 7510:2011', 'nen.nl/nen-7510'],
  ['EN 301 549 V2.1.2', 'eur-lex.europa.eu/eli/dec_impl/2021/1339/oj'],
  ['WCAG 1.0', 'superseded 18 May 2021: w3.org/TR/WAI-WEBCONTENT'],
  ['Directive 95/46/EC', 'repealed: eur-lex.europa.eu/eli/reg/2016/679/oj, article 94'],
  ['Richtlinie 95/46/EG', 'repealed: eur-lex.europa.eu/eli/reg/2016/679/oj, article 94'],
  ['Directive (EU) 2016/1148', 'repealed: eur-lex.europa.eu/eli/dir/2022/2555/oj, article 44'],
  ['directive 1999/93/CE', 'repealed: eur-lex.europa.eu/eli/reg/2014/910/oj, article 50'],
  ['Data Protection Act 1998', 'legislation.gov.uk/ukpga/2018/12/schedule/19'],
])('%s is stale: %s', (written) => {
  expect(resolve(written, { date: '2026-06', asOf: TODAY }, registry).some(isOutOfForce)).toBe(true);
});
