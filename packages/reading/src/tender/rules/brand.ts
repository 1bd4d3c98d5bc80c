import type { Analysis, Clause } from '../../analysis.ts';
import type { Rule } from '../../rules/rule.ts';

/** Characters around a brand within which words of compatibility are said of it. */
const NEAR = 40;
/** Characters between a word for a make and its name: a blank, a colon, a quotation mark. */
const BESIDE = 3;

/** Licences that come with what is delivered, in the languages of the rules. */
const LICENSED =
  /(?<!\p{L})(?:licen[cs]es?|licenties?|Lizenzen) (?:included|comprises?|inclus\p{L}*|inbegrepen|eingeschlossen|inbegriffen|inklusive)|(?:inclusief|including|y compris|einschließlich|inklusive) (?:\p{L}+ )?(?:licen[cs]es?|licenties?|Lizenzen)/iu;

/** A row of a list of goods: it has a quantity of its own. */
function isPriced({ document }: Analysis, clause: Clause): boolean {
  const block = document.blocks[clause.block];
  if (block?.kind !== 'row') return false;
  return (block.cells ?? []).some(([start, end]) =>
    /^\s*\d{1,6}\s*(?:x|pcs\.?|pieces|units?|stuks?|Stück|Stk\.?|unités?|pièces?|licen[cs]es?|Lizenzen|licenties)?\s*$/i.test(
      document.text.slice(start, end),
    ),
  );
}

/** A make is demanded without "or equivalent". Directive 2014/24/EU, Article 42(4). */
export const brand: Rule = {
  id: 'tender/brand',
  level: 'warning',
  jurisdiction: 'eu',
  good: [
    {
      text: 'Tender for firewalls. The supplier must deliver a Fortinet FortiGate firewall or equivalent.',
      country: 'NL',
    },
    { text: 'Tender for software. The software must be compatible with Microsoft 365.', country: 'NL' },
    { text: 'Tender for software. The software must run with our existing Cisco equipment.', country: 'NL' },
    {
      text: 'Appel d’offres. Le titulaire doit fournir un pare-feu Fortinet ou équivalent.',
      language: 'fr',
      country: 'FR',
    },
    {
      text: 'Aanbesteding firewalls. De leverancier moet een Fortinet firewall of gelijkwaardig leveren.',
      language: 'nl',
      country: 'NL',
    },
    {
      text: 'Ausschreibung. Der Auftragnehmer muss eine Fortinet-Firewall oder gleichwertig liefern.',
      language: 'de',
      country: 'DE',
    },
  ],
  bad: [
    {
      text: 'Tender for network equipment. The supplier must deliver Cisco Catalyst switches. Award criteria follow.',
      country: 'NL',
    },
    {
      text: "Appel d'offres. Le fournisseur doit livrer des commutateurs Cisco Catalyst. Critères d'attribution ci-après.",
      language: 'fr',
      country: 'FR',
    },
    {
      text: 'Aanbesteding netwerkapparatuur. De leverancier moet Cisco Catalyst switches leveren. Gunningscriteria volgen.',
      language: 'nl',
      country: 'NL',
    },
    {
      text: 'Ausschreibung Netzwerktechnik. Der Auftragnehmer muss Cisco Catalyst Switches liefern. Zuschlagskriterien folgen.',
      language: 'de',
      country: 'DE',
    },
  ],
  create: ({ report, tender, scope, analysis }) => {
    if (!tender || !scope.isProcurement) return {};
    const seen = new Set<string>();
    return {
      clause(clause, judgement) {
        const hits = tender.hits[clause.index] ?? [];
        const found = hits.find(({ sign }) => sign.cue === 'brand');
        if (!found) return;
        // "The firewalls are of the type Cisco Firepower": it is a make that is told.
        const make = hits.some(
          ({ sign, end }) => sign.cue === 'make' && end <= found.start && found.start - end <= BESIDE,
        );
        // "… is VMware vSphere, licences included": nobody says so of what there is.
        const bought = make || LICENSED.test(analysis.document.text.slice(clause.start, clause.end));
        if (
          judgement.modality !== 'must' &&
          !isPriced(analysis, clause) &&
          !(bought && judgement.modality === 'context' && !clause.section.context)
        )
          return;
        if (hits.some(({ sign }) => sign.cue === 'equivalent')) return;
        // "Compatible with …", "our existing …": said of the brand, so near it.
        const near = hits.some(
          ({ sign, start, end }) =>
            sign.cue === 'compatible' && end > found.start - NEAR && start < found.end + NEAR / 2,
        );
        if (near) return;
        const name = analysis.document.text.slice(found.start, found.end).toLowerCase();
        if (seen.has(name)) return;
        seen.add(name);
        report({ clause, start: found.start, end: found.end });
      },
    };
  },
};
