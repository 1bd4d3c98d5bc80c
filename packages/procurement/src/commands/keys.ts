import type { Notice, Purchase } from '../purchase/purchase.ts';
import { type Refusal, refuse } from '../refusal.ts';

/**
 * What is wrong with the keys that offers will be sealed to. Every part that is opened apart has one, and none was used before: whoever put a
 * key together at an earlier opening holds it for good, and could read alone what is sealed to it again.
 */
export function keysFault({ plan, notice, earlier }: Purchase, keys: Notice['keys']): Refusal | null {
  const wanted = plan?.priceApart ? ['quality', 'price'] : ['quality'];
  const parts = keys.map(({ part }) => part);
  if (wanted.some((one) => !parts.some((part) => part === one)) || parts.length !== wanted.length)
    return refuse('keys-needed', { parts: wanted.join(', ') }, 'keys');
  const seen = new Set([...earlier.flatMap((one) => one.notice.keys), ...(notice?.keys ?? [])].map(nameOf));
  for (const key of keys) {
    if (seen.has(nameOf(key))) return refuse('key-used', { fingerprint: key.fingerprint }, 'keys');
    seen.add(nameOf(key));
  }
  return null;
}

/** Spaces and capitals are for the eye. */
const nameOf = ({ fingerprint }: Notice['keys'][number]): string => fingerprint.replace(/\s/g, '').toLowerCase();
