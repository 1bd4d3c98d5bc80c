import { STALE } from '@proviso/standards';
import type { Rule } from './rule.ts';

/** A law that is no longer in force is cited; the first place is reported. Laws are named by their number, so every mention names an edition. */
export const repealedLaw: Rule = {
  id: 'standards/repealed-law',
  level: 'warning',
  good: [{ text: 'Personal data must be processed as Regulation (EU) 2016/679 demands.' }],
  bad: [{ text: 'Personal data must be processed as Directive 95/46/EC demands.' }],
  create: ({ report, analysis }) => {
    const seen = new Set<string>();
    return {
      mention(mention, clause) {
        if (mention.kind !== 'law' || mention.standard === null || !STALE.has(mention.status)) return;
        if (mention.modality === 'negative' || mention.modality === 'boilerplate') return;
        if (seen.has(mention.standard)) return;
        // An act that repeals it, or a history, names it rightly.
        if (REPEALS.test(analysis.document.text.slice(Math.max(clause.start, mention.start - 160), mention.start)))
          return;
        seen.add(mention.standard);
        report({
          clause,
          start: mention.start,
          end: mention.end,
          values: { standard: mention.standard, replacement: mention.replacedBy ?? '' },
          variant: mention.replacedBy ? 'replaced' : 'message',
        });
      },
    };
  },
};

const REPEALS =
  /repeal|Aufhebung|aufgehoben|außer Kraft|abroge|intrekking|ingetrokken|voorganger|predecessor|formerly|replac/i;
