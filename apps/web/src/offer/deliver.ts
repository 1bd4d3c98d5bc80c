import { ProblemError } from '../api/problem.ts';
import { isUnreachable } from './api.ts';
import { type OfferPage, troubleText } from './offer-page.ts';
import { type Received, receiptOf } from './receipt.ts';
import type { Outgoing } from './sealed-offer.ts';

/** Sends what was sealed, and holds the receipt to it; `told` hears how far it is. @throws ProblemError, SealingError */
export async function deliver(
  { say, sealing, api }: OfferPage,
  { submission, sent }: Outgoing,
  told: (text: string) => void,
): Promise<Received> {
  told(say('send-sending'));
  const signed = await api.submit(submission);
  told(say('send-checking'));
  const receipt = await receiptOf(sealing, signed, await api.receiptKeys(), sent);
  told(receipt.late ? say('sent-late') : say('sent'));
  return receipt;
}

/** What went wrong with a delivery; loads the purchase again where it is another by now. */
export async function undelivered(page: OfferPage, error: unknown): Promise<string> {
  if (error instanceof ProblemError && error.problem.code === 'demand-changed') await page.refresh();
  return isUnreachable(error) ? page.say('send-unsure') : troubleText(error, page.say);
}
