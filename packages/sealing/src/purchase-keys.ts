import { combine, split } from 'shamir-secret-sharing';
import * as z from 'zod/mini';
import { checkRecipient, createKeyPair, encryptText } from './age.ts';
import { toBase64url } from './base64url.ts';
import { canonicalJson } from './canonical.ts';
import { checked, FINGERPRINT, ID, PART, type Part } from './checked.ts';
import { SealingError } from './errors.ts';
import { fingerprintOf, sameFingerprint } from './fingerprint.ts';
import { commitmentTo, type Holder, type ShareContent } from './share-content.ts';

/** How many shares open. Nothing else is offered: one would be no protection, and three a day that never comes. */
const THRESHOLD = 2;

/** The holder of the share that is kept for the day an opener is gone. */
export const RECOVERY = 'recovery';

const MOST_OPENERS = 50;

const PURCHASE_KEYS = z.object({
  schema: z.literal('proviso.keys/1'),
  purchase: ID,
  parts: z.array(z.object({ part: PART, recipient: z.string().check(z.maxLength(3_000)), fingerprint: FINGERPRINT })),
});

/** The public keys of a purchase, one a part: what suppliers seal to. `purchaseFingerprint` of them belongs into the notice. */
export type PurchaseKeys = z.infer<typeof PURCHASE_KEYS>;

/** One holder's share of one part's key, encrypted to the holder: may lie on the server. */
export interface EncryptedShare {
  schema: 'proviso.share/1';
  purchase: string;
  part: Part;
  holder: string;
  /** Fingerprint of the public key it is encrypted to. */
  recipient: string;
  /** An armoured age file. */
  encrypted: string;
}

export interface KeysToCreate {
  purchase: string;
  /** Who may open, two together. */
  openers: readonly { id: string; recipient: string }[];
  /** The public key that the recovery share is encrypted to; null for none. It counts as one holder: alone it opens nothing. */
  recovery: string | null;
  parts: readonly Part[];
}

/**
 * Makes the keys of a purchase in the buyer's browser: for each part an age identity, split by Shamir's scheme so that any two holders
 * have it and one holder knows nothing of it, each share encrypted to its holder. The identity itself is not kept.
 * @returns the public keys, and the encrypted shares
 * @throws SealingError `too-few-openers` below two, `too-many-openers`, `holder-twice`, `recipient-twice` (whoever had both shares would open
 * alone), `reserved-holder`, `bad-recipient`, `bad-input`
 */
export async function createPurchaseKeys(
  asked: KeysToCreate,
): Promise<{ keys: PurchaseKeys; shares: EncryptedShare[] }> {
  const holders = checkedHolders(asked);
  if (asked.parts.length === 0 || new Set(asked.parts).size < asked.parts.length)
    throw new SealingError('bad-input', 'Name each part that is sealed, once.');
  const keys: PurchaseKeys = { schema: 'proviso.keys/1', purchase: asked.purchase, parts: [] };
  const shares: EncryptedShare[] = [];
  for (const part of asked.parts) {
    const { identity, recipient } = await createKeyPair();
    const fingerprint = fingerprintOf(recipient);
    keys.parts.push({ part, recipient, fingerprint });
    const contents = await contentsOf(identity, { purchase: asked.purchase, part, fingerprint }, holders);
    for (const [i, { id, recipient: own }] of holders.entries()) {
      const encrypted = await encryptText(own, canonicalJson(contents[i]));
      const { purchase } = asked;
      shares.push({ schema: 'proviso.share/1', purchase, part, holder: id, recipient: fingerprintOf(own), encrypted });
    }
  }
  return { keys: checked(PURCHASE_KEYS, keys, 'bad-input', 'Name the purchase and its parts.'), shares };
}

