import type { Demand } from '@proviso/catalogue';
import { asksSuppliers, COVERED } from '../tender-facts.ts';
import type { Dossier, DossierExample, DossierFound, DossierRule } from './dossier-rule.ts';

/** A duty whose absence is a finding of its own, whatever else the catalogue would demand. */
interface Duty {
  id: string;
  level: DossierRule['level'];
  /** Requirements of which any one, asked for, is enough; the first one's clause is proposed. */
  requirements: readonly [string, ...string[]];
  /** Where it is asked for, a period must stand with it: else the finding's variant `period`. */
  period?: boolean;
  /** Purchases in which it makes sense. Without it the duty belongs to every purchase of ICT, known or not. */
  fits?: (dossier: Dossier) => boolean;
  /** Also of a small purchase, where most other duties would be out of proportion. */
  small?: true;
  /** What shows that it is asked, where clauses about the requirement do not show it. */
  asked?: (dossier: Dossier) => boolean;
  /** What shows it beside clauses about the requirement. */
  orAsked?: (dossier: Dossier) => boolean;
  /** A purchase that lacks it, where the usual one will not do. */
  bare?: readonly DossierExample[];
  good: readonly DossierExample[];
}

/** The same made-up purchase in each language, which asks for nothing that the rules look for. */
const BARE: readonly DossierExample[] = [
  {
    language: 'en',
    files: {
      'tender.txt':
        'Invitation to tender: software as a service for a web portal.\nThe supplier must deliver the web application as software as a service, with hosting, for four years.\nThe supplier must encrypt the personal data of users of the information system.\nTenderers submit an offer. Award criteria follow.',
    },
  },
  {
    language: 'fr',
    files: {
      'marche.txt':
        "Appel d'offres : logiciel en tant que service pour un portail web.\nLe fournisseur doit livrer l'application web en mode SaaS, avec l'hébergement, pendant quatre ans.\nLe fournisseur doit chiffrer les données personnelles des utilisateurs du système d'information.\nLes soumissionnaires remettent une offre. Critères d'attribution ci-après.",
    },
  },
  {
    language: 'nl',
    files: {
      'bestek.txt':
        'Aanbesteding: software as a service voor een webportaal.\nDe leverancier moet de webapplicatie als software as a service, met hosting, gedurende vier jaar leveren.\nDe leverancier moet de persoonsgegevens van gebruikers van het informatiesysteem versleutelen.\nInschrijvers dienen een offerte in. Gunningscriteria volgen.',
    },
  },
  {
    language: 'de',
    files: {
      'vergabe.txt':
        'Ausschreibung: Software as a Service für ein Webportal.\nDer Auftragnehmer muss die Webanwendung als Software as a Service, mit Hosting, für vier Jahre liefern.\nDer Auftragnehmer muss die personenbezogenen Daten der Nutzer des Informationssystems verschlüsseln.\nBieter geben ein Angebot ab. Zuschlagskriterien folgen.',
    },
  },
];

/** A purchase of software to be run by the buyer. */
const SOFTWARE: readonly DossierExample[] = [
  {
    language: 'en',
    files: {
      'tender.txt':
        'Invitation to tender: software licences and the software package for our case files.\nThe supplier must deliver the software licences and install the information system.\nThe supplier must encrypt the personal data of users.\nTenderers submit an offer. Award criteria follow.',
    },
  },
  {
    language: 'fr',
    files: {
      'marche.txt':
        "Appel d'offres : acquisition de licences de logiciel, progiciel pour nos dossiers.\nLe fournisseur doit livrer les licences de logiciel et installer le système d'information.\nLe fournisseur doit chiffrer les données personnelles des utilisateurs.\nLes soumissionnaires remettent une offre. Critères d'attribution ci-après.",
    },
  },
  {
    language: 'nl',
    files: {
      'bestek.txt':
        'Aanbesteding: softwarelicenties en standaardsoftware voor onze dossiers.\nDe leverancier moet de softwarelicenties leveren en het informatiesysteem installeren.\nDe leverancier moet de persoonsgegevens van gebruikers versleutelen.\nInschrijvers dienen een offerte in. Gunningscriteria volgen.',
    },
  },
  {
    language: 'de',
    files: {
      'vergabe.txt':
        'Ausschreibung: Softwarelizenzen und Standardsoftware für unsere Akten.\nDer Auftragnehmer muss die Softwarelizenzen liefern und das Informationssystem installieren.\nDer Auftragnehmer muss die personenbezogenen Daten der Nutzer verschlüsseln.\nBieter geben ein Angebot ab. Zuschlagskriterien folgen.',
    },
  },
];

