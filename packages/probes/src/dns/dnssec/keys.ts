import { createHash, createPublicKey, type KeyObject, verify } from 'node:crypto';
import { type Name, nameToWire } from '../wire/name.ts';
import type { Dnskey, Ds } from '../wire/rdata.ts';
import { DIGESTS } from './algorithms.ts';

/**
 * Zone key bit and protocol 3 (RFC 4034 section 2.1), and not revoked (RFC 5011 section 2.1): only such a key may
 * verify zone data.
 */
export function isZoneKey(key: Dnskey): boolean {
  return (key.flags & 0x0100) !== 0 && (key.flags & 0x0080) === 0 && key.protocol === 3;
}

/** Key tag (RFC 4034 appendix B): a hint to find a key. Several keys can have the same. */
export function keyTag(key: Dnskey): number {
  let sum = 0;
  for (let at = 0; at < key.data.length; at += 1)
    sum += at % 2 === 0 ? (key.data[at] as number) << 8 : (key.data[at] as number);
  return (sum + (sum >>> 16)) & 0xffff;
}

/**
 * The digest a DS record of this type would hold for the key (RFC 4034 section 5.1.4), or null for a type that is not
 * known here.
 */
export function digestOf(zone: Name, key: Dnskey, digestType: number): Buffer | null {
  const hash = DIGESTS[digestType];
  return hash ? createHash(hash).update(nameToWire(zone)).update(key.data).digest() : null;
}

/** Does the DS record speak of this very key? */
export function matchesDs(zone: Name, key: Dnskey, ds: Ds): boolean {
  return (
    key.algorithm === ds.algorithm &&
    keyTag(key) === ds.keyTag &&
    digestOf(zone, key, ds.digestType)?.equals(ds.digest) === true
  );
}

/** Hash of each algorithm's signature; null where the algorithm brings its own. */
const HASH: Readonly<Record<number, string | null>> = {
  5: 'sha1',
  7: 'sha1',
  8: 'sha256',
  10: 'sha512',
  13: 'sha256',
  14: 'sha384',
  15: null,
  16: null,
};

/** Octets of key and signature: RFC 6605 section 4 for ECDSA, RFC 8080 sections 3 and 4 for EdDSA. */
const CURVES: Readonly<Record<number, { name: string; key: number; signature: number }>> = {
  13: { name: 'P-256', key: 64, signature: 64 },
  14: { name: 'P-384', key: 96, signature: 96 },
  15: { name: 'Ed25519', key: 32, signature: 64 },
  16: { name: 'Ed448', key: 57, signature: 114 },
};

/** Exponent and modulus of an RSA key (RFC 3110 section 2), or null where the octets are none. */
function rsaParts(publicKey: Buffer): { exponent: Buffer; modulus: Buffer } | null {
  const short = publicKey[0] ?? 0;
  if (publicKey.length < 3) return null;
  const [from, length] = short === 0 ? [3, publicKey.readUInt16BE(1)] : [1, short];
  const strip = (bytes: Buffer): Buffer =>
    bytes.subarray(
      Math.max(
        0,
        bytes.findIndex((octet) => octet !== 0),
      ),
    );
  const [exponent, modulus] = [
    strip(publicKey.subarray(from, from + length)),
    strip(publicKey.subarray(from + length)),
  ];
  return exponent.length === 0 || modulus.length === 0 ? null : { exponent, modulus };
}

/**
 * Bits of the key as people count them: the modulus of RSA, the field of a curve. Null for an unreadable key or unknown
 * algorithm.
 */
export function keyBits(key: Dnskey): number | null {
  const curve = CURVES[key.algorithm];
  if (curve)
    return key.publicKey.length === curve.key ? ({ 13: 256, 14: 384, 15: 256, 16: 456 }[key.algorithm] ?? null) : null;
  if (!(key.algorithm in HASH)) return null;
  const parts = rsaParts(key.publicKey);
  return parts ? (parts.modulus.length - 1) * 8 + (32 - Math.clz32(parts.modulus[0] as number)) : null;
}

/**
 * RSA with more than this cannot be meant (RFC 3110 section 2 allows 4096 bits) and only costs time; so with long
 * exponents.
 */
const MOST_MODULUS = 512;
const MOST_EXPONENT = 8;

function publicKeyOf(key: Dnskey): KeyObject | null {
  const curve = CURVES[key.algorithm];
  const text = (bytes: Buffer): string => bytes.toString('base64url');
  try {
    if (curve) {
      if (key.publicKey.length !== curve.key) return null;
      const half = curve.key / 2;
      const [x, y] = [key.publicKey.subarray(0, half), key.publicKey.subarray(half)];
      return createPublicKey({
        format: 'jwk',
        key:
          key.algorithm < 15
            ? { kty: 'EC', crv: curve.name, x: text(x), y: text(y) }
            : { kty: 'OKP', crv: curve.name, x: text(key.publicKey) },
      });
    }
    const parts = rsaParts(key.publicKey);
    if (!parts || parts.modulus.length > MOST_MODULUS || parts.modulus.length < 64) return null;
    if (parts.exponent.length > MOST_EXPONENT) return null;
    return createPublicKey({ format: 'jwk', key: { kty: 'RSA', n: text(parts.modulus), e: text(parts.exponent) } });
  } catch {
    return null; // a point off its curve, an even modulus: no signature by it can be good
  }
}

const PUBLIC_KEYS = new WeakMap<Dnskey, KeyObject | null>();

/** Is this the key's signature over the data? False, never a throw, for a key or signature that is malformed. */
export function verifies(key: Dnskey, data: Buffer, signature: Buffer): boolean {
  if (!(key.algorithm in HASH)) return false;
  let publicKey = PUBLIC_KEYS.get(key);
  if (publicKey === undefined) {
    publicKey = publicKeyOf(key);
    PUBLIC_KEYS.set(key, publicKey);
  }
  const curve = CURVES[key.algorithm];
  if (!publicKey || (curve && signature.length !== curve.signature)) return false;
  try {
    const hash = HASH[key.algorithm] ?? null;
    return verify(
      hash,
      data,
      key.algorithm < 13 ? publicKey : { key: publicKey, dsaEncoding: 'ieee-p1363' },
      signature,
    );
  } catch {
    return false;
  }
}
