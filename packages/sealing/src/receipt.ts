import * as z from 'zod/mini';
import { fromBase64url, toBase64url } from './base64url.ts';
import { canonicalHash, canonicalJson } from './canonical.ts';
import { checked, ID, SHA256, SIZE } from './checked.ts';
import { SealingError } from './errors.ts';

/** An instant as `Date.toISOString` writes it. */
export const INSTANT = z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/));

const RECEIPT = z.object({
  schema: z.literal('proviso.receipt/1'),
  purchase: ID,
  lot: z.nullable(ID),
  invitation: ID,
  offer: ID,
  /** Every ciphertext that was stored: parts and files, by a name of the sender's choosing. */
  sealed: z.array(z.object({ name: ID, sha256: SHA256, size: SIZE })).check(z.minLength(1), z.maxLength(1_100)),
  receivedAt: INSTANT,
  /** By the server's clock. */
  late: z.boolean(),
});

/** What the server says it has, and since when. */
export type Receipt = z.infer<typeof RECEIPT>;

const REQUEST_RECEIPT = z.object({
  schema: z.literal('proviso.request-receipt/1'),
  purchase: ID,
  invitation: ID,
  request: ID,
  /** What the request says, and its files, as they came: nothing of them is sealed. */
  received: z.array(z.object({ name: ID, sha256: SHA256, size: SIZE })).check(z.minLength(1), z.maxLength(1_100)),
  receivedAt: INSTANT,
  late: z.boolean(),
});

/** The same of a request to take part. */
export type RequestReceipt = z.infer<typeof REQUEST_RECEIPT>;

const KEY_TEXT = z.string().check(z.regex(/^[A-Za-z0-9_-]{43}$/));
const PUBLIC_KEY = z.object({ kty: z.literal('OKP'), crv: z.literal('Ed25519'), x: KEY_TEXT });
const PRIVATE_KEY = z.extend(PUBLIC_KEY, { d: KEY_TEXT });

/** An Ed25519 public key as a JWK (RFC 8037). */
export type ReceiptPublicKey = z.infer<typeof PUBLIC_KEY>;

/** The same with the secret `d`. */
export type ReceiptPrivateKey = z.infer<typeof PRIVATE_KEY>;

const SIGNATURE = z.object({
  receipt: z.unknown(),
  /** JWK thumbprint (RFC 7638) of the key that signed. */
  key: SHA256,
  /** Ed25519 over the UTF-8 of the receipt's canonical JSON (RFC 8785), base64url. */
  signature: z.string().check(z.regex(/^[A-Za-z0-9_-]{86}$/)),
});

export interface Signed<Said> {
  receipt: Said;
  key: string;
  signature: string;
}
export type SignedReceipt = Signed<Receipt>;

const WHOLE = 'Give the whole file of the receipt.';

/** A new key for receipts, to be kept by the server. */
export async function createReceiptKey(): Promise<ReceiptPrivateKey> {
  const pair = await crypto.subtle.generateKey('Ed25519', true, ['sign', 'verify']);
  if (!('privateKey' in pair)) throw new Error('Ed25519 gave no pair of keys.');
  return checked(PRIVATE_KEY, await crypto.subtle.exportKey('jwk', pair.privateKey), 'bad-input', 'No Ed25519 here.');
}

/** The public half, to be published. @throws SealingError `bad-input` */
export function receiptPublicKey(key: ReceiptPublicKey): ReceiptPublicKey {
  return checked(PUBLIC_KEY, key, 'bad-input', 'Give an Ed25519 key as JWK.');
}

/** The thumbprint of a key (RFC 7638: the required members in canonical order), in hex. */
export function receiptKeyId({ kty, crv, x }: ReceiptPublicKey): string {
  return canonicalHash({ kty, crv, x });
}

