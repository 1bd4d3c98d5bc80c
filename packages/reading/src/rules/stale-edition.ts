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
  return ({ report, standards, analysis }) => ({
    mention(mention, clause) {
      if (!isStale(mention) || !statuses.includes(mention.status) || mention.kind === 'law') return;
      // "ASVS level 2" is a level and no edition.
      if (LEVEL.test(analysis.document.text.slice(Math.max(0, mention.start - 30), mention.start))) return;
      // Old and new edition side by side: the text knows of the change.
      const beside = standards.mentions.some(
        ({ standard, start }) => standard === mention.replacedBy && start >= clause.start && start < clause.end,
      );
      if (mention.replacedBy !== null && beside) return;
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

const LEVEL = /(?:level|niveaux?|niveau|stufe|nivel|livello)s?\s*$/iu;
