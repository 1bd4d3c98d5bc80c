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
    {
      language: 'en',
      files: {
        'a.txt': `Invitation to tender: software as a service.\nThe supplier must encrypt all personal data in the information system.\nThe certificate to ISO/IEC 27001 must be submitted with the tender.\nAward criteria follow.`,
      },
    },
    {
      language: 'fr',
      files: {
        'a.txt': `Appel d'offres : logiciel en tant que service.\nLe fournisseur doit chiffrer toutes les données personnelles du système d'information.\nLe certificat ISO/IEC 27001 doit être joint à l'offre.\nCritères d'attribution ci-après.`,
      },
    },
    {
      language: 'nl',
      files: {
        'a.txt': `Aanbesteding: software as a service.\nDe leverancier moet alle persoonsgegevens in het informatiesysteem versleutelen.\nEen kopie van het certificaat ISO/IEC 27001 moet bij de inschrijving worden overgelegd.\nGunningscriteria volgen.`,
      },
    },
    {
      language: 'de',
      files: {
        'a.txt': `Ausschreibung: Software as a Service.\nDer Auftragnehmer muss alle personenbezogenen Daten im Informationssystem verschlüsseln.\nDas Zertifikat nach ISO/IEC 27001 muss mit dem Angebot vorgelegt werden.\nZuschlagskriterien folgen.`,
      },
    },
  ],
  bad: [
    // What a supplier may have unseen, and what the buyer may look at, is not shown to it.
    {
      language: 'en',
      files: {
        'a.txt': `Invitation to tender: software as a service.\nThe supplier must encrypt all personal data in the information system.\nThe supplier must be certified to ISO/IEC 27001 for the hosting of the service.\nThe buyer may audit the security of the supplier once a year.\nAward criteria follow.`,
      },
    },
    {
      language: 'fr',
      files: {
        'a.txt': `Appel d'offres : logiciel en tant que service.\nLe fournisseur doit chiffrer toutes les données personnelles du système d'information.\nLe fournisseur doit être certifié ISO/IEC 27001 pour l'hébergement du service.\nL'acheteur peut auditer la sécurité du fournisseur une fois par an.\nCritères d'attribution ci-après.`,
      },
    },
    {
      language: 'nl',
      files: {
        'a.txt': `Aanbesteding: software as a service.\nDe leverancier moet alle persoonsgegevens in het informatiesysteem versleutelen.\nDe leverancier moet voor de hosting van de dienst gecertificeerd zijn volgens ISO/IEC 27001.\nDe opdrachtgever mag eens per jaar een audit op de beveiliging van de leverancier uitvoeren.\nGunningscriteria volgen.`,
      },
    },
    {
      language: 'de',
      files: {
        'a.txt': `Ausschreibung: Software as a Service.\nDer Auftragnehmer muss alle personenbezogenen Daten im Informationssystem verschlüsseln.\nDer Auftragnehmer muss für das Hosting des Dienstes nach ISO/IEC 27001 zertifiziert sein.\nDer Auftraggeber ist berechtigt, die Sicherheit des Auftragnehmers jährlich zu auditieren.\nZuschlagskriterien folgen.`,
      },
    },
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
    // What the buyer inspects by a plan is shown to it.
    if (dossier.parts.some(({ proof, inspected }) => proof || inspected)) return [];
    const place = whereAbsent(dossier);
    return place ? [{ ...place, requirement: 'GOV-05', absent: true }] : [];
  },
};