/** The bare purchase with one more sentence in each language. */
function withSentence(
  sentences: readonly [en: string, fr: string, nl: string, de: string],
  bare: readonly DossierExample[] = BARE,
): DossierExample[] {
  return bare.map((example, i) => {
    const [[name, text] = ['', '']] = Object.entries(example.files);
    return { ...example, files: { [name]: `${text}\n${sentences[i] ?? ''}` } };
  });
}

/** Products and services, and not people by the hour. */
function isNoLabour({ context }: Demand): boolean {
  return context.types.some((type) => type !== 'professional-services');
}

/** Services at whose heart stands software that is made or kept for the buyer. */
const MADE: ReadonlySet<string> = new Set(['web-application', 'identity-system', 'cloud-software']);

const DUTIES: readonly Duty[] = [
  {
    id: 'tender/no-incident-notice',
    level: 'warning',
    requirements: ['INC-01'],
    period: true,
    good: withSentence([
      'The supplier must notify the buyer of security incidents within 24 hours.',
      "Le fournisseur doit notifier à l'acheteur tout incident de sécurité dans les 24 heures.",
      'De leverancier moet beveiligingsincidenten binnen 24 uur melden aan de opdrachtgever.',
      'Der Auftragnehmer muss dem Auftraggeber Sicherheitsvorfälle binnen 24 Stunden melden.',
    ]),
  },
  {
    id: 'tender/no-support-period',
    level: 'warning',
    small: true,
    // Labour has no end of support, nor has a line or a service that is nobody's product.
    fits: ({ demand, guessed, parts }) =>
      demand !== null &&
      // Software made to measure is the buyer's own to keep up, unless the buyer says otherwise.
      !demand.context.types.includes('professional-services') &&
      !(guessed && demand.context.types.includes('custom-software')) &&
      (demand.context.kinds.includes('product') ||
        // A guess that no word bears is too little to say what kind of service it is.
        ((!guessed || parts.some(({ types }) => types.length > 0)) &&
          demand.context.types.some((type) => MADE.has(type)))),
    requirements: ['VUL-02'],
    bare: [
      ...SOFTWARE,
      ...BARE,
      // Hours of a helpdesk and good intentions are no period.
      ...withSentence(
        [
          'The supplier shall support the software for as long as this is commercially reasonable.',
          'Le fournisseur dispose d’un centre d’assistance joignable du lundi au vendredi de 8 h à 18 h.',
          'De leverancier spant zich ervoor in om de software ook op de langere termijn te blijven ondersteunen.',
          'Der Auftragnehmer ist bemüht, die Software auch auf lange Sicht zu unterstützen.',
        ],
        SOFTWARE,
      ),
    ],
    good: [
      ...withSentence(
        [
          'The supplier shall keep the delivered version of the software supported until the end of the contract.',
          'Le fournisseur assure le support de la version livrée et de ses composants pendant six ans au minimum.',
          'De leverancier ondersteunt het zaaksysteem tot ten minste acht jaar na de acceptatie.',
          'Der Auftragnehmer unterstützt die gelieferte Software über einen Zeitraum von mindestens zehn Jahren.',
        ],
        SOFTWARE,
      ),
      ...withSentence(
        [
          'The supplier must provide security support for the software for at least five years, until the stated end of support.',
          'Le fournisseur doit assurer le support de sécurité du logiciel pendant au moins cinq ans, jusqu’à la date de fin de support.',
          'De leverancier moet de software ten minste vijf jaar ondersteunen met beveiligingsupdates, tot de opgegeven einddatum van de ondersteuning.',
          'Der Auftragnehmer muss die Software mindestens fünf Jahre mit Sicherheitsaktualisierungen unterstützen, bis zum genannten Ende der Unterstützung.',
        ],
        SOFTWARE,
      ),
    ],
  },
  {
    id: 'tender/no-update-duty',
    level: 'warning',
    small: true,
    // Advice has no updates.
    fits: ({ demand }) => demand !== null && isNoLabour(demand),
    requirements: ['VUL-01'],
    good: withSentence([
      'The supplier must provide security updates for critical vulnerabilities within 14 days.',
      'Le fournisseur doit fournir les correctifs de sécurité des vulnérabilités critiques dans les 14 jours.',
      'De leverancier moet beveiligingsupdates voor kritieke kwetsbaarheden binnen 14 dagen leveren.',
      'Der Auftragnehmer muss Sicherheitsaktualisierungen für kritische Schwachstellen binnen 14 Tagen bereitstellen.',
    ]),
  },
  {
    id: 'tender/no-disclosure',
    level: 'note',
    fits: ({ demand }) => demand !== null && isNoLabour(demand),
    requirements: ['VUL-04'],
    good: withSentence([
      'The supplier must have a coordinated vulnerability disclosure policy and a contact for reporting vulnerabilities.',
      'Le fournisseur doit avoir une politique de divulgation coordonnée des vulnérabilités et un contact pour les signaler.',
      'De leverancier moet een beleid voor coordinated vulnerability disclosure hebben en een meldpunt voor kwetsbaarheden.',
      'Der Auftragnehmer muss ein Verfahren zur koordinierten Offenlegung von Schwachstellen und eine Meldestelle für Schwachstellen haben.',
    ]),
  },
  {
    id: 'tender/no-audit-right',
    level: 'warning',
    requirements: ['GOV-07'],
    // By a plan of inspection the buyer sees for itself.
    orAsked: ({ parts }) => parts.some(({ inspected }) => inspected),
    good: withSentence([
      "The buyer has the right to audit the supplier's security once a year; the supplier must cooperate with the audit.",
      "L'acheteur a un droit d'audit sur la sécurité du fournisseur ; le fournisseur doit coopérer à l'audit.",
      'De opdrachtgever heeft het recht om de beveiliging van de leverancier te auditen; de leverancier moet aan de audit meewerken.',
      'Der Auftraggeber hat das Recht, die Sicherheit des Auftragnehmers zu auditieren; der Auftragnehmer muss an dem Audit mitwirken.',
    ]).concat(
      withSentence([
        '# Inspection plan\nThe code must be free of vulnerabilities of severity high.',
        '# Plan de contrôle\nLe code doit être exempt de vulnérabilités de gravité élevée.',
        '# Controleplan\nDe code moet vrij zijn van kwetsbaarheden met een hoge ernst.',
        '# Prüfplan\nDer Code muss frei von Schwachstellen hoher Schwere sein.',
      ]),
    ),
  },
  {
    id: 'tender/no-exit',
    level: 'warning',
    requirements: ['EXT-01', 'EXT-02', 'EXT-03'],
    // Only who holds something of the buyer's can give it back.
    fits: ({ demand }) =>
      demand !== null &&
      isNoLabour(demand) &&
      (demand.context.hosting !== 'own' || demand.context.remoteAccess !== 'none'),
    good: withSentence([
      'At the end of the contract the supplier must return all data to the buyer and delete its copies.',
      'À la fin du contrat, le fournisseur doit restituer toutes les données à l’acheteur et supprimer ses copies.',
      'Bij het einde van de overeenkomst moet de leverancier alle gegevens teruggeven aan de opdrachtgever en kopieën verwijderen.',
      'Am Ende des Vertrags muss der Auftragnehmer alle Daten an den Auftraggeber zurückgeben und seine Kopien löschen.',
    ]).concat(
      // In the buyer's own house nothing need come back.
      withSentence([
        "The software must run in the buyer's own cloud.\nLogs must go to the infrastructure of the buyer.",
        'Le logiciel doit tourner dans le cloud du ministère.\nIl est déployé par la chaîne CI/CD du ministère.',
        'De software moet in de cloud van de gemeente draaien.\nLogs gaan naar het rekencentrum van de gemeente.',
        'Die Software muss in der Cloud des Auftraggebers laufen.\nProtokolle gehen an das Rechenzentrum des Auftraggebers.',
      ]),
    ),
  },
  {
    id: 'tender/no-flow-down',
    level: 'warning',
    requirements: ['SUP-01'],
    // To name subcontractors or to allow them passes nothing on.
    asked: ({ parts }) => parts.some(({ flowsDown }) => flowsDown),
    // Without a security duty there is none to pass on.
    fits: ({ parts }) => parts.some(({ securityDuties }) => securityDuties > 0),
    bare: [
      ...BARE,
      // What is bound under the next heading is somebody else.
      ...withSentence([
        '# Subcontractors\nA change of subcontractor requires the consent of the buyer.\n# Secrecy\nThe supplier must be bound to secrecy.',
        '# Sous-traitants\nLe fournisseur doit faire accepter tout changement de sous-traitant.\n# Réunions\nLes mêmes personnes doivent assister aux réunions.',
        '# Onderaannemers\nDe leverancier moet wijziging van een onderaannemer laten goedkeuren.\n# Overleg\nDezelfde personen moeten het overleg bijwonen.',
        '# Unterauftragnehmer\nDer Auftragnehmer muss jeden Wechsel eines Unterauftragnehmers genehmigen lassen.\n# Besprechungen\nDieselben Personen müssen an Besprechungen teilnehmen.',
      ]),
    ],
    good: withSentence([
      'The supplier must impose the same security requirements on its subcontractors.',
      'Le fournisseur doit imposer les mêmes exigences de sécurité à ses sous-traitants.',
      'De leverancier moet dezelfde beveiligingseisen opleggen aan zijn onderaannemers.',
      'Der Auftragnehmer muss seinen Unterauftragnehmern dieselben Sicherheitsanforderungen auferlegen.',
    ]),
  },
  {
    id: 'tender/no-sanction',
    level: 'note',
    requirements: ['GOV-10'],
    fits: ({ parts }) => parts.some(({ securityDuties }) => securityDuties > 0),
    // To mend what is found wanting is a duty, and no sanction.
    asked: ({ parts }) => parts.some(({ sanction }) => sanction),
    good: withSentence([
      'If the supplier does not meet a security requirement, the buyer may withhold payment and terminate the contract.',
      'Si le fournisseur ne respecte pas une exigence de sécurité, des pénalités sont appliquées et le contrat peut être résilié.',
      'Voldoet de leverancier niet aan een beveiligingseis, dan is een boete verschuldigd en mag de overeenkomst worden ontbonden.',
      'Erfüllt der Auftragnehmer eine Sicherheitsanforderung nicht, wird eine Vertragsstrafe fällig und der Vertrag kann gekündigt werden.',
    ]).concat(
      withSentence([
        'The supplier must mend critical vulnerabilities, as otherwise the deployment is refused.',
        'Le fournisseur doit passer les tests : la chaîne bloque les déploiements qui portent des vulnérabilités critiques.',
        'De leverancier moet de tests doorstaan: bij kritieke kwetsbaarheden wordt de release niet in productie genomen.',
        'Der Auftragnehmer muss die Tests bestehen: Bei kritischen Schwachstellen wird die Software nicht in Betrieb genommen.',
      ]),
    ),
  },
];

