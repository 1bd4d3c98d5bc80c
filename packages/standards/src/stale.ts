import type { ResolvedMention, Status } from './types.ts';

/** These say that a document which names the edition is behind the times. An obsolete RFC is replaced, and still not forbidden. */
export const STALE: ReadonlySet<Status> = new Set(['superseded', 'obsolete', 'withdrawn', 'historic', 'deprecated']);

/**
 * Whether a name, by itself, means what is out of force. What has only been overtaken is so where its edition is written, and not where that is
 * the least that will do: a minimum lets the newer one in. Whether the sentence asks for it is for the reading to say (`isStale` there).
 */
export function isOutOfForce(mention: Pick<ResolvedMention, 'status' | 'minimum' | 'versioned'>): boolean {
  if (mention.status === 'superseded' || mention.status === 'obsolete') return mention.versioned && !mention.minimum;
  return STALE.has(mention.status);
}
