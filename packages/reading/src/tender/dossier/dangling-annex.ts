import type { DossierRule } from './dossier-rule.ts';

/** A part of the tender is referred to that is not among the files. */
export const danglingAnnex: DossierRule = {
  id: 'tender/dangling-annex',
  level: 'warning',
  good: [
    {
      language: 'en',
      files: {
        'tender.txt': 'The requirements stand in Annex 2.',
        'Annex 2 - requirements.txt': 'The supplier must encrypt data.',
      },
    },
    { language: 'en', files: { 'tender.txt': 'The product must meet Annex I of Regulation (EU) 2024/2847.' } },
    {
      language: 'fr',
      files: {
        'marche.txt': 'Les exigences figurent en Annexe 2.',
        'Annexe 2.txt': 'Le fournisseur doit chiffrer les données.',
      },
    },
    {
      language: 'nl',
      files: {
        'bestek.txt': 'De eisen staan in Bijlage 2.',
        'Bijlage 2.txt': 'De leverancier moet gegevens versleutelen.',
      },
    },
    {
      language: 'de',
      files: {
        'vergabe.txt': 'Die Anforderungen stehen in Anlage 2.',
        'Anlage 2.txt': 'Der Auftragnehmer muss Daten verschlüsseln.',
      },
    },
  ],
  bad: [
    {
      language: 'en',
      files: {
        'tender.txt':
          'Invitation to tender for software. Tenderers submit an offer. The security requirements stand in Annex 7. Award criteria follow.',
      },
    },
    {
      language: 'fr',
      files: {
        'marche.txt':
          "Appel d'offres pour un logiciel. Les soumissionnaires remettent une offre. Les exigences de sécurité figurent en Annexe 7. Critères d'attribution ci-après.",
      },
    },
    {
      language: 'nl',
      files: {
        'bestek.txt':
          'Aanbesteding van software. Inschrijvers dienen een offerte in. De beveiligingseisen staan in Bijlage 7. Gunningscriteria volgen.',
      },
    },
    {
      language: 'de',
      files: {
        'vergabe.txt':
          'Ausschreibung von Software. Bieter geben ein Angebot ab. Die Sicherheitsanforderungen stehen in Anlage 7. Zuschlagskriterien folgen.',
      },
    },
  ],
  check: ({ parts }) => {
    // Laws and policies have annexes of their own kind.
    if (!parts.some(({ isProcurement, law }) => isProcurement && !law)) return [];
    const present = new Set(parts.flatMap(({ annexes }) => annexes.present));
    const seen = new Set<string>();
    return parts.flatMap((part) =>
      part.annexes.referred
        .filter(({ key }) => !present.has(key) && !seen.has(key) && seen.add(key))
        .map(({ quote }) => ({ part, quote, values: { annex: quote.text } })),
    );
  },
};
