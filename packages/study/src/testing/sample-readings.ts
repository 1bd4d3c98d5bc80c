/** Made-up readings for tests and for trying the report: the same seed gives the same readings. */
import type {
  Mention,
  Modality,
  Quote,
  Reading,
  ScopeValue,
  SecurityValue,
  StandardsValue,
  Topic,
} from '@proviso/reading';
import { TOPICS } from '@proviso/reading';
import { seededRandom } from '../seeded-random.ts';

interface SampleStandard {
  id: string;
  title: string;
  written: string;
  status: Mention['status'];
  replacedBy: string | null;
  succession: string[];
  kind: Mention['kind'];
  core: boolean;
  versioned: boolean;
}

const standard = (id: string, title: string, written: string, more: Partial<SampleStandard> = {}): SampleStandard => ({
  id,
  title,
  written,
  status: 'current',
  replacedBy: null,
  succession: [],
  kind: 'standard',
  core: true,
  versioned: false,
  ...more,
});
const stale = (status: Mention['status'], ...succession: string[]): Partial<SampleStandard> => ({
  status,
  versioned: true,
  succession,
  replacedBy: succession.at(-1) ?? null,
});

const STANDARDS: readonly SampleStandard[] = [
  standard('ISO/IEC 27001:2022', 'Information security management systems', 'ISO 27001'),
  standard('TLS 1.2', 'Transport Layer Security 1.2', 'TLS 1.2', { kind: 'protocol', versioned: true }),
  standard(
    'ISO/IEC 27001:2013',
    'Information security management systems',
    'ISO/IEC 27001:2013',
    stale('withdrawn', 'ISO/IEC 27001:2022'),
  ),
  standard('DNSSEC', 'DNS Security Extensions', 'DNSSEC', { kind: 'protocol' }),
  standard('DMARC', 'Domain-based Message Authentication, Reporting and Conformance', 'DMARC', { kind: 'protocol' }),
  standard('TLS 1.0', 'Transport Layer Security 1.0', 'TLS 1.0', {
    kind: 'protocol',
    ...stale('deprecated', 'TLS 1.1', 'TLS 1.2', 'TLS 1.3'),
  }),
  standard('OWASP ASVS', 'Application Security Verification Standard', 'OWASP ASVS', { kind: 'framework' }),
  standard(
    'FIPS 140-2',
    'Security Requirements for Cryptographic Modules',
    'FIPS 140-2',
    stale('superseded', 'FIPS 140-3'),
  ),
  standard('GDPR', 'Regulation (EU) 2016/679', 'GDPR', { kind: 'law' }),
  standard('IPv6', 'Internet Protocol, version 6', 'IPv6', { kind: 'protocol' }),
  standard('RPKI', 'Resource Public Key Infrastructure', 'RPKI', { kind: 'protocol' }),
  standard('BIO', 'Baseline Informatiebeveiliging Overheid', 'BIO', { kind: 'baseline' }),
  standard('ISO 9001:2015', 'Quality management systems', 'ISO 9001', { core: false }),
  standard(
    'RFC 5246',
    'The Transport Layer Security (TLS) Protocol Version 1.2',
    'RFC 5246',
    stale('obsolete', 'RFC 8446', 'RFC 9846'),
  ),
  standard('WCAG 2.1', 'Web Content Accessibility Guidelines 2.1', 'WCAG 2.1', { core: false, versioned: true }),
  standard('NIST SP 800-53 Rev. 5', 'Security and Privacy Controls', 'NIST SP 800-53', { kind: 'framework' }),
];

interface Place {
  country: string | null;
  language: string;
  publisher: string;
  title: string;
  section: string;
  sentence: string;
}

const PLACES: readonly Place[] = [
  {
    country: 'NL',
    language: 'nl',
    publisher: 'Ministerie van Volksgezondheid',
    title: 'Programma van eisen hosting',
    section: '4 Beveiliging',
    sentence: 'De leverancier moet voldoen aan',
  },
  {
    country: 'FR',
    language: 'fr',
    publisher: 'Direction interministérielle du numérique',
    title: 'CCTP – infogérance',
    section: '3.2 Sécurité des systèmes',
    sentence: 'Le titulaire doit se conformer à',
  },
  {
    country: 'DE',
    language: 'de',
    publisher: 'Beschaffungsamt des BMI',
    title: 'Leistungsbeschreibung Netzbetrieb',
    section: '5 Informationssicherheit',
    sentence: 'Der Auftragnehmer muss einhalten:',
  },
  {
    country: 'GB',
    language: 'en',
    publisher: 'Crown Commercial Service',
    title: 'Call-off schedule 9: security',
    section: 'Part B › Security',
    sentence: 'The supplier shall comply with',
  },
  {
    country: 'EE',
    language: 'et',
    publisher: 'Riigi Infosüsteemi Amet',
    title: 'Mittefunktsionaalsed nõuded',
    section: '2 Turve',
    sentence: 'Süsteem peab vastama nõudele',
  },
  {
    country: 'US',
    language: 'en',
    publisher: 'General Services Administration',
    title: 'Statement of work: cloud support',
    section: 'C.5 Security requirements',
    sentence: 'The contractor shall implement',
  },
  {
    country: 'BR',
    language: 'pt',
    publisher: 'Ministério da Gestão',
    title: 'Termo de referência',
    section: '7 Segurança da informação',
    sentence: 'A contratada deverá atender a',
  },
  {
    country: null,
    language: 'en',
    publisher: 'Regional buying office',
    title: 'General terms for supplies',
    section: '',
    sentence: 'Suppliers should follow',
  },
];
const TYPES = ['technical-specification', 'procurement-guide', 'contract-terms', 'notice', 'standards-list'];
const SCOPES: ScopeValue[] = ['none', 'general', 'chapter', 'dedicated'];
const SECURITIES: SecurityValue[] = ['none', 'passing', 'aspiration', 'process', 'requirement', 'proof'];
const NAMINGS: StandardsValue[] = ['none', 'unnamed', 'management', 'named', 'versioned', 'tested'];
const MODALITIES: Modality[] = ['must', 'must', 'must', 'should', 'may', 'context', 'negative', 'boilerplate'];