function checkedHolders({ openers, recovery }: KeysToCreate): { id: string; recipient: string }[] {
  if (openers.length < THRESHOLD)
    throw new SealingError('too-few-openers', 'An opening takes two people. Name at least two openers.');
  if (openers.length > MOST_OPENERS)
    throw new SealingError('too-many-openers', `Name at most ${MOST_OPENERS} openers.`);
  for (const { id } of openers) {
    checked(ID, id, 'bad-input', 'Give every opener an id.');
    if (id === RECOVERY)
      throw new SealingError('reserved-holder', `"${RECOVERY}" names the recovery share. Give the opener another id.`);
  }
  const holders = [...openers, ...(recovery === null ? [] : [{ id: RECOVERY, recipient: recovery }])];
  for (const { recipient } of holders) checkRecipient(recipient);
  const again = firstTwice(holders.map(({ id }) => id));
  if (again !== null)
    throw new SealingError('holder-twice', `"${again}" is named twice and would open alone. Name each once.`);
  const shared = firstTwice(holders.map(({ recipient }) => recipient));
  const both = holders.filter(({ recipient }) => recipient === shared).map(({ id }) => `"${id}"`);
  if (shared !== null)
    throw new SealingError(
      'recipient-twice',
      `${both.join(' and ')} have the same key, whose owner would open alone. Give each an own key.`,
    );
  return holders;
}

function firstTwice(list: readonly string[]): string | null {
  return list.find((one, i) => list.indexOf(one) < i) ?? null;
}

/** What each holder's share says, in the order of the holders. */
async function contentsOf(
  identity: string,
  about: { purchase: string; part: Part; fingerprint: string },
  holders: readonly { id: string; recipient: string }[],
): Promise<ShareContent[]> {
  const secret = new TextEncoder().encode(identity);
  const shares = await split(secret, holders.length, THRESHOLD);
  await checkSplit(shares, secret);
  secret.fill(0);
  const own = holders.map(({ id }, i) => ({
    ...about,
    holder: id,
    index: i + 1,
    share: toBase64url(shares[i] as Uint8Array),
  }));
  for (const share of shares) share.fill(0);
  const list: Holder[] = own.map((one, i) => ({
    holder: one.holder,
    index: one.index,
    recipient: fingerprintOf((holders[i] as { recipient: string }).recipient),
    commitment: commitmentTo(one),
  }));
  return own.map((one) => ({ schema: 'proviso.share-content/1', ...one, holders: list }));
}

/** Every two shares are put together once while the secret is still there: a faulty share would show only at the opening. */
async function checkSplit(shares: readonly Uint8Array[], secret: Uint8Array): Promise<void> {
  for (const [i, one] of shares.entries())
    for (const other of shares.slice(i + 1)) {
      const again = await combine([one, other]);
      if (again.length !== secret.length || again.some((byte, at) => byte !== secret[at]))
        throw new Error('Splitting the key went wrong on this machine; nothing was made.');
    }
}

/**
 * The one fingerprint to publish and compare: over the purchase, all its keys and which part each is for, so that a quality and a price key
 * that changed places are told as well. It is `sha256sum` of the keys as canonical JSON.
 * @throws SealingError `broken-keys`, `bad-recipient`
 */
export function purchaseFingerprint(keys: PurchaseKeys): string {
  return fingerprintOf(canonicalJson(readPurchaseKeys(keys)));
}

/**
 * Public keys from wherever they came, each checked against its fingerprint. That they are the published ones, `purchaseFingerprint` and
 * `sameFingerprint` or a person's eyes must tell.
 * @throws SealingError `broken-keys`, `bad-recipient`
 */
export function readPurchaseKeys(value: unknown): PurchaseKeys {
  const keys = checked(PURCHASE_KEYS, value, 'broken-keys', 'Load the keys of the purchase again.');
  for (const { part, recipient, fingerprint } of keys.parts) {
    checkRecipient(recipient);
    if (!sameFingerprint(fingerprintOf(recipient), fingerprint))
      throw new SealingError(
        'broken-keys',
        `The ${part} key does not have its fingerprint. Compare it with the notice.`,
      );
  }
  if (firstTwice(keys.parts.map(({ part }) => part)) !== null)
    throw new SealingError('broken-keys', 'A part has two keys. Load the keys of the purchase again.');
  return keys;
}

/** The key of a part. @throws SealingError `wrong-part` when the purchase seals no such part */
export function keyOf(keys: PurchaseKeys, part: Part): PurchaseKeys['parts'][number] {
  const key = keys.parts.find((one) => one.part === part);
  if (!key)
    throw new SealingError(
      'wrong-part',
      `This purchase has no key for the ${part} part. Put it with the other answers.`,
    );
  return key;
}
