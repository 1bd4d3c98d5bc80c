import type { Status } from '@proviso/standards';
import { isStale } from '../mentions.ts';
import type { Rule } from './rule.ts';

/**
 * What the rules on editions out of force share: a stale mention, of one of `statuses`, of anything but a law. `replaced` and `alone` are the
 * messages for one with and without something in its place.
 */
export function staleEdition(
  statuses: readonly Status[],
  variants: { replaced: string; alone: string },
): Rule['create'] {
  return ({ report }) => ({
    mention(mention, clause) {
      if (!isStale(mention) || !statuses.includes(mention.status) || mention.kind === 'law') return;
      report({
        clause,
        start: mention.start,
        end: mention.end,
        values: { standard: mention.standard ?? mention.text, replacement: mention.replacedBy ?? '' },
        variant: mention.replacedBy ? variants.replaced : variants.alone,
      });
    },
  });
}
