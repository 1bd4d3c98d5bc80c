import type { Rule } from '../../rules/rule.ts';

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
        if (judgement.modality !== 'must') return;
        const hits = tender.hits[clause.index] ?? [];
        if (hits.some(({ sign }) => sign.cue === 'compatible' || sign.cue === 'equivalent')) return;
        const found = hits.find(({ sign }) => sign.cue === 'brand');
        if (!found) return;
        const name = analysis.document.text.slice(found.start, found.end).toLowerCase();
        if (seen.has(name)) return;
        seen.add(name);
        report({ clause, start: found.start, end: found.end });
      },
    };
  },
};
