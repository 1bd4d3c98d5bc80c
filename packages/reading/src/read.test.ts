import type { Document } from '@proviso/documents';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isStale } from './mentions.ts';
import { nullReading } from './null-reading.ts';
import { read } from './read.ts';
import { contextOf, documentOf } from './testing/document.ts';
import type { Quote, Reading } from './types.ts';

function quotes(reading: Reading): Quote[] {
  const stated = Object.values(reading.source.stated).flatMap((fact) => fact.quote ?? []);
  const topics = reading.security.topics.flatMap(({ evidence }) => evidence);
  return [
    ...stated,
    ...reading.scope.evidence,
    ...reading.security.evidence,
    ...topics,
    ...reading.standards.mentions,
    ...reading.findings,
  ];
}

function expectStanding(document: Document, reading: Reading): void {
  for (const { start, end, text } of quotes(reading)) expect(document.text.slice(start, end)).toBe(text);
}

const TENDER = `# Request for proposal: case management software
Contracting authority: City of Testham
Date of issue: 4 March 2024
# Security requirements
The supplier shall encrypt all personal data in transit with TLS 1.2 or later and at rest with AES-256.
User accounts of administrators must be protected by multi-factor authentication.
The supplier shall show a valid ISO/IEC 27001:2013 certificate and a yearly penetration test report.
SSLv3 and TLS 1.0 must be disabled.
# Award criteria
Tenders are evaluated by price and quality of the software.`;

