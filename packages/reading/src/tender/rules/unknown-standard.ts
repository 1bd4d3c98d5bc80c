import type { Rule } from '../../rules/rule.ts';

/** Series that the registry holds whole: what it lacks of them does not exist. */
const WHOLE =
  /^(?:RFC\s?\d|NIST (?:SP|Special Publication)\s?800|SP\s?800|ISO(?:\/IEC)?\s?27\d{3}(?!\d)|BSI[- ]Standard\s)/i;

/** A standard is asked for that its body never published. */
export const unknownStandard: Rule = {
  id: 'tender/unknown-standard',
  level: 'warning',
  good: [
    { text: 'The supplier must hold an ISO/IEC 27001 certificate.' },
    { text: 'The product must follow the company rule CR 1234.' },
    { text: 'Der Auftragnehmer muss ISO/IEC 27001 erfüllen.', language: 'de' },
    { text: 'Der Auftragnehmer muss Risiken nach BSI-Standard 200-3 behandeln.', language: 'de' },
    { text: 'Le fournisseur doit respecter la norme ISO/IEC 27001.', language: 'fr' },
    { text: 'De leverancier moet voldoen aan ISO/IEC 27001.', language: 'nl' },
  ],
  bad: [
    { text: 'The system must follow RFC 99123 for encryption.' },
    { text: 'The supplier must be certified to ISO/IEC 27999.' },
    { text: 'Der Auftragnehmer muss nach ISO/IEC 27999 zertifiziert sein.', language: 'de' },
    { text: 'Der Auftragnehmer muss Risiken nach BSI-Standard 200-8 behandeln.', language: 'de' },
    { text: 'Le fournisseur doit être certifié ISO/IEC 27999.', language: 'fr' },
    { text: 'De leverancier moet gecertificeerd zijn volgens ISO/IEC 27999.', language: 'nl' },
  ],
  create: ({ report }) => ({
    mention(mention, clause) {
      if (mention.standard !== null || !WHOLE.test(mention.text)) return;
      if (mention.modality === 'negative' || mention.modality === 'boilerplate') return;
      report({ clause, start: mention.start, end: mention.end, values: { name: mention.text } });
    },
  }),
};
