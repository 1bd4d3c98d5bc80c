import type { Rule } from '../../rules/rule.ts';

/** Certificates of a management system: they say something only about what stands in their scope. */
const SCOPED: ReadonlySet<string> = new Set([
  'ISO/IEC 27001',
  'ISO/IEC 27701',
  'ISO 22301',
  'ISO/IEC 20000-1',
  'ISO/IEC 27017',
  'ISO/IEC 27018',
  'SOC 2',
  'ISAE 3402',
  'ISAE 3000',
  'TISAX',
  'ISO 27001 auf der Basis von IT-Grundschutz',
  'BSI C5',
  'NEN 7510',
  'HDS',
  'SecNumCloud',
]);
/** Of these the name itself is that of a report. */
const REPORTS: ReadonlySet<string> = new Set(['SOC 2', 'ISAE 3402', 'ISAE 3000']);
/** Clauses after the one that demands a certificate in which its scope may stand. */
const NEAR = 2;

/** A certificate is demanded, and not that its scope covers what is bought. */
export const certificateWithoutScope: Rule = {
  id: 'tender/certificate-without-scope',
  level: 'warning',
  good: [
    { text: 'The supplier must hold an ISO/IEC 27001 certificate whose scope covers the hosting of this service.' },
    { text: 'The supplier must follow ISO/IEC 27001.' },
    {
      text: 'Le titulaire doit être certifié ISO/IEC 27001 sur un périmètre couvrant les prestations.',
      language: 'fr',
    },
    {
      text: 'De leverancier moet een ISO/IEC 27001-certificaat hebben waarvan de scope de dienst omvat.',
      language: 'nl',
    },
    {
      text: 'Der Auftragnehmer muss ein ISO/IEC 27001-Zertifikat haben, dessen Geltungsbereich die Leistung umfasst.',
      language: 'de',
    },
  ],
  bad: [
    { text: 'The supplier must hold an ISO/IEC 27001 certificate.' },
    { text: 'Le titulaire doit être certifié ISO/IEC 27001.', language: 'fr' },
    { text: 'De leverancier moet in het bezit zijn van een ISO/IEC 27001-certificaat.', language: 'nl' },
    { text: 'Der Auftragnehmer muss nach ISO/IEC 27001 zertifiziert sein.', language: 'de' },
  ],
  create: ({ report, tender, family: familyOf, analysis }) => {
    const seen = new Set<string>();
    return {
      mention(mention, clause) {
        if (!tender || mention.modality !== 'must' || mention.standard === null) return;
        const family = familyOf(mention.standard);
        if (!SCOPED.has(family) || seen.has(family)) return;
        const says = (cue: 'certificate' | 'scope', index: number): boolean =>
          (tender.hits[index] ?? []).some(({ sign }) => sign.cue === cue);
        if (!REPORTS.has(family) && !says('certificate', clause.index)) return;
        for (let index = clause.index; index <= clause.index + NEAR && index < analysis.clauses.length; index++)
          if (says('scope', index)) return;
        seen.add(family);
        report({ clause, start: mention.start, end: mention.end, values: { standard: family } });
      },
    };
  },
};
