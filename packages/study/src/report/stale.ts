import type { Mention } from '@proviso/reading';

/**
 * An edition is written that holds no longer, and it is not just the least that will do, nor named to be ruled out.
 * Only a mention that writes its edition can be stale.
 */
export function isStale(mention: Pick<Mention, 'versioned' | 'minimum' | 'modality' | 'status'>): boolean {
  return (
    mention.versioned &&
    !mention.minimum &&
    mention.modality !== 'negative' &&
    mention.modality !== 'boilerplate' &&
    ['superseded', 'obsolete', 'withdrawn', 'historic', 'deprecated'].includes(mention.status)
  );
}
