import type { Kind } from '@proviso/standards';
import { hasCue } from '../analysis.ts';
import type { Rule } from './rule.ts';

/** Kinds that stand for a technical specification or a label; protocols that make systems speak to each other have no equivalent. */
const SPECIFICATION: ReadonlySet<Kind> = new Set<Kind>(['standard', 'certification', 'scheme']);

/** Directive 2014/24/EU, Articles 42(3)(b), 43 and 44: a standard, label or certificate is named together with "or equivalent". */
export const withoutEquivalent: Rule = {
  id: 'standards/without-equivalent',
  level: 'warning',
  jurisdiction: 'eu',
  good: [
    {
      text: 'Tender for software. The tenderer must be certified to ISO/IEC 27001 or equivalent. Award criteria follow in the contract notice.',
      country: 'NL',
    },
    {
      text: 'Tender for software. The tenderer must be certified to ISO/IEC 27001. Award criteria follow in the contract notice.',
      country: 'US',
    },
  ],
  bad: [
    {
      text: 'Tender for software. The tenderer must be certified to ISO/IEC 27001. Award criteria follow in the contract notice.',
      country: 'NL',
    },
  ],
  create: ({ report, scope, strength, tender }) => {
    const seen = new Set<string>();
    if (!scope.isProcurement) return {};
    return {
      mention(mention, clause) {
        if (
          mention.modality !== 'must' ||
          mention.orEquivalent ||
          mention.kind === null ||
          // A baseline or a data-centre standard too, where certification to it is demanded (Article 44).
          !(SPECIFICATION.has(mention.kind) || hasCue(clause, 'proof'))
        )
          return;
        const id = mention.standard ?? mention.text;
        // An RFC is how systems speak to each other; a state's means of identification has no equivalent.
        if (id.startsWith('RFC ') || (mention.kind === 'scheme' && mention.topics.includes('identity'))) return;
        if (
          seen.has(id) ||
          !(
            mention.core ||
            (tender !== null && mention.kind === 'standard') ||
            hasCue(clause, 'proof') ||
            strength[clause.index] === 'strong'
          ) ||
          mention.kind === 'law'
        )
          return;
        seen.add(id);
        report({ clause, start: mention.start, end: mention.end, values: { standard: id } });
      },
    };
  },
};
