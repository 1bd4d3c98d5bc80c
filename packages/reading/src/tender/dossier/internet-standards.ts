import { COVERED } from '../tender-facts.ts';
import { mayBeMissed, whereAbsent } from './absent.ts';
import type { DossierRule } from './dossier-rule.ts';

/** Groups of the standards list that a service on the internet lives by. */
const INTERNET: ReadonlySet<string> = new Set(['network', 'web', 'communication']);
/** Stand among the standards of the web, and say nothing of names, mail and routes: access for all, an address to report to, a list of tests. */
const BESIDE: ReadonlySet<string> = new Set(['en-301-549', 'security-txt', 'owasp-asvs']);
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
    // An address to report to and a list of tests keep no name, mail or route from being forged.
    {
      language: 'en',
      files: {
        'a.txt': `Invitation to tender: online parking permit service.\nThe supplier must host the service on the internet and encrypt the personal data of users.\nThe supplier must test the web application to OWASP ASVS 5.0 and list its contact in security.txt (RFC 9116). Award criteria follow.`,
      },
    },
    {
      language: 'fr',
      files: {
        'a.txt': `Appel d'offres : plateforme en ligne d'inscription, logiciel et hébergement.\nLe fournisseur doit héberger le système d'information sur internet et chiffrer les données personnelles des utilisateurs.\nLe fournisseur doit tester l'application selon OWASP ASVS 5.0 et publier son contact dans security.txt (RFC 9116). Critères d'attribution ci-après.`,
      },
    },
    {
      language: 'nl',
      files: {
        'a.txt': `Aanbesteding: zaaksysteem als SaaS.\nDe leverancier moet de software op internet hosten en de persoonsgegevens van gebruikers versleutelen.\nDe leverancier moet de applicatie toetsen aan OWASP ASVS 5.0 en zijn contact in security.txt (RFC 9116) zetten. Gunningscriteria volgen.`,
      },
    },
    {
      language: 'de',
      files: {
        'a.txt': `Ausschreibung: webbasiertes Ratsinformationssystem.\nDer Auftragnehmer muss die Software im Internet hosten und die personenbezogenen Daten der Nutzer verschlüsseln.\nDer Auftragnehmer muss die Anwendung nach OWASP ASVS 5.0 prüfen und seinen Kontakt in security.txt (RFC 9116) angeben. Zuschlagskriterien folgen.`,
      },
    },
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
    const { parts, demand, catalogue, guessed } = dossier;
    if (!mayBeMissed(dossier) || demand === null) return [];
    if (!demand.context.types.some((type) => SERVICES.has(type))) return [];
    const scoped = catalogue.standards.filter(
      ({ id, group }) => demand.standards.includes(id) && INTERNET.has(group) && !BESIDE.has(id),
    );
    if (scoped.length === 0) return [];
    const named = new Set(parts.flatMap(({ standards }) => standards));
    const asked = scoped.some(
      ({ specifications, requirement }) =>
        specifications.some((id) => named.has(id)) || (dossier.best(requirement)?.confidence ?? 0) >= COVERED,
    );
    if (asked) return [];
    const place =
      parts.flatMap((part) =>
        part.types.filter(({ id }) => SERVICES.has(id)).map(({ quote }) => ({ part, quote })),
      )[0] ?? (guessed ? null : whereAbsent(dossier));
    if (!place) return [];
    const missing = scoped.slice(0, NAMED).flatMap(({ specifications }) => specifications.slice(0, 1));
    return [
      {
        ...place,
        values: { standards: missing.join(', ') },
        requirement: scoped[0]?.requirement ?? '',
        absent: true,
      },
    ];
  },
};
