import { isStale } from '../mentions.ts';
import type { Rule } from './rule.ts';

/** A standard that its body has withdrawn or called historic is asked for. */
export const withdrawn: Rule = {
  id: 'standards/withdrawn',
  level: 'warning',
  good: [{ text: 'Keys must be generated as in FIPS 186-5.' }],
  bad: [{ text: 'Keys must be protected as in RFC 6101.' }],
  create: ({ report, record }) => ({
    mention(mention, clause) {
      if (!isStale(mention) || !(mention.status === 'withdrawn' || mention.status === 'historic')) return;
      if (mention.kind === 'law' || record(mention.standard ?? '')?.confidence === 'low') return;
      report({
        clause,
        start: mention.start,
        end: mention.end,
        values: { standard: mention.standard ?? mention.text, replacement: mention.replacedBy ?? '' },
        variant: mention.replacedBy ? 'replaced' : 'message',
      });
    },
  }),
};
