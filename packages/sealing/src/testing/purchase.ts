import { createKeyPair, type KeyPair } from '../age.ts';
import type { OfferBinding, PartContent } from '../offer.ts';
import { createPurchaseKeys, type EncryptedShare, keyOf, type PurchaseKeys, RECOVERY } from '../purchase-keys.ts';
import type { ShareContent } from '../share-content.ts';
import { combineShares, type ExpectedShare, openPassedShare, openShare, passShare } from '../shares.ts';

/** A purchase with its keys and everyone who holds a share. */
export interface TestPurchase {
  keys: PurchaseKeys;
  shares: EncryptedShare[];
  holders: Map<string, KeyPair>;
}

export const DEMAND = 'd'.repeat(64);

export const BINDING: OfferBinding = {
  purchase: 'purchase-1',
  lot: 'lot-1',
  invitation: 'invitation-1',
  demand: DEMAND,
};

/** Three openers and a recovery share, made by the real function. */
export async function testPurchase(purchase = BINDING.purchase): Promise<TestPurchase> {
  const holders = new Map<string, KeyPair>();
  for (const id of ['anna', 'bert', 'chloe', RECOVERY]) holders.set(id, await createKeyPair());
  const openers = ['anna', 'bert', 'chloe'].map((id) => ({ id, recipient: pairOf(holders, id).recipient }));
  const recovery = pairOf(holders, RECOVERY).recipient;
  return { holders, ...(await createPurchaseKeys({ purchase, openers, recovery, parts: ['quality', 'price'] })) };
}

export function pairOf(holders: Map<string, KeyPair>, id: string): KeyPair {
  const pair = holders.get(id);
  if (!pair) throw new Error(`no holder ${id}`);
  return pair;
}

export function expectedShare({ keys }: TestPurchase, holder: string, part: 'quality' | 'price'): ExpectedShare {
  return { purchase: keys.purchase, part, holder, fingerprint: keyOf(keys, part).fingerprint };
}

export function encryptedShare({ shares }: TestPurchase, holder: string, part: 'quality' | 'price'): string {
  const found = shares.find((one) => one.holder === holder && one.part === part);
  if (!found) throw new Error(`no share of ${holder}`);
  return found.encrypted;
}

export function ownShare(of: TestPurchase, holder: string, part: 'quality' | 'price'): Promise<ShareContent> {
  return openShare(
    encryptedShare(of, holder, part),
    pairOf(of.holders, holder).identity,
    expectedShare(of, holder, part),
  );
}

/** The whole way of an opening: `from` passes, `to` puts together. */
export async function openedBy(of: TestPurchase, from: string, to: string, part: 'quality' | 'price'): Promise<string> {
  const { identity, recipient } = pairOf(of.holders, to);
  const [passed] = await passShare(await ownShare(of, from, part), [{ id: to, recipient }]);
  const own = await ownShare(of, to, part);
  const other = await openPassedShare(passed?.encrypted ?? '', identity, own);
  return combineShares(own, other, keyOf(of.keys, part).recipient);
}

export function partWith(text: string): PartContent {
  return { answers: { 'GOV-01': text }, declaration: { name: 'Z. Supplier' }, files: [] };
}

/** The code a promise is refused with; any other error is thrown on. */
export async function refusalOf(promise: Promise<unknown>): Promise<string> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof Error && 'code' in error) return String(error.code);
    throw error;
  }
  return 'no refusal';
}
