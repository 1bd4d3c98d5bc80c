import { createPrivateKey, createPublicKey, type JsonWebKeyInput, sign, verify, type webcrypto } from 'node:crypto';
import { canonicalJson, type Opening, openingRecord, type ReceiptPublicKey, receiptKeyId } from '@proviso/sealing';

/** The record of an opening as the server vouches for it. */
export interface SignedRecord {
  opening: Opening;
  /** Of the opening's canonical JSON (RFC 8785). */
  sha256: string;
  /** Ed25519 over the UTF-8 of the same, base64url; by the key that signs receipts. */
  signature: string;
  /** JWK thumbprint of that key. */
  key: string;
}

/** The record of an opening, signed. @throws SealingError for what is no whole record */
export function signRecord(opening: Opening, jwk: webcrypto.JsonWebKey): SignedRecord {
  const record = openingRecord(opening);
  const key = createPrivateKey({ key: jwk as JsonWebKeyInput['key'], format: 'jwk' });
  const signature = sign(null, Buffer.from(canonicalJson(record.opening)), key).toString('base64url');
  return { ...record, signature, key: receiptKeyId(jwk as ReceiptPublicKey) };
}

/** Was this record signed with that key? */
export function isSigned({ opening, signature }: SignedRecord, jwk: webcrypto.JsonWebKey): boolean {
  const { kty, crv, x } = jwk;
  const key = createPublicKey({ key: { kty, crv, x } as JsonWebKeyInput['key'], format: 'jwk' });
  return verify(null, Buffer.from(canonicalJson(opening)), key, Buffer.from(signature, 'base64url'));
}
