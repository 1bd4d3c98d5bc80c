import { COVERED } from '../tender-facts.ts';
import { mayBeMissed } from './absent.ts';
import type { DossierRule } from './dossier-rule.ts';

/** Groups of the standards list that a service on the internet lives by. */
const INTERNET: ReadonlySet<string> = new Set(['network', 'web', 'communication']);
/** Stands among the standards of the web, and says nothing of names, mail and routes. */
const ACCESSIBILITY = 'en-301-549';
/** Kinds of purchase that are a service on the internet. */
const SERVICES: ReadonlySet<string> = new Set([
  'connectivity',
  'dns-service',
  'email-service',
  'web-application',
  'cloud-software',
  'cloud-infrastructure',
]);
/** Standards named in a message. */
const NAMED = 6;

/** A service on the internet is bought, and none of the standards it lives by is asked for. */
export const internetStandards: DossierRule = {
  id: 'tender/internet-standards',
  level: 'warning',
  good: [
    {
      language: 'en',
      files: {
        'a.txt':
          'Invitation to tender: hosting of our website.\nThe website must be reachable over IPv6 and its domain name must be signed with DNSSEC. Award criteria follow.',
      },
    },
    {
      language: 'fr',
      files: {
        'a.txt':
          "Appel d'offres : hébergement de notre site web.\nLe site web doit être accessible en IPv6 et son nom de domaine doit être signé par DNSSEC. Critères d'attribution ci-après.",
      },
    },
    {
      language: 'nl',
      files: {
        'a.txt':
          'Aanbesteding: hosting van onze website.\nDe website moet via IPv6 bereikbaar zijn en de domeinnaam moet met DNSSEC zijn ondertekend. Gunningscriteria volgen.',
      },
    },
    {
      language: 'de',
      files: {
        'a.txt':
          'Ausschreibung: Hosting unserer Website.\nDie Website muss über IPv6 erreichbar und die Domain mit DNSSEC signiert sein. Zuschlagskriterien folgen.',
      },
    },
  ],
  bad: [
    {
      language: 'en',
      files: {
        'a.txt':
          'Invitation to tender: hosting of our website and web application as a cloud service.\nThe supplier must run the website for four years.\nThe supplier must encrypt the personal data of users. Award criteria follow.',
      },
    },
    {
      language: 'fr',
      files: {
        'a.txt':
          "Marché public informatique. Appel d'offres : services informatiques en nuage, hébergement du site web et de l'application web, maintenance du logiciel.\nLe fournisseur doit exploiter le serveur et l'application web du système d'information pendant quatre ans.\nLe fournisseur doit chiffrer les données personnelles des utilisateurs. Critères d'attribution ci-après.",
      },
    },
    {
      language: 'nl',
      files: {
        'a.txt':
          'Aanbesteding: hosting van onze website en webapplicatie.\nDe leverancier moet de website vier jaar exploiteren.\nDe leverancier moet de persoonsgegevens van gebruikers versleutelen. Gunningscriteria volgen.',
      },
    },
    {
      language: 'de',
      files: {
        'a.txt':
          'Ausschreibung: Hosting unserer Website und Webanwendung.\nDer Auftragnehmer muss die Website vier Jahre betreiben.\nDer Auftragnehmer muss die personenbezogenen Daten der Nutzer verschlüsseln. Zuschlagskriterien folgen.',
      },
    },
  ],
  check: (dossier) => {
    const { parts, demand, catalogue } = dossier;
    if (!mayBeMissed(dossier) || demand === null) return [];
    if (!demand.context.types.some((type) => SERVICES.has(type))) return [];
    const scoped = catalogue.standards.filter(
      ({ id, group }) => demand.standards.includes(id) && INTERNET.has(group) && id !== ACCESSIBILITY,
    );
    if (scoped.length === 0) return [];
    const named = new Set(parts.flatMap(({ standards }) => standards));
    const asked = scoped.some(
      ({ specifications, requirement }) =>
        specifications.some((id) => named.has(id)) || (dossier.best(requirement)?.confidence ?? 0) >= COVERED,
    );
    if (asked) return [];
    const type = parts.flatMap((part) =>
      part.types.filter(({ id }) => SERVICES.has(id)).map((one) => ({ part, one })),
    )[0];
    if (!type) return [];
    const missing = scoped.slice(0, NAMED).flatMap(({ specifications }) => specifications.slice(0, 1));
    return [
      {
        part: type.part,
        quote: type.one.quote,
        values: { standards: missing.join(', ') },
        requirement: scoped[0]?.requirement ?? '',
        absent: true,
      },
    ];
  },
};
