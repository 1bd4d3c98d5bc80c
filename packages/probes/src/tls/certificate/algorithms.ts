import { constants, createPublicKey, verify } from 'node:crypto';
import { type Der, inside, oid } from './der.ts';

/** Algorithms of keys (RFC 3279, 4055, 5480, 8410). */
export const KEY_ALGORITHMS: Readonly<Record<string, string>> = {
  '1.2.840.113549.1.1.1': 'rsa',
  '1.2.840.113549.1.1.10': 'rsa-pss',
  '1.2.840.10040.4.1': 'dsa',
  '1.2.840.10045.2.1': 'ec',
  '1.3.101.112': 'ed25519',
  '1.3.101.113': 'ed448',
};

/** Named curves, by their names in TLS (RFC 5480, 5639, SEC 2). */
export const CURVES: Readonly<Record<string, string>> = {
  '1.2.840.10045.3.1.1': 'secp192r1',
  '1.3.132.0.33': 'secp224r1',
  '1.2.840.10045.3.1.7': 'secp256r1',
  '1.3.132.0.34': 'secp384r1',
  '1.3.132.0.35': 'secp521r1',
  '1.3.132.0.10': 'secp256k1',
  '1.3.36.3.3.2.8.1.1.7': 'brainpoolP256r1',
  '1.3.36.3.3.2.8.1.1.11': 'brainpoolP384r1',
  '1.3.36.3.3.2.8.1.1.13': 'brainpoolP512r1',
};

export interface SignatureAlgorithm {
  /** `rsa`, `rsa-pss`, `dsa`, `ecdsa`, `ed25519`, `ed448`, or the identifier of another. */
  scheme: string;
  /** `sha256` and the like; `intrinsic` where the scheme has its own; null where unknown. */
  hash: string | null;
}

const SIGNATURES: Readonly<Record<string, readonly [scheme: string, hash: string]>> = {
  '1.2.840.113549.1.1.2': ['rsa', 'md2'],
  '1.2.840.113549.1.1.4': ['rsa', 'md5'],
  '1.2.840.113549.1.1.5': ['rsa', 'sha1'],
  '1.2.840.113549.1.1.14': ['rsa', 'sha224'],
  '1.2.840.113549.1.1.11': ['rsa', 'sha256'],
  '1.2.840.113549.1.1.12': ['rsa', 'sha384'],
  '1.2.840.113549.1.1.13': ['rsa', 'sha512'],
  '1.2.840.10040.4.3': ['dsa', 'sha1'],
  '2.16.840.1.101.3.4.3.1': ['dsa', 'sha224'],
  '2.16.840.1.101.3.4.3.2': ['dsa', 'sha256'],
  '1.2.840.10045.4.1': ['ecdsa', 'sha1'],
  '1.2.840.10045.4.3.1': ['ecdsa', 'sha224'],
  '1.2.840.10045.4.3.2': ['ecdsa', 'sha256'],
  '1.2.840.10045.4.3.3': ['ecdsa', 'sha384'],
  '1.2.840.10045.4.3.4': ['ecdsa', 'sha512'],
  '1.3.101.112': ['ed25519', 'intrinsic'],
  '1.3.101.113': ['ed448', 'intrinsic'],
};
const PSS = '1.2.840.113549.1.1.10';
const HASHES: Readonly<Record<string, string>> = {
  '1.3.14.3.2.26': 'sha1',
  '2.16.840.1.101.3.4.2.4': 'sha224',
  '2.16.840.1.101.3.4.2.1': 'sha256',
  '2.16.840.1.101.3.4.2.2': 'sha384',
  '2.16.840.1.101.3.4.2.3': 'sha512',
};

/** Names an AlgorithmIdentifier of a signature. The hash of RSASSA-PSS is in its parameters, SHA-1 where it is not said (RFC 4055 section 3.1). */
export function signatureAlgorithm(identifier: Der): SignatureAlgorithm {
  const [id, parameters] = inside(identifier);
  const name = oid(id);
  if (name === PSS) {
    const hash = parameters ? inside(parameters).find(({ context }) => context === 0) : undefined;
    if (!hash) return { scheme: 'rsa-pss', hash: 'sha1' };
    return { scheme: 'rsa-pss', hash: HASHES[oid(inside(inside(hash)[0])[0])] ?? null };
  }
  const [scheme, hash] = SIGNATURES[name] ?? [name, null];
  return { scheme, hash };
}

/** Whether a signature over these bytes is by that key; false too for schemes that OpenSSL does not know. */
export function isSignedBy(
  signed: Uint8Array,
  signature: Uint8Array,
  { scheme, hash }: SignatureAlgorithm,
  spki: Uint8Array,
): boolean {
  try {
    const key = createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' });
    if (hash === null) return false;
    if (scheme === 'rsa-pss') {
      const options = { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_AUTO };
      return verify(hash, signed, options, signature);
    }
    return verify(hash === 'intrinsic' ? null : hash, signed, key, signature);
  } catch {
    // A key that OpenSSL cannot read, or no key of that scheme.
    return false;
  }
}
