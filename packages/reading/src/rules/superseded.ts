import { isStale } from '../mentions.ts';
import type { Rule } from './rule.ts';

/** An edition that a newer one has replaced is asked for. */
export const superseded: Rule = {
  id: 'standards/superseded',
  level: 'warning',
  good: [
    { text: 'The supplier must hold an ISO/IEC 27001:2022 certificate.' },
    { text: 'The supplier must hold an ISO/IEC 27001 certificate.' },
    { text: 'Controls must follow NIST SP 800-53 Rev. 4 or later.' },
  ],
  bad: [
    { text: 'The supplier must hold an ISO/IEC 27001:2013 certificate.' },
    { text: 'Controls must follow NIST SP 800-53 Rev. 4 in full.' },
  ],
  create: ({ report, record }) => ({
    mention(mention, clause) {
      if (!isStale(mention) || !(mention.status === 'superseded' || mention.status === 'obsolete')) return;
      if (mention.kind === 'law' || record(mention.standard ?? '')?.confidence === 'low') return;
      report({
        clause,
        start: mention.start,
        end: mention.end,
        values: { standard: mention.standard ?? mention.text, replacement: mention.replacedBy ?? '' },
        variant: mention.replacedBy ? 'message' : 'unreplaced',
      });
    },
  }),
};
