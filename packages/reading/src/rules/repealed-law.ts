import { STALE } from '@proviso/standards';
import type { Found, Rule } from './rule.ts';

/** A law that is no longer in force is cited; the first place is reported. Laws are named by their number, so every mention names an edition. */
export const repealedLaw: Rule = {
  id: 'standards/repealed-law',
  level: 'warning',
  good: [{ text: 'Personal data must be processed as Regulation (EU) 2016/679 demands.' }],
  bad: [{ text: 'Personal data must be processed as Directive 95/46/EC demands.' }],
  create: ({ report, analysis }) => {
    const cited = new Map<string, Found>();
    /** Acts that the text itself repeals, or whose end it tells: it names them rightly throughout. */
    const told = new Set<string>();
    return {
      mention(mention, clause) {
        if (mention.kind !== 'law' || mention.standard === null || !STALE.has(mention.status)) return;
        const { text, blocks } = analysis.document;
        const around = text.slice(Math.max(clause.start, mention.start - AROUND), mention.start);
        if (REPEALED.test(text.slice(mention.end, Math.min(clause.end, mention.end + AROUND))) || REPEALS.test(around))
          told.add(mention.standard);
        if (mention.modality === 'negative' || mention.modality === 'boilerplate') return;
        const kind = blocks[clause.block]?.kind;
        if (kind === 'title' || kind === 'heading' || cited.has(mention.standard)) return;
        cited.set(mention.standard, {
          clause,
          start: mention.start,
          end: mention.end,
          values: { standard: mention.standard, replacement: mention.replacedBy ?? '' },
          variant: mention.replacedBy ? 'replaced' : 'message',
        });
      },
      end() {
        for (const [standard, found] of cited) if (!told.has(standard)) report(found);
      },
    };
  },
};

/** Characters before and after a name within which its end is told. */
const AROUND = 300;
const REPEALED = /repealed|revoked|rescinded|superseded|außer Kraft|aufgehoben|abrogé|ingetrokken/i;
const REPEALS =
  /auf ?grund|repeal|revok|rescind|supersed|Aufhebung|aufgehoben|außer Kraft|abroge|intrekking|ingetrokken|voorganger|predecessor|formerly|replac/i;
