import type { Rule } from '../../rules/rule.ts';

/** Series that the registry holds whole: what it lacks of them does not exist. */
const WHOLE =
  /^(?:RFC\s?\d|NIST (?:SP|Special Publication)\s?800|SP\s?800|ISO(?:\/IEC)?\s?27\d{3}(?!\d)|BSI[- ]Standard\s)/i;

/** Evaluation levels of the Common Criteria (ISO/IEC 15408-5) are EAL1 to EAL7. */
const NO_LEVEL = /(?<![\p{L}\d])EAL[ \u00a0-]?(?:0|[89]|[1-9]\d)(?!\.?\d)/u;

/** A standard is asked for that its body never published. */
export const unknownStandard: Rule = {
  id: 'tender/unknown-standard',
  level: 'warning',
  good: [
    { text: 'The supplier must hold an ISO/IEC 27001 certificate.' },
    { text: 'The product must follow the company rule CR 1234.' },
    { text: 'The firewall must be certified to Common Criteria EAL4+.' },
    { text: 'Der Auftragnehmer muss ISO/IEC 27001 erfüllen.', language: 'de' },
    { text: 'Der Auftragnehmer muss Risiken nach BSI-Standard 200-3 behandeln.', language: 'de' },
    { text: 'Le fournisseur doit respecter la norme ISO/IEC 27001.', language: 'fr' },
    { text: 'De leverancier moet voldoen aan ISO/IEC 27001.', language: 'nl' },
  ],
  bad: [
    { text: 'The system must follow RFC 99123 for encryption.' },
    { text: 'The firewall must be certified to Common Criteria EAL8.' },
    { text: 'The supplier must be certified to ISO/IEC 27999.' },
    { text: 'Der Auftragnehmer muss nach ISO/IEC 27999 zertifiziert sein.', language: 'de' },
    { text: 'Der Auftragnehmer muss Risiken nach BSI-Standard 200-8 behandeln.', language: 'de' },
    { text: 'Le fournisseur doit être certifié ISO/IEC 27999.', language: 'fr' },
    { text: 'De leverancier moet gecertificeerd zijn volgens ISO/IEC 27999.', language: 'nl' },
  ],
  create: ({ report, analysis }) => ({
    clause(clause, { modality }) {
      if (modality === 'negative' || modality === 'boilerplate') return;
      const level = NO_LEVEL.exec(analysis.document.text.slice(clause.start, clause.end));
      if (!level) return;
      const start = clause.start + level.index;
      report({ clause, start, end: start + level[0].length, values: { name: level[0] } });
    },
    mention(mention, clause) {
      if (mention.standard !== null || !WHOLE.test(mention.text)) return;
      if (mention.modality === 'negative' || mention.modality === 'boilerplate') return;
      report({ clause, start: mention.start, end: mention.end, values: { name: mention.text } });
    },
  }),
};
