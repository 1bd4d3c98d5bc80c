import type { Rule } from './rule.ts';
import { staleEdition } from './stale-edition.ts';

/** An edition that a newer one has replaced is asked for. */
export const superseded: Rule = {
  id: 'standards/superseded',
  level: 'warning',
  good: [
    { text: 'The supplier must hold an ISO/IEC 27001:2022 certificate.' },
    { text: 'The supplier must hold an ISO/IEC 27001 certificate.' },
    { text: 'Controls must follow NIST SP 800-53 Rev. 4 or later.' },
  ],
  bad: [
    { text: 'The supplier must hold an ISO/IEC 27001:2013 certificate.' },
    { text: 'Controls must follow NIST SP 800-53 Rev. 4 in full.' },
    { text: 'The supplier must test for the risks of the OWASP Top 10, edition 2017.' },
    { text: 'Le téléservice respecte le référentiel général de sécurité (RGS) dans sa version 1.0.', language: 'fr' },
    { text: 'De leverancier toetst aan de OWASP Top 10 in de versie 2017.', language: 'nl' },
    { text: 'Der Auftragnehmer prüft gegen die OWASP Top 10 in der Fassung 2017.', language: 'de' },
  ],
  create: staleEdition(['superseded', 'obsolete'], { replaced: 'message', alone: 'unreplaced' }),
};
