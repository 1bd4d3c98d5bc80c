import { COVERED } from '../tender-facts.ts';
import type { DossierRule } from './dossier-rule.ts';

/** What costs a small supplier more than a small purchase is worth: certificates and yearly outside tests. */
const HEAVY: ReadonlySet<string> = new Set(['GOV-05', 'GOV-01', 'VUL-07', 'CON-04', 'DEV-02']);
/** Of these, so many together are out of proportion to a purchase below 50,000 euro. */
const MANY = 2;

/** Much is asked of a small purchase. Directive 2014/24/EU, Articles 18(1) and 58(1): requirements are proportionate to the subject. */
export const disproportionate: DossierRule = {
  id: 'tender/disproportionate',
  level: 'note',
  jurisdiction: 'eu',
  good: [
    {
      language: 'en',
      country: 'NL',
      files: {
        'a.txt':
          'Invitation to tender: a small website. The estimated value is EUR 900,000.\nThe supplier must hold an ISO/IEC 27001 certificate. The supplier must have a penetration test carried out each year by an independent party and share the results.',
      },
    },
    {
      language: 'nl',
      country: 'NL',
      files: {
        'a.txt':
          'Aanbesteding: een kleine website. De geraamde waarde is 20.000 euro.\nDe leverancier moet de website versleuteld aanbieden.',
      },
    },
  ],
  bad: [
    {
      language: 'en',
      country: 'NL',
      files: {
        'a.txt':
          'Invitation to tender: a small website. The estimated value is EUR 20,000. Award criteria follow.\nThe supplier must operate an information security management system certified to ISO/IEC 27001. The supplier must have an independent penetration test carried out each year and share the penetration test report.',
      },
    },
    {
      language: 'fr',
      country: 'FR',
      files: {
        'a.txt':
          "Appel d'offres : un petit site web. La valeur estimée est de 20 000 euros. Critères d'attribution ci-après.\nLe fournisseur doit exploiter un système de management de la sécurité de l'information certifié ISO/IEC 27001. Le fournisseur doit faire réaliser chaque année un test d'intrusion indépendant et en communiquer le rapport.",
      },
    },
    {
      language: 'nl',
      country: 'NL',
      files: {
        'a.txt':
          'Aanbesteding: een kleine website. De geraamde waarde is 20.000 euro. Gunningscriteria volgen.\nDe leverancier moet een managementsysteem voor informatiebeveiliging hebben dat is gecertificeerd volgens ISO/IEC 27001. De leverancier moet elk jaar een onafhankelijke penetratietest laten uitvoeren en het rapport van de penetratietest delen.',
      },
    },
    {
      language: 'de',
      country: 'DE',
      files: {
        'a.txt':
          'Ausschreibung: eine kleine Website. Der geschätzte Auftragswert beträgt 20.000 Euro. Zuschlagskriterien folgen.\nDer Auftragnehmer muss ein Managementsystem für Informationssicherheit betreiben, das nach ISO/IEC 27001 zertifiziert ist. Der Auftragnehmer muss jährlich einen unabhängigen Penetrationstest durchführen lassen und den Bericht über den Penetrationstest vorlegen.',
      },
    },
  ],
  check: ({ parts, small }) => {
    if (!small) return [];
    const heavy = parts.flatMap((part) =>
      part.coverage
        .filter(
          ({ requirement, confidence, modality }) =>
            HEAVY.has(requirement) && confidence >= COVERED && modality === 'must',
        )
        .map(({ requirement, quote, confidence }) => ({ part, requirement, quote, confidence })),
    );
    const kinds = new Set(heavy.map(({ requirement }) => requirement));
    const [first] = heavy;
    return kinds.size >= MANY && first ? [{ ...first, values: { n: kinds.size } }] : [];
  },
};
