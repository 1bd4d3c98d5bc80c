import { asksSuppliers, COVERED } from '../tender-facts.ts';
import { whereAbsent } from './absent.ts';
import type { DossierRule } from './dossier-rule.ts';

/** Kinds of paper in which security would stand; a page about a framework, or a guide that was taken for a contract, is none. */
const TENDERS: ReadonlySet<string> = new Set(['rfq', 'rfp', 'statement-of-work', 'technical-specification']);

/**
 * A tender for ICT that puts demands to suppliers and none on security. The single absences are then not counted up: security was not
 * thought of, or stands in a paper that is not here. Where the buyer has described the purchase, each of them is said instead.
 */
export const noSecurity: DossierRule = {
  id: 'tender/no-security',
  level: 'warning',
  good: [
    {
      language: 'en',
      files: {
        'a.txt':
          'Invitation to tender for a web portal. Tenderers submit an offer; award criteria follow.\nThe supplier must deliver the web application and the hosting of the software for four years.\nThe supplier must encrypt the personal data of users.',
      },
    },
    {
      language: 'en',
      files: {
        'a.txt':
          'Invitation to tender for office chairs. Tenderers submit an offer; award criteria follow.\nThe supplier must deliver 40 chairs.',
      },
    },
  ],
  bad: [
    {
      language: 'en',
      files: {
        'a.txt':
          'Invitation to tender for a web portal. Tenderers submit an offer; award criteria follow.\nThe supplier must deliver the web application and the hosting of the software for four years.\nThe supplier must train the users of the information system.',
      },
    },
    {
      language: 'fr',
      files: {
        'a.txt':
          "Appel d'offres pour un portail web. Les soumissionnaires remettent une offre ; critères d'attribution ci-après.\nLe fournisseur doit livrer l'application web et l'hébergement du logiciel pendant quatre ans.\nLe fournisseur doit former les utilisateurs du système d'information.",
      },
    },
    {
      language: 'nl',
      files: {
        'a.txt':
          'Aanbesteding van een webportaal. Inschrijvers dienen een offerte in; gunningscriteria volgen.\nDe leverancier moet de webapplicatie en de hosting van de software gedurende vier jaar leveren.\nDe leverancier moet de gebruikers van het informatiesysteem opleiden.',
      },
    },
    {
      language: 'de',
      files: {
        'a.txt':
          'Ausschreibung eines Webportals. Bieter geben ein Angebot ab; Zuschlagskriterien folgen.\nDer Auftragnehmer muss die Webanwendung und das Hosting der Software für vier Jahre liefern.\nDer Auftragnehmer muss die Nutzer des Informationssystems schulen.',
      },
    },
  ],
  check: (dossier) => {
    const { parts, guessed } = dossier;
    if (!guessed || !parts.some((part) => asksSuppliers(part) && TENDERS.has(part.type ?? ''))) return [];
    const asked = parts.some(
      ({ securityDuties, coverage }) =>
        securityDuties > 0 ||
        coverage.some(({ confidence, modality }) => modality !== 'context' && confidence >= COVERED),
    );
    const place = asked ? null : whereAbsent(dossier);
    return place ? [{ ...place, absent: true }] : [];
  },
};