/** Demands on security from which a dossier is one that should have the others too; fewer say that security was not thought of at all. */
const LEAST_DEMANDS = 1;
/** Papers that go with others: what they lack stands elsewhere. */
const ATTACHED: ReadonlySet<string> = new Set(['tender-attachment', 'form']);
/** Demands on security from which a paper stands for itself, whatever its kind. */
const OF_ITS_OWN = 4;

/**
 * Absence is judged only where some part puts demands to suppliers; where the buyer has not said what is bought, only over a dossier that asks for
 * some security, and is more than an attachment.
 */
export function mayBeMissed({ parts, guessed }: Dossier): boolean {
  const asking = parts.filter(asksSuppliers);
  if (!guessed) return asking.length > 0;
  const demands = parts.reduce((sum, { securityDuties }) => sum + securityDuties, 0);
  return (
    demands >= LEAST_DEMANDS &&
    asking.some(({ type, securityDuties }) => !ATTACHED.has(type ?? '') || securityDuties >= OF_ITS_OWN)
  );
}

/** The part and words at which something absent is shown: the first part that speaks of security, else the first. */
export function whereAbsent({ parts }: Dossier): Pick<DossierFound, 'part' | 'quote'> | null {
  const part = parts.find((one) => one.anchor && one.security && one.isProcurement) ?? parts.find((one) => one.anchor);
  return part?.anchor ? { part, quote: part.anchor } : null;
}

