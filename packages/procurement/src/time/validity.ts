import type { Offer } from '../purchase/offers.ts';
import type { Notice } from '../purchase/purchase.ts';
import { type Deadline, shiftDays } from './deadline.ts';

/** How long an offer of the notice's round binds its supplier: the stated days after the closing, or what it last agreed to. */
export function validUntil({ closing, validityDays }: Notice, { extended }: Pick<Offer, 'extended'>): Deadline {
  return extended.at(-1)?.until ?? shiftDays(closing, validityDays);
}
