import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import type { Offer, Opening } from './offers.ts';

/** What was found in an offer; what the opening of the price found is `price` alone. */
export type Found = Pick<Offer, 'id' | 'price'> & Pick<NonNullable<Offer['opened']>, 'contents' | 'problem'>;

/**
 * SHA-256, in hexadecimals, of all that an opening found: what a second opener confirms. Members are written out in one order, since a database
 * may give them back in another.
 */
export function openingHash(part: Opening['part'], round: number, offers: readonly Found[]): string {
  const found = offers.map(({ id, contents, problem, price }) => {
    if (part === 'price') return [id, price];
    const said = contents && [
      contents.hash,
      contents.unanswered,
      contents.notApplicable,
      contents.deviations.map(({ requirement, text }) => [requirement, text]),
      contents.offered.map(({ requirement, value }) => [requirement, value]),
    ];
    return [id, said, problem, price];
  });
  return bytesToHex(sha256(new TextEncoder().encode(JSON.stringify([part, round, found]))));
}
