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
        // An act that repeals it, its own title, or a history, names it rightly.
        const kind = analysis.document.blocks[clause.block]?.kind;
        if (kind === 'title' || kind === 'heading') return;
        if (REPEALED.test(analysis.document.text.slice(mention.end, Math.min(clause.end, mention.end + 160)))) return;
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

const REPEALED = /repealed|außer Kraft|aufgehoben|abrogé|ingetrokken/i;
const REPEALS =
  /auf ?grund|repeal|Aufhebung|aufgehoben|außer Kraft|abroge|intrekking|ingetrokken|voorganger|predecessor|formerly|replac/i;