describe('read', () => {
  it('answers the three questions about a tender, with evidence', () => {
    const document = documentOf(TENDER);
    const reading = read(document, contextOf());
    expect(reading.scope).toMatchObject({ value: 'dedicated', concernsIct: true, isProcurement: true });
    expect(reading.security.value).toBe('proof');
    expect(reading.security.evidence[0]?.text).toContain('penetration test report');
    expect(reading.security.topics.map(({ topic }) => topic)).toEqual(
      expect.arrayContaining(['access-control', 'cryptography', 'vulnerability-management']),
    );
    expect(reading.security.sections).toEqual([{ heading: 'Security requirements', page: null }]);
    expect(reading.standards.value).toBe('versioned');
    expect(reading.source).toMatchObject({ date: '2024-03-04', publisher: 'City of Testham', type: 'rfp' });
    expect(reading.findings.map(({ rule }) => rule)).toEqual(['standards/superseded']);
    expectStanding(document, reading);
  });

  it('quotes a wording once, though it is a heading too', () => {
    const sentence = 'Suppliers must encrypt personal data in transit';
    const { evidence } = read(documentOf(`# Software tender\n## ${sentence}\n${sentence}.`), contextOf()).security;
    expect(evidence.map(({ text }) => text)).toHaveLength(1);
  });

  it('marks what is forbidden as negative and what is demanded of the supplier', () => {
    const { mentions } = read(documentOf(TENDER), contextOf()).standards;
    const of = (id: string) => mentions.find(({ standard }) => standard === id);
    expect(of('TLS 1.0')?.modality).toBe('negative');
    expect(of('TLS 1.2')).toMatchObject({ modality: 'must', addressee: 'supplier', minimum: true });
    expect(of('ISO/IEC 27001:2013')).toMatchObject({
      status: 'superseded',
      statusThen: 'superseded',
      replacedBy: 'ISO/IEC 27001:2022',
    });
  });

  it('says nothing of security for a tender about other things', () => {
    const reading = read(
      documentOf(
        '# Invitation to tender: school meals\nThe bid security shall be two percent.\nCatering staff shall wear uniforms. Social security is paid by the supplier.',
      ),
      contextOf(),
    );
    expect(reading.scope).toMatchObject({ concernsIct: false, isProcurement: true });
    expect(reading.security).toEqual({ value: 'none', topics: [], sections: [], evidence: [] });
    expect(reading.standards.value).toBe('none');
  });

  it('calls laws alone no standard', () => {
    const reading = read(
      documentOf('The supplier shall process personal data in the software as the GDPR demands.'),
      contextOf(),
    );
    expect(reading.standards.mentions.length).toBeGreaterThan(0);
    expect(reading.standards.mentions.some(({ core }) => core)).toBe(false);
    expect(reading.standards.value).toBe('none');
  });

  it.each([
    ['Personal data in the software shall be processed as Directive 95/46/EC demands.', true],
    ['Personal data in the software shall be processed as Regulation (EU) 2016/679 demands.', false],
    ['The confidentiality of communications shall be kept as Directive 2002/58/EC demands.', false],
    ['The website shall meet WCAG 1.0.', true],
    ['The website shall meet WCAG 2.1 level AA.', false],
    ['The software shall meet EN 301 549 V3.2.1.', false],
    ['The software shall meet EN 301 549 V2.1.2.', true],
  ])('%s: behind the times: %s', (text, stale) => {
    const { mentions } = read(documentOf(text), contextOf()).standards;
    expect(mentions).toHaveLength(1);
    expect(mentions.some(isStale)).toBe(stale);
  });

  it('names a maintained list as what the document delegates to', () => {
    const reading = read(
      documentOf(
        'De leverancier moet voldoen aan de lijst open standaarden van het Forum Standaardisatie voor alle software.',
        'nl',
      ),
      contextOf(),
    );
    expect(reading.standards.delegatedTo).not.toEqual([]);
  });

  it('takes facts from the manifest only where the document is silent', () => {
    const manifest = { date: '2020-01-01', country: 'NL', publisher: 'Gemeente X', type: 'rfp' };
    const silent = read(documentOf('Some software.'), contextOf(manifest)).source;
    expect(silent).toMatchObject(manifest);
    expect(silent.stated.date).toEqual({ value: '2020-01-01', from: 'manifest', quote: null });
    expect(read(documentOf(TENDER), contextOf(manifest)).source).toMatchObject({
      date: '2024-03-04',
      publisher: 'City of Testham',
      country: 'NL',
    });
  });

  it('gives null answers, and never a no, for what could not be read', () => {
    const document = documentOf('');
    document.problems.push({ code: 'scanned', message: 'Pictures of pages.', fatal: true });
    const reading = read(document, contextOf());
    expect([reading.scope.value, reading.security.value, reading.standards.value]).toEqual([null, null, null]);
    expect([reading.scope.concernsIct, reading.scope.isProcurement]).toEqual([null, null]);
    expect(reading.problems).toHaveLength(1);
    const never = nullReading(contextOf().source, { engine: 'test', asOf: '2026-11-22' }, []);
    expect(never.schema).toBe('proviso.reading/1');
  });

  it('reads the same document the same way twice', () => {
    const context = contextOf();
    expect(read(documentOf(TENDER), context)).toEqual(read(documentOf(TENDER), context));
  });

  it('quotes only what stands in the document, whatever the document', () => {
    const line = fc.oneof(
      fc.constantFrom(
        ...TENDER.split('\n'),
        '- TLS 1.0 | must | encrypted',
        'Herausgeber: Stadt X',
        '令和六年四月一日 2024年4月1日',
        'ﬁrewall\u00ad security',
        '# # #',
        ' | ',
      ),
      fc.string({ maxLength: 80 }),
      fc.string({ unit: 'grapheme', maxLength: 40 }),
    );
    const language = fc.constantFrom('en', 'de', 'fr', 'ja', 'el', 'xx', null);
    fc.assert(
      fc.property(fc.array(line, { maxLength: 25 }), language, (lines, spoken) => {
        const document = documentOf(lines.join('\n'), spoken);
        expectStanding(document, read(document, contextOf()));
      }),
      { numRuns: 60 },
    );
  });

  it.each([
    ['no spaces', 'security'.repeat(620_000)],
    ['one word and spaces', 'encrypted '.repeat(500_000)],
    ['only stops', '. '.repeat(2_000_000)],
    ['only digits', '1234567890 '.repeat(400_000)],
  ])('survives five megabytes in one line: %s', (_name, text) => {
    const document = documentOf(text);
    expectStanding(document, read(document, contextOf()));
  });
});
