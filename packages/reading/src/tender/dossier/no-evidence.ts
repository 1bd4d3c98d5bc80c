import { mayBeMissed, whereAbsent } from './absent.ts';
import type { DossierRule } from './dossier-rule.ts';

/** Security is demanded, and nowhere is anything asked that would show it. */
export const noEvidence: DossierRule = {
  id: 'tender/no-evidence',
  level: 'warning',
  good: [
    {
      language: 'en',
      files: {
        'a.txt':
          'Invitation to tender: software as a service.\nThe supplier must encrypt all personal data in the information system and provide a penetration test report. Award criteria follow.',
      },
    },
    {
      language: 'fr',
      files: {
        'a.txt':
          "Appel d'offres : logiciel en tant que service.\nLe fournisseur doit chiffrer toutes les données personnelles du système d'information et fournir un rapport de test d'intrusion. Critères d'attribution ci-après.",
      },
    },
    {
      language: 'nl',
      files: {
        'a.txt':
          'Aanbesteding: software as a service.\nDe leverancier moet alle persoonsgegevens in het informatiesysteem versleutelen en een rapport van een penetratietest overleggen. Gunningscriteria volgen.',
      },
    },
    {
      language: 'de',
      files: {
        'a.txt':
          'Ausschreibung: Software as a Service.\nDer Auftragnehmer muss alle personenbezogenen Daten im Informationssystem verschlüsseln und einen Bericht über einen Penetrationstest vorlegen. Zuschlagskriterien folgen.',
      },
    },
  ],
  bad: [
    {
      language: 'en',
      files: {
        'a.txt':
          'Invitation to tender: software as a service.\nThe supplier must encrypt all personal data in the information system. Award criteria follow.',
      },
    },
    {
      language: 'fr',
      files: {
        'a.txt':
          "Appel d'offres : logiciel en tant que service.\nLe fournisseur doit chiffrer toutes les données personnelles du système d'information et imposer une authentification multifacteur aux administrateurs. Critères d'attribution ci-après.",
      },
    },
    {
      language: 'nl',
      files: {
        'a.txt':
          'Aanbesteding: software as a service.\nDe leverancier moet alle persoonsgegevens in het informatiesysteem versleutelen. Gunningscriteria volgen.',
      },
    },
    {
      language: 'de',
      files: {
        'a.txt':
          'Ausschreibung: Software as a Service.\nDer Auftragnehmer muss alle personenbezogenen Daten im Informationssystem verschlüsseln. Zuschlagskriterien folgen.',
      },
    },
  ],
  check: (dossier) => {
    if (dossier.small || !mayBeMissed(dossier) || !dossier.parts.some(({ securityDuties }) => securityDuties > 0))
      return [];
    if (dossier.parts.some(({ proof }) => proof)) return [];
    const place = whereAbsent(dossier);
    return place ? [{ ...place, requirement: 'GOV-05', absent: true }] : [];
  },
};