/** Signs a receipt. @throws SealingError `not-a-receipt`, `bad-input` for a broken key */
export async function signReceipt(receipt: Receipt, key: ReceiptPrivateKey): Promise<SignedReceipt> {
  return await signed(RECEIPT, receipt, key);
}

/** Signs the receipt of a request to take part. @throws as `signReceipt` */
export async function signRequestReceipt(
  receipt: RequestReceipt,
  key: ReceiptPrivateKey,
): Promise<Signed<RequestReceipt>> {
  return await signed(REQUEST_RECEIPT, receipt, key);
}

async function signed<Said>(shape: z.ZodMiniType<Said>, given: unknown, key: ReceiptPrivateKey): Promise<Signed<Said>> {
  const said = checked(shape, given, 'not-a-receipt', 'Fill in all of the receipt.');
  const jwk = checked(PRIVATE_KEY, key, 'bad-input', 'Give an Ed25519 private key as JWK.');
  const signing = await imported(jwk, 'sign');
  const signature = await crypto.subtle.sign('Ed25519', signing, bytesOf(said));
  return { receipt: said, key: receiptKeyId(jwk), signature: toBase64url(new Uint8Array(signature)) };
}

/**
 * The receipt in a signed one, sure to be signed by one of the trusted keys. Needs no server. What else the file holds is not signed and is
 * left out.
 * @param trusted keys of the server, of now and before, from where they were published
 * @throws SealingError `not-a-receipt`, `other-key`, `bad-signature`, `unsupported` in a browser from before Ed25519
 */
export async function verifyReceipt(signed: unknown, trusted: readonly ReceiptPublicKey[]): Promise<Receipt> {
  return await verified(RECEIPT, signed, trusted);
}

/** As `verifyReceipt`, of a request to take part: the one is never taken for the other. */
export async function verifyRequestReceipt(
  signed: unknown,
  trusted: readonly ReceiptPublicKey[],
): Promise<RequestReceipt> {
  return await verified(REQUEST_RECEIPT, signed, trusted);
}

async function verified<Said>(
  shape: z.ZodMiniType<Said>,
  given: unknown,
  trusted: readonly ReceiptPublicKey[],
): Promise<Said> {
  const { key, signature, ...rest } = checked(SIGNATURE, given, 'not-a-receipt', WHOLE);
  const receipt = checked(shape, rest.receipt, 'not-a-receipt', WHOLE);
  const jwk = trusted.find((one) => receiptKeyId(one) === key);
  if (!jwk)
    throw new SealingError(
      'other-key',
      'This receipt was signed with another key than the published ones. Ask the buyer which.',
    );
  const verifying = await imported(receiptPublicKey(jwk), 'verify');
  const bytes = fromBase64url(signature);
  if (!bytes || !(await crypto.subtle.verify('Ed25519', verifying, bytes, bytesOf(receipt))))
    throw new SealingError('bad-signature', 'The receipt is not as it was signed. Use the file as it was downloaded.');
  return receipt;
}

/** Names of what was sent and what the receipt does not have with the same hash and size; empty when it has all. */
export function missingIn(
  receipt: Pick<Receipt, 'sealed'>,
  sent: readonly { name: string; sha256: string; size: number }[],
): string[] {
  return sent
    .filter(({ sha256, size }) => !receipt.sealed.some((one) => one.sha256 === sha256 && one.size === size))
    .map(({ name }) => name);
}

function bytesOf(receipt: unknown): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(canonicalJson(receipt));
}

async function imported(jwk: ReceiptPublicKey, use: 'sign' | 'verify') {
  try {
    return await crypto.subtle.importKey('jwk', jwk, 'Ed25519', false, [use]);
  } catch (error) {
    if (error instanceof DOMException && error.name === 'NotSupportedError')
      throw new SealingError(
        'unsupported',
        'This browser cannot check signatures of this kind (Ed25519). Use a newer one.',
      );
    throw new SealingError('bad-input', 'This is not a whole Ed25519 key. Copy all of it.');
  }
}
