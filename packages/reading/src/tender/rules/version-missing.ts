import type { Rule } from '../../rules/rule.ts';
import type { Mention } from '../../types.ts';

/** Specifications whose versions ask for different things, so that the name alone leaves open what is tested. */
const TESTED: ReadonlySet<string> = new Set([
  'WCAG',
  'RGAA',
  'OWASP ASVS',
  'OWASP MASVS',
  'PCI DSS',
  'NEN 7510',
  'BSI C5',
]);

/** Protocol families of which an old version is unsafe, so that the name alone lets it in. */
const VERSIONS_MATTER: ReadonlySet<string> = new Set([
  'TLS',
  'SNMP',
  'Wi-Fi Protected Access',
  'SMB',
  'SSL',
  'FIPS 140',
  'IKE',
]);

/** Characters before a name in which the word stands that has it used. */
const REACH = 40;
/** A word that has what follows used, and at most one word between, in every language of the rules. */
const USED =
  /(?<!\p{L})(?:via|over|of|de|using|erfolg\p{L}*|uses?|with|by|through|on|support\p{L}*|per|mittels|über|mit|nach|von|auf|unterstütz\p{L}*|verwende\p{L}*|nutz\p{L}*|met|door|van|op|gebruik\p{L}*|ondersteun\p{L}*|par|en|sur|avec|utilis\p{L}*|protocoles?|protocol|Protokoll|is|are|secured|encrypted)\s+(?:\S+\s+)?\S*$|\|\s*$/iu;

const wanted = (mention: Mention): boolean => mention.modality === 'must' || mention.modality === 'should';

/** A protocol or specification is asked for by name alone although its versions differ in what matters. */
export const versionMissing: Rule = {
  id: 'tender/version-missing',
  level: 'note',
  good: [
    { text: 'Connections must use TLS 1.2 or later.' },
    { text: 'Connections must use TLS. The lowest version is TLS 1.2.' },
    { text: 'The portal must conform to WCAG 2.2 at level AA.' },
    { text: 'The tunnel must use IPsec with IKEv2.' },
    { text: 'The portal must be accessible: [check WCAG or the rules of your state].' },
    { text: 'The portal must conform to the latest version of WCAG at level AA.' },
    { text: 'Les connexions doivent utiliser TLS 1.3.', language: 'fr' },
    { text: 'Verbindingen moeten TLS 1.3 gebruiken.', language: 'nl' },
    { text: 'Verbindungen müssen TLS 1.3 verwenden.', language: 'de' },
  ],
  bad: [
    { text: 'Connections must be encrypted with TLS.' },
    { text: 'The portal must conform to WCAG at level AA.' },
    { text: 'The tunnel must be based on IPsec, with IKE for the exchange of keys.' },
    { text: 'Le tunnel doit reposer sur IPsec, avec IKE pour l’échange des clés.', language: 'fr' },
    { text: 'De tunnel moet op IPsec berusten, met IKE voor de uitwisseling van sleutels.', language: 'nl' },
    { text: 'Der Tunnel muss auf IPsec beruhen, mit IKE für den Schlüsselaustausch.', language: 'de' },
    { text: 'Les connexions doivent être chiffrées par TLS.', language: 'fr' },
    { text: 'Verbindingen moeten met TLS zijn versleuteld.', language: 'nl' },
    { text: 'Verbindungen müssen mit TLS verschlüsselt sein.', language: 'de' },
  ],
  create: ({ report, standards, family: familyOf, analysis }) => {
    const family = (mention: Mention): string =>
      mention.standard === null ? mention.text : familyOf(mention.standard);
    const versioned = new Set(standards.mentions.filter((one) => one.versioned && wanted(one)).map(family));
    const seen = new Set<string>();
    return {
      mention(mention, clause) {
        if (mention.versioned || !wanted(mention) || clause.section.context) return;
        if (analysis.document.blocks[clause.block]?.kind === 'code') return;
        // "SSL certificate" is everyday speech for one that serves TLS.
        if (/certifi/i.test(mention.text)) return;
        // "WPA2/WPA3" names the family by its versions; "TLS 1.4" has one, though none that is known.
        const behind = analysis.document.text.slice(mention.end, mention.end + 3);
        const name = family(mention);
        if ((/\d$/.test(mention.text) && !TESTED.has(name)) || /^[ v/-]{0,2}\d/.test(behind)) return;
        // "With TLS", "via SNMP", "use SMB": the protocol is what is to be used, and no subject among others.
        const before = analysis.document.text.slice(Math.max(clause.start, mention.start - REACH), mention.start);
        // A cell of its own is a value in a table.
        // "[check WCAG or another rule]" is a template's advice to who fills it in.
        if (/\[[^\]]*$/.test(before)) return;
        const used = USED.test(before) && !(/\|\s*$/.test(before) && /^\s*\|/.test(behind));
        if (!(TESTED.has(name) || (VERSIONS_MATTER.has(name) && used))) return;
        if (versioned.has(name) || seen.has(name)) return;
        if (clause.hits.some(({ sign }) => sign.cue === 'delegation')) return;
        seen.add(name);
        report({ clause, start: mention.start, end: mention.end, values: { standard: name } });
      },
    };
  },
};
