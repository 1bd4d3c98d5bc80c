import { asksSuppliers, COVERED } from '../tender-facts.ts';
import type { DossierRule } from './dossier-rule.ts';

/** From here a match without a demand speaks of the same thing: two parts of a phrase, a word of security, and a security section. */
const SPEAKS = 0.4;

/** A measure is described, and nobody must take it. Said only where the buyer has described the purchase: elsewhere a line is as often a title. */
export const describedOnly: DossierRule = {
  id: 'tender/described-only',
  level: 'note',
  good: [
    { language: 'en', files: { 'a.txt': 'The supplier must notify the buyer of security incidents within 24 hours.' } },
    {
      language: 'fr',
      files: { 'a.txt': 'Le fournisseur doit notifier les incidents de sécurité dans les 24 heures.' },
    },
    { language: 'nl', files: { 'a.txt': 'De leverancier moet beveiligingsincidenten binnen 24 uur melden.' } },
    { language: 'de', files: { 'a.txt': 'Der Auftragnehmer muss Sicherheitsvorfälle binnen 24 Stunden melden.' } },
  ],
  bad: [
    {
      language: 'en',
      described: true,
      files: {
        'a.txt':
          'Invitation to tender for a web application. Tenderers submit an offer.\n# Security\nThe supplier must encrypt personal data.\n\nNotification of security incidents to the buyer within 24 hours',
      },
    },
    {
      language: 'fr',
      described: true,
      files: {
        'a.txt':
          "Appel d'offres pour une application web. Les soumissionnaires remettent une offre.\n# Sécurité\nLe fournisseur doit chiffrer les données personnelles.\n\nNotification des incidents de sécurité à l'acheteur dans les 24 heures",
      },
    },
    {
      language: 'nl',
      described: true,
      files: {
        'a.txt':
          'Aanbesteding van een webapplicatie. Inschrijvers dienen een offerte in.\n# Beveiliging\nDe leverancier moet persoonsgegevens versleutelen.\n\nMelding van beveiligingsincidenten aan de opdrachtgever binnen 24 uur',
      },
    },
    {
      language: 'de',
      described: true,
      files: {
        'a.txt':
          'Ausschreibung einer Webanwendung. Bieter geben ein Angebot ab.\n# IT-Sicherheit\nDer Auftragnehmer muss personenbezogene Daten verschlüsseln.\n\nMeldung von Sicherheitsvorfällen an den Auftraggeber binnen 24 Stunden',
      },
    },
  ],
  check: ({ parts, best, guessed }) =>
    parts.flatMap((part) =>
      guessed || !asksSuppliers(part)
        ? []
        : part.coverage
            .filter((match) => match.modality === 'context' && match.confidence >= SPEAKS && match.confidence < COVERED)
            .filter(({ quote }) => !INTRODUCES.test(quote.text))
            .filter(({ requirement, quote }, i, all) => {
              const strongest = best(requirement);
              const firstHere = all.findIndex((one) => one.quote.start === quote.start) === i;
              return firstHere && strongest !== null && strongest.confidence < COVERED;
            })
            .map(({ quote, confidence, requirement }) => ({ part, quote, confidence, requirement })),
    ),
};

/** It ends in a colon or is a row: the duty stands below, or in the table's head. */
const INTRODUCES = /:\s*$| \| /;
