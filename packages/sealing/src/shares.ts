import { combine } from 'shamir-secret-sharing';
import * as z from 'zod/mini';
import { decryptText, encryptText, recipientOf } from './age.ts';
import { fromBase64url } from './base64url.ts';
import { canonicalJson } from './canonical.ts';
import { checkedJson, ID, type Part } from './checked.ts';
import { SealingError } from './errors.ts';
import { fingerprintOf, sameFingerprint } from './fingerprint.ts';
import { commitmentTo, SHARE_CONTENT, type ShareContent } from './share-content.ts';

/** What a share must be about. */
export interface ExpectedShare {
  purchase: string;
  part: Part;
  holder: string;
  /** Of the part's public key, as published. */
  fingerprint: string;
}

/** A share on its way from one holder to another, encrypted to the other: may lie on the server. */
export interface PassedShare {
  schema: 'proviso.passed-share/1';
  purchase: string;
  part: Part;
  from: string;
  to: string;
  /** An armoured age file. */
  encrypted: string;
}

const PASSED_CONTENT = z.object({
  schema: z.literal('proviso.passed-share-content/1'),
  to: ID,
  content: SHARE_CONTENT,
});

const ASK_AGAIN = 'Fetch the share again; if that does not help, another opener or the recovery share is needed.';

/**
 * A holder's own share, decrypted in her browser. Also the way to try, before anything is published, that she can.
 * @throws SealingError `wrong-key` when it is encrypted to another key, `wrong-share` when it is about another purchase, part, holder or key,
 * `tampered-share` when it does not hash to its commitment, `not-a-holder` when it was dealt to another key of this holder, `broken-share`;
 * also what `decryptText` throws
 */
export async function openShare(encrypted: string, identity: string, expected: ExpectedShare): Promise<ShareContent> {
  const text = await decryptText(identity, encrypted);
  const share = checkedJson(SHARE_CONTENT, text, 'broken-share', ASK_AGAIN);
  checkAbout(share, expected);
  const own = checkCommitted(share, share);
  if (!sameFingerprint(own.recipient, fingerprintOf(await recipientOf(identity)))) throw notHolder(share.holder);
  return share;
}

/**
 * The share for other holders, encrypted to each; what an opener sends when she agrees to the opening. Only the keys that the buyer's
 * browser named at creation are served: else a server could name a key of its own and collect two shares.
 * @throws SealingError `not-a-holder` for a key that is not that holder's, `bad-recipient`, `same-share` for passing to oneself
 */
export async function passShare(
  share: ShareContent,
  to: readonly { id: string; recipient: string }[],
): Promise<PassedShare[]> {
  const { purchase, part, holder: from } = share;
  for (const { id, recipient } of to) {
    if (id === from)
      throw new SealingError('same-share', 'A share is passed to another opener, not to its own holder.');
    const known = share.holders.find(({ holder }) => holder === id);
    if (!known || !sameFingerprint(known.recipient, fingerprintOf(recipient))) throw notHolder(id);
  }
  const passed: PassedShare[] = [];
  for (const { id, recipient } of to) {
    const content = canonicalJson({ schema: 'proviso.passed-share-content/1', to: id, content: share });
    const encrypted = await encryptText(recipient, content);
    passed.push({ schema: 'proviso.passed-share/1', purchase, part, from, to: id, encrypted });
  }
  return passed;
}

/**
 * A share that another holder passed, checked against what one's own share says of it: who holds it and what it hashes to.
 * @throws SealingError as `openShare` does, and `same-share` for one's own share
 */
export async function openPassedShare(encrypted: string, identity: string, own: ShareContent): Promise<ShareContent> {
  const text = await decryptText(identity, encrypted);
  const { to, content } = checkedJson(PASSED_CONTENT, text, 'broken-share', ASK_AGAIN);
  if (to !== own.holder)
    throw new SealingError('wrong-share', `This share was passed to "${to}", not to "${own.holder}". ${ASK_AGAIN}`);
  checkPair(own, content);
  return content;
}

/**
 * The identity of a part out of two shares, sure to be the one that belongs to the public key.
 * @param recipient the part's public key
 * @returns the age identity: it opens everything sealed to the part
 * @throws SealingError `same-share`, `wrong-share`, `tampered-share`, `broken-share`; `wrong-secret` when the two give another key
 */
export async function combineShares(own: ShareContent, other: ShareContent, recipient: string): Promise<string> {
  checkPair(own, other);
  if (!sameFingerprint(own.fingerprint, fingerprintOf(recipient)))
    throw new SealingError(
      'wrong-share',
      `These shares belong to the key ${own.fingerprint}, not to the one given. Take the part's own key.`,
    );
  const bytes = [own, other].map(({ share }) => {
    const one = fromBase64url(share);
    if (!one) throw new SealingError('broken-share', `A share is not base64url. ${ASK_AGAIN}`);
    return one;
  });
  const identity = await combined(bytes);
  if (identity !== null && (await recipientOf(identity).catch(() => null)) === recipient) return identity;
  throw new SealingError(
    'wrong-secret',
    'The two shares do not give the key of this purchase. Try with another opener, and report it.',
  );
}

/** The text two shares give; null where they give none. */
async function combined(shares: Uint8Array[]): Promise<string | null> {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(await combine(shares));
  } catch {
    return null;
  }
}

/** Two different shares of one key, the other as one's own list of holders says. */
function checkPair(own: ShareContent, other: ShareContent): void {
  checkAbout(other, { ...own, holder: other.holder });
  if (own.holder === other.holder || own.index === other.index)
    throw new SealingError('same-share', `Both shares are that of "${own.holder}". An opening takes two people.`);
  checkCommitted(other, own);
}

function checkAbout(share: ShareContent, expected: ExpectedShare): void {
  for (const field of ['purchase', 'part', 'holder', 'fingerprint'] as const)
    if (share[field] !== expected[field])
      throw new SealingError(
        'wrong-share',
        `This share is about the ${field} "${share[field]}", and "${expected[field]}" was expected. ${ASK_AGAIN}`,
      );
}

/** The entry of the share's holder in a list of holders. */
function checkCommitted(share: ShareContent, list: ShareContent): ShareContent['holders'][number] {
  const entry = list.holders.find(({ holder }) => holder === share.holder);
  if (!entry) throw notHolder(share.holder);
  if (entry.commitment !== commitmentTo(share))
    throw new SealingError(
      'tampered-share',
      `The share of "${share.holder}" is not the one that was made for this purchase. ${ASK_AGAIN}`,
    );
  return entry;
}

function notHolder(id: string): SealingError {
  return new SealingError(
    'not-a-holder',
    `When the keys were made, "${id}" was not named with this key. Give nothing to it, and report it.`,
  );
}