/** `count` readings; one in twelve could not be read, one in fifteen nearly repeats another. */
export function sampleReadings(count: number, seed = 1): Reading[] {
  const random = seededRandom(seed);
  const readings: Reading[] = [];
  for (let index = 0; index < count; index += 1) readings.push(sampleReading(index, random, readings));
  return readings;
}

function sampleReading(index: number, random: () => number, before: readonly Reading[]): Reading {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const place = PLACES[Math.floor(random() ** 1.4 * PLACES.length)] ?? PLACES[0];
  if (!place) throw new Error('no places');
  const unread = index % 12 === 7;
  const twin = index % 15 === 11 ? (before[index - 3] ?? null) : null;
  const year = 2012 + Math.floor(random() * 14);
  const date = random() < 0.8 ? `${year}-${String(1 + Math.floor(random() * 12)).padStart(2, '0')}-15` : null;
  let offset = 0;
  const quote = (text: string, section = place.section): Quote => {
    offset += 400;
    return { text, page: 1 + Math.floor(offset / 2000), section, start: offset, end: offset + text.length };
  };
  const scope = unread ? null : (SCOPES[Math.min(3, Math.floor(random() * 5))] ?? 'none');
  const security = unread ? null : (SECURITIES[Math.floor(random() ** 0.7 * 6)] ?? 'none');
  const mentions: Mention[] = [];
  if (!unread && security !== 'none') {
    const many = Math.floor(random() ** 2 * 12);
    for (let n = 0; n < many; n += 1) {
      const named = STANDARDS[Math.floor(random() ** 1.5 * STANDARDS.length)];
      if (!named) continue;
      const modality = pick(MODALITIES);
      mentions.push({
        ...quote(named.written),
        standard: named.id,
        title: named.title,
        status: named.status,
        statusThen: date === null ? null : named.status !== 'current' && year < 2018 ? 'current' : named.status,
        replacedBy: named.replacedBy,
        succession: named.succession,
        kind: named.kind,
        topics: [],
        core: named.core,
        versioned: named.versioned,
        minimum: named.versioned && random() < 0.15,
        orEquivalent: random() < 0.2,
        modality,
        addressee: pick(['supplier', 'supplier', 'buyer', 'both', 'unclear'] as const),
        reason: pick(['id', 'alias', 'series'] as const),
      });
    }
  }
  const core = mentions.filter((mention) => mention.core);
  const topics = security === null || security === 'none' ? [] : TOPICS.filter(() => random() < 0.22);
  const titles = `${place.title} ${index + 1}`;
  return {
    schema: 'proviso.reading/1',
    engine: 'sample/1',
    codebook: 'sample',
    registry: 'sample',
    asOf: '2026-11-24',
    source: {
      path: `documents/${(place.country ?? 'xx').toLowerCase()}-${index + 1}.pdf`,
      sha256: (index + 1).toString(16).padStart(64, 'a'),
      bytes: 10_000 + index,
      format: 'pdf',
      language: place.language,
      title: unread ? null : titles,
      pages: unread ? null : 4 + Math.floor(random() * 60),
      date,
      country: place.country,
      publisher: place.publisher,
      type: pick(TYPES),
      stated: date === null ? {} : { date: { value: date, from: 'text', quote: quote(`Version of ${date}`, '') } },
      duplicateOf: twin && !unread ? twin.source.path : null,
    },
    scope: {
      value: scope,
      concernsIct: scope === null ? null : scope !== 'none',
      isProcurement: unread ? null : random() < 0.8,
      evidence: scope === null || scope === 'none' ? [] : [quote(titles, ''), quote(`${place.sentence} ICT.`)],
    },
    security: {
      value: security,
      topics: topics.map((topic: Topic) => ({
        topic,
        evidence: [quote(`${place.sentence} ${topic.replaceAll('-', ' ')}.`)],
      })),
      sections: security === null || security === 'none' ? [] : [{ heading: place.section || 'Security', page: 3 }],
      evidence:
        security === null || security === 'none'
          ? []
          : [quote(`${place.sentence} ${security}.`), quote(`${place.sentence} ISO 27001.`)],
    },
    standards: {
      value: unread
        ? null
        : core.length === 0
          ? (NAMINGS[random() < 0.3 ? 1 : 0] ?? 'none')
          : (NAMINGS[2 + Math.floor(random() * 4)] ?? 'named'),
      delegatedTo: random() < 0.08 ? ['Forum Standaardisatie list'] : [],
      mentions,
    },
    findings: [],
    problems: unread
      ? [
          {
            code: 'scanned',
            message: `${titles}: the pages are pictures of text; have them read by a scanner program (OCR) and give the result.`,
            fatal: true,
          },
        ]
      : [],
  };
}
