import type { Receipt, ReceiptPublicKey, SignedReceipt } from '@proviso/sealing';
import type { SignedReceipt as GivenReceipt } from 'proviso-server/contract';
import type { Sealing } from './offer-page.ts';

/** A receipt that was checked. */
export interface Received extends Receipt {
  /** The file to keep: what was signed, with the signature. */
  file: SignedReceipt;
}

/**
 * The receipt, signed by one of the published keys and naming all that was sent.
 * @throws SealingError `not-a-receipt` also where something sent is not in it
 */
export async function receiptOf(
  sealing: Pick<Sealing, 'verifyReceipt' | 'missingIn' | 'SealingError'>,
  { receipt: given, key, signature }: GivenReceipt,
  keys: readonly unknown[],
  sent: readonly { name: string; sha256: string; size: number }[],
): Promise<Received> {
  const receipt = await sealing.verifyReceipt({ receipt: given, key, signature }, keys as ReceiptPublicKey[]);
  const missing = sealing.missingIn(receipt, sent);
  if (missing.length > 0) throw new sealing.SealingError('not-a-receipt', `Not in the receipt: ${missing.join(', ')}.`);
  return { ...receipt, file: { receipt, key, signature } };
}
