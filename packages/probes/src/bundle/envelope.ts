import { createHash, createPublicKey, generateKeyPairSync, type KeyObject, sign, verify } from 'node:crypto';
import { z } from 'zod';

/** A bundle that cannot be taken for what it says it is; the message says why, and what to do. */
export class BundleError extends Error {
  override name = 'BundleError';
}

/** Who signs: a key of Ed25519 (RFC 8032). */
export interface Signer {
  privateKey: KeyObject;
  /** SubjectPublicKeyInfo, DER. */
  publicKey: Buffer;
  /** SHA-256 of that in hexadecimal: what the key is known by. */
  id: string;
}

const base64 = z.base64().min(1);
const envelopeSchema = z.object({
  payloadType: z.string(),
  payload: base64,
  signatures: z
    .array(z.object({ keyid: z.string().regex(/^[0-9a-f]{64}$/), sig: base64, publicKey: base64 }))
    .length(1),
});

/** A new key to sign with. */
export function newSigner(): Signer {
  return signerOf(generateKeyPairSync('ed25519').privateKey);
}

/** @throws BundleError where the key is of another kind. */
export function signerOf(privateKey: KeyObject): Signer {
  if (privateKey.asymmetricKeyType !== 'ed25519')
    throw new BundleError(`Bundles are signed with a key of Ed25519, and this one is ${privateKey.asymmetricKeyType}.`);
  const publicKey = createPublicKey(privateKey).export({ type: 'spki', format: 'der' });
  return { privateKey, publicKey, id: idOf(publicKey) };
}

/** Signs a payload: an envelope of DSSE 1.0 (secure-systems-lab), with the public key beside its id. */
export function seal(type: string, payload: Buffer, { privateKey, publicKey, id }: Signer): string {
  const sig = sign(null, signedBytes(type, payload), privateKey).toString('base64');
  return `${JSON.stringify({
    payloadType: type,
    payload: payload.toString('base64'),
    signatures: [{ keyid: id, sig, publicKey: publicKey.toString('base64') }],
  })}\n`;
}

/**
 * The payload of an envelope whose signature is good, and the id of the key.
 * @throws BundleError where it is no envelope of that type, or was changed after it was signed
 */
export function unseal(type: string, text: string): { payload: Buffer; keyId: string } {
  const read = envelopeSchema.safeParse(parsed(text));
  if (!read.success || read.data.payloadType !== type)
    throw new BundleError('This is no bundle of "proviso probe". Name a file that it wrote.');
  const { payload: encoded, signatures } = read.data;
  const [{ keyid, sig, publicKey } = { keyid: '', sig: '', publicKey: '' }] = signatures;
  const payload = Buffer.from(encoded, 'base64');
  const key = keyOf(Buffer.from(publicKey, 'base64'));
  const fits =
    key !== null &&
    idOf(Buffer.from(publicKey, 'base64')) === keyid &&
    verify(null, signedBytes(type, payload), key, Buffer.from(sig, 'base64'));
  if (!fits)
    throw new BundleError(
      'This bundle was changed after it was signed: its signature does not fit. Ask for the original.',
    );
  return { payload, keyId: keyid };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function keyOf(spki: Buffer): KeyObject | null {
  try {
    const key = createPublicKey({ key: spki, format: 'der', type: 'spki' });
    return key.asymmetricKeyType === 'ed25519' ? key : null;
  } catch {
    return null;
  }
}

const idOf = (publicKey: Buffer): string => createHash('sha256').update(publicKey).digest('hex');

/** What is signed: DSSE's pre-authentication encoding, which binds the type to the payload. */
function signedBytes(type: string, payload: Buffer): Buffer {
  return Buffer.concat([Buffer.from(`DSSEv1 ${Buffer.byteLength(type)} ${type} ${payload.length} `), payload]);
}
