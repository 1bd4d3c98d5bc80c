import { sameWords } from '../same-words.ts';
import { COVERED, type TenderFacts } from '../tender-facts.ts';
import { isTenderLanguage, loadTenderWords } from '../tender-words.ts';
import type { DossierFound, DossierRule } from './dossier-rule.ts';

/** One and the same thing is a duty in one place and a wish in another: a supplier will hold to the weaker. */
export const mixedModality: DossierRule = {
  id: 'tender/mixed-modality',
  level: 'warning',
  good: [
    {
      language: 'en',
      files: {
        'a.txt':
          'The supplier must report security incidents within 24 hours. The supplier must report security incidents to the security officer.',
      },
    },
    {
      language: 'fr',
      files: {
        'a.txt':
          'Le fournisseur doit notifier les incidents de sécurité dans les 24 heures. Le fournisseur devrait organiser un exercice.',
      },
    },
    {
      language: 'nl',
      files: {
        'a.txt':
          'De leverancier moet beveiligingsincidenten binnen 24 uur melden. De leverancier moet een contactpersoon hebben.',
      },
    },
    {
      language: 'de',
      files: {
        'a.txt':
          'Der Auftragnehmer muss Sicherheitsvorfälle binnen 24 Stunden melden. Der Auftragnehmer muss eine Kontaktstelle nennen.',
      },
    },
  ],
  bad: [
    {
      language: 'en',
      files: {
        'terms.txt':
          'Invitation to tender for software. The supplier must report security incidents within 24 hours. Award criteria follow.',
        'wishes.txt': 'It would be desirable that security incidents are reported within 24 hours.',
      },
    },
    {
      language: 'fr',
      files: {
        'a.txt':
          "Appel d'offres pour un logiciel. Le fournisseur doit notifier les incidents de sécurité dans les 24 heures. Le fournisseur devrait notifier les incidents de sécurité dans les 24 heures. Critères d'attribution ci-après.",
      },
    },
    {
      language: 'nl',
      files: {
        'a.txt':
          'Aanbesteding van software. De leverancier moet beveiligingsincidenten binnen 24 uur melden. De leverancier kan beveiligingsincidenten binnen 24 uur melden. Gunningscriteria volgen.',
      },
    },
    {
      language: 'de',
      files: {
        'a.txt':
          'Ausschreibung von Software. Der Auftragnehmer muss Sicherheitsvorfälle binnen 24 Stunden melden. Der Auftragnehmer sollte Sicherheitsvorfälle binnen 24 Stunden melden. Zuschlagskriterien folgen.',
      },
    },
  ],
  check: ({ parts }) => {
    if (!parts.some(({ isProcurement }) => isProcurement)) return [];
    const found: DossierFound[] = [];
    const shown = new Set<string>();
    for (const part of parts)
      for (const { requirement, quote } of part.wishes) {
        const where = `${part.path}/${quote.start}`;
        const duty = shown.has(where) ? null : dutyLike(requirement, quote.text, part, parts);
        if (!duty) continue;
        shown.add(where);
        found.push({ part, quote, values: { other: duty.slice(0, SHOWN) }, requirement });
      }
    return found;
  },
};

/** Characters of the duty that the message shows. */
const SHOWN = 120;
/** Words that two clauses have in common from which they speak of the same thing. */
const SAME = { least: 2, share: 0.6 };

/** A duty of any part that says the same as a wish. */
function dutyLike(
  requirement: string,
  wish: string,
  { language }: TenderFacts,
  parts: readonly TenderFacts[],
): string | null {
  if (!isTenderLanguage(language)) return null;
  const { common } = loadTenderWords(language);
  const duties = parts
    .filter((part) => part.language === language)
    .flatMap(({ coverage }) => coverage)
    .filter((one) => one.requirement === requirement && one.modality === 'must' && one.confidence >= COVERED)
    .map(({ quote }) => quote.text);
  return duties.find((duty) => duty !== wish && sameWords(duty, wish, SAME, common)) ?? null;
}