function rule({ id, level, requirements, period, fits, small, asked, orAsked, bare = BARE, good }: Duty): DossierRule {
  return {
    id,
    level,
    good,
    bad: bare,
    check: (dossier) => {
      if (!mayBeMissed(dossier) || !requirements.some((one) => dossier.applies(one))) return [];
      if ((fits && !fits(dossier)) || (dossier.small && !small)) return [];
      const matches = requirements.map((one) => dossier.best(one)).filter((one) => one !== null);
      const clause = asked ? undefined : matches.find(({ confidence }) => confidence >= COVERED);
      if (asked?.(dossier) || orAsked?.(dossier)) return [];
      if (clause) {
        if (!period || hasPeriod(dossier, clause.requirement)) return [];
        const { part, quote, confidence } = clause;
        return [{ part, quote, variant: 'period', confidence, requirement: requirements[0], absent: true }];
      }
      const place = whereAbsent(dossier);
      const near = Math.max(0, ...matches.map(({ confidence }) => confidence));
      return place
        ? [
            {
              ...place,
              confidence: Math.round(Math.max(LEAST_SURE, 0.95 - near) * 100) / 100,
              requirement: requirements[0],
              absent: true,
            },
          ]
        : [];
    },
  };
}

/** How sure it is at least that something is absent. */
const LEAST_SURE = 0.3;

function hasPeriod({ parts }: Dossier, requirement: string): boolean {
  return parts.some(
    ({ periods, statesPeriod }) =>
      periods.some((one) => one.requirement === requirement) || statesPeriod.includes(requirement),
  );
}

export const ABSENT_RULES: readonly DossierRule[] = DUTIES.map(rule);
