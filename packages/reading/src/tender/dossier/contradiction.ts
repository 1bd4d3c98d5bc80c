import { sameWords } from '../same-words.ts';
import type { DutyPeriod, TenderFacts } from '../tender-facts.ts';
import { isTenderLanguage, loadTenderWords } from '../tender-words.ts';
import type { DossierFound, DossierRule } from './dossier-rule.ts';

/** Duties that a period is the point of; in clauses on others a period belongs to something else. */
const TIMED: ReadonlySet<string> = new Set([
  'INC-01',
  'INC-02',
  'INC-03',
  'VUL-01',
  'VUL-02',
  'LOG-02',
  'CON-02',
  'EXT-01',
  'EXT-02',
  'HR-03',
  'DAT-04',
  'CON-03',
  'VUL-07',
]);

/** Two periods for one duty, in one file or in two. */
export const contradiction: DossierRule = {
  id: 'tender/contradiction',
  level: 'error',
  good: [
    {
      language: 'en',
      files: {
        'a.txt':
          'The supplier must notify the buyer of security incidents within 24 hours. The supplier must send a final report on each security incident within 30 days.',
      },
    },
    {
      language: 'fr',
      files: {
        'a.txt':
          "Le fournisseur doit notifier à l'acheteur tout incident de sécurité dans les 24 heures. Le fournisseur doit notifier à l'acheteur tout incident de sécurité dans les 24 heures.",
      },
    },
    {
      language: 'nl',
      files: {
        'a.txt':
          'De leverancier moet kritieke beveiligingsupdates binnen 7 dagen leveren. De leverancier moet gemiddelde beveiligingsupdates binnen 30 dagen leveren.',
      },
    },
    {
      language: 'de',
      files: {
        'a.txt':
          'Der Auftragnehmer muss dem Auftraggeber Sicherheitsvorfälle binnen 24 Stunden melden. Der Auftragnehmer muss dem Auftraggeber Sicherheitsvorfälle binnen einem Tag melden.',
      },
    },
  ],
  bad: [
    {
      language: 'en',
      files: {
        'a.txt': `The supplier must support the software of the portal for five years from acceptance.`,
        'b.txt': `Support for the software of the portal must be given for eight years from acceptance.`,
      },
    },
    {
      language: 'fr',
      files: {
        'a.txt': `Le fournisseur doit assurer le support du logiciel du portail pendant cinq ans dès la réception.`,
        'b.txt': `Le support du logiciel du portail doit être assuré pendant huit ans dès la réception.`,
      },
    },
    {
      language: 'nl',
      files: {
        'a.txt': `De leverancier ondersteunt de software van het portaal vijf jaar na acceptatie.`,
        'b.txt': `De software van het portaal moet acht jaar na acceptatie worden ondersteund door de leverancier.`,
      },
    },
    {
      language: 'de',
      files: {
        'a.txt': `Für die Software des Portals leistet der Auftragnehmer ab der Abnahme fünf Jahre Support.`,
        'b.txt': `Support für die Software des Portals ist vom Auftragnehmer ab der Abnahme acht Jahre lang zu leisten.`,
      },
    },
    {
      language: 'en',
      files: {
        'a.txt': 'The supplier must notify the buyer of security incidents within 24 hours.',
        'b.txt': 'The supplier must notify the buyer of security incidents within 72 hours.',
      },
    },
    {
      language: 'fr',
      files: {
        'a.txt': "Le fournisseur doit notifier à l'acheteur tout incident de sécurité dans les 24 heures.",
        'b.txt': "Le fournisseur doit notifier à l'acheteur tout incident de sécurité dans les 72 heures.",
      },
    },
    {
      language: 'nl',
      files: {
        'a.txt': 'De leverancier moet beveiligingsincidenten binnen 24 uur melden aan de opdrachtgever.',
        'b.txt': 'De leverancier moet beveiligingsincidenten binnen 72 uur melden aan de opdrachtgever.',
      },
    },
    {
      language: 'de',
      files: {
        'a.txt': 'Der Auftragnehmer muss dem Auftraggeber Sicherheitsvorfälle binnen 24 Stunden melden.',
        'b.txt': 'Der Auftragnehmer muss dem Auftraggeber Sicherheitsvorfälle binnen 72 Stunden melden.',
      },
    },
  ],
  check: ({ parts }) => {
    const byDuty = new Map<string, { part: TenderFacts; period: DutyPeriod }[]>();
    for (const part of parts) {
      for (const period of part.periods.filter(({ requirement }) => TIMED.has(requirement))) {
        const key = `${period.requirement}/${period.of}`;
        byDuty.set(key, [...(byDuty.get(key) ?? []), { part, period }]);
      }
    }
    const found: DossierFound[] = [];
    const shown = new Set<string>();
    for (const places of byDuty.values()) {
      const [first] = places;
      if (!first) continue;
      const told = [first.period];
      for (const { part, period } of places) {
        const where = `${part.path}/${period.quote.start}`;
        // Each other period is said once, at its first place.
        if (part.language !== first.part.language || told.some((one) => same(period, one)) || shown.has(where))
          continue;
        if (!sameDuty(part, period, first.period)) continue;
        told.push(period);
        shown.add(where);
        found.push({
          part,
          quote: period.quote,
          values: { other: first.period.quote.text.slice(0, 160), file: first.part.path },
          requirement: first.period.requirement,
        });
      }
    }
    return found;
  },
};

/** Words that two clauses have in common from which they set a period for the same thing; fewer where one phrase of the catalogue knows both. */
const SAME = { least: 2, share: 0.3 };
const SAME_PHRASE = { least: 1, share: 0.2 };

function sameDuty({ language }: TenderFacts, a: DutyPeriod, b: DutyPeriod): boolean {
  return (
    isTenderLanguage(language) &&
    sameWords(a.quote.text, b.quote.text, a.phrase === b.phrase ? SAME_PHRASE : SAME, loadTenderWords(language).common)
  );
}

/** Hours of a working day that go by on the calendar, at the most with a weekend and a holiday in it. */
const ON_CALENDAR = 2;

/** "Two working days" and "48 hours" may be the same; "ten working days" and "48 hours" are not. */
function same(a: DutyPeriod, b: DutyPeriod): boolean {
  if (a.every !== b.every) return true;
  if (a.working === b.working) return Math.abs(a.hours - b.hours) < 1;
  const [working, plain] = a.working ? [a.hours, b.hours] : [b.hours, a.hours];
  return plain >= working && plain <= working * ON_CALENDAR;
}
