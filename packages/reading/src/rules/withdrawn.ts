import type { Rule } from './rule.ts';
import { staleEdition } from './stale-edition.ts';

/** A standard that its body has withdrawn or called historic is asked for. */
export const withdrawn: Rule = {
  id: 'standards/withdrawn',
  level: 'warning',
  good: [{ text: 'Keys must be generated as in FIPS 186-5.' }],
  bad: [{ text: 'Keys must be protected as in RFC 6101.' }],
  create: staleEdition(['withdrawn', 'historic'], { replaced: 'replaced', alone: 'message' }),
};
