import { createHash, verify } from 'node:crypto';
import { ALGORITHM, type PublicKey } from './keys.ts';
import { lengthOf, Octets, PgpError, PgpUnsupported } from './packets.ts';

/** Kinds of signatures (RFC 9580 section 5.2.1). */
export const KIND = {
  binary: 0x00,
  text: 0x01,
  certifications: [0x10, 0x11, 0x12, 0x13] as readonly number[],
  subkeyBinding: 0x18,
  primaryBinding: 0x19,
  directKey: 0x1f,
  keyRevocation: 0x20,
  subkeyRevocation: 0x28,
  certificationRevocation: 0x30,
} as const;

/** Hashes that still say something (RFC 9580 section 9.5); MD5, SHA-1 and RIPEMD-160 do not. */
const HASHES: Readonly<Record<number, string>> = {
  8: 'sha256',
  9: 'sha384',
  10: 'sha512',
  11: 'sha224',
  12: 'sha3-256',
  14: 'sha3-512',
};
const BROKEN_HASHES: Readonly<Record<number, string>> = { 1: 'md5', 2: 'sha1', 3: 'ripemd160' };
/** Octets of salt that go with each hash in version 6 (RFC 9580 section 9.5). */
const SALTS: Readonly<Record<number, number>> = { 8: 16, 9: 24, 10: 32, 11: 16, 12: 16, 14: 32 };

/** Subpackets that are read (RFC 9580 section 5.2.3.7). Critical ones besides make a signature one that cannot be judged. */
const SUBPACKET = {
  created: 2,
  expires: 3,
  keyExpires: 9,
  issuer: 16,
  keyFlags: 27,
  embedded: 32,
  issuerFingerprint: 33,
} as const;
/** Known, and of no consequence for whether a signature is good. */
const HARMLESS = new Set([4, 5, 7, 11, 12, 20, 21, 22, 23, 24, 25, 26, 28, 29, 30, 34, 35, 39]);

export interface Signature {
  version: 4 | 6;
  kind: number;
  algorithm: number;
  hash: number;
  /** Seconds since 1970; null where it does not say. */
  created: number | null;
  /** Seconds after its creation; null or 0 for never. */
  expires: number | null;
  keyExpires: number | null;
  keyFlags: number | null;
  /** Fingerprint, or the eight octets of a key id, in hexadecimal. A hint alone: the mathematics decide. */
  issuer: string | null;
  /** The signature inside by which a subkey says that it belongs to its primary key. */
  embedded: Buffer | null;
  salt: Buffer;
  /** What of the signature itself is signed. */
  hashed: Buffer;
  /** The numbers that the mathematics are about. */
  values: Buffer;
  /** A subpacket that must be understood and is not. */
  unknownCritical: number | null;
}

/** Reads the body of a signature's packet (RFC 9580 section 5.2.3). @throws PgpError, PgpUnsupported for versions but 4 and 6 */
export function readSignature(body: Buffer): Signature {
  const octets = new Octets(body);
  const version = octets.number(1);
  if (version !== 4 && version !== 6) throw new PgpUnsupported(`a signature of version ${version}`);
  const wide = version === 6 ? 4 : 2;
  const [kind, algorithm, hash] = [octets.number(1), octets.number(1), octets.number(1)];
  const subpackets = octets.take(octets.number(wide));
  const hashed = body.subarray(0, 4 + wide + subpackets.length);
  const signature: Signature = {
    version,
    kind,
    algorithm,
    hash,
    created: null,
    expires: null,
    keyExpires: null,
    keyFlags: null,
    issuer: null,
    embedded: null,
    salt: Buffer.alloc(0),
    hashed,
    values: Buffer.alloc(0),
    unknownCritical: null,
  };
  readSubpackets(subpackets, signature, true);
  readSubpackets(octets.take(octets.number(wide)), signature, false);
  // The first octets of the digest: a hint that nobody needs.
  octets.take(2);
  if (version === 6) {
    signature.salt = octets.take(octets.number(1));
    // Its length is not signed: with another one, the beginning of what is signed could be passed off as salt.
    const wanted = SALTS[hash];
    if (wanted !== undefined && signature.salt.length !== wanted) throw new PgpError('a salt of another length');
  }
  signature.values = octets.rest();
  return signature;
}

function readSubpackets(bytes: Buffer, signature: Signature, signed: boolean): void {
  const octets = new Octets(bytes);
  while (octets.left > 0) {
    const subpacket = new Octets(octets.take(lengthOf(octets, false)));
    const first = subpacket.number(1);
    const type = first & 0x7f;
    if (type === SUBPACKET.issuerFingerprint) {
      subpacket.number(1);
      signature.issuer = subpacket.rest().toString('hex');
    } else if (type === SUBPACKET.issuer) signature.issuer ??= subpacket.take(8).toString('hex');
    else if (type === SUBPACKET.embedded) signature.embedded = subpacket.rest();
    // What is not signed may be anybody's.
    else if (!signed) continue;
    else if (type === SUBPACKET.created) signature.created = subpacket.number(4);
    else if (type === SUBPACKET.expires) signature.expires = subpacket.number(4);
    else if (type === SUBPACKET.keyExpires) signature.keyExpires = subpacket.number(4);
    else if (type === SUBPACKET.keyFlags) signature.keyFlags = subpacket.left > 0 ? subpacket.number(1) : 0;
    else if ((first & 0x80) !== 0 && !HARMLESS.has(type)) signature.unknownCritical = type;
  }
}

/** Whether a signature says that this key made it. Eight octets may be those of several keys. */
export function isBy({ issuer, version }: Signature, key: PublicKey): boolean {
  if (issuer === null || version !== key.version) return false;
  if (issuer.length !== 16) return issuer === key.fingerprint;
  // The id is the end of a fingerprint of version 4, the beginning of one of version 6 (RFC 9580 section 5.5.4).
  return key.version === 4 ? key.fingerprint.endsWith(issuer) : key.fingerprint.startsWith(issuer);
}

/** `weak`: true, but by a hash that can be forged. `unsupported`: by an algorithm, or with a demand, that is not known here. */
export type Verified = 'good' | 'bad' | 'weak' | 'unsupported';

/** Checks a signature over some octets by a key (RFC 9580 section 5.2.4). Never throws for what is in it. */
export function verifySignature(signature: Signature, key: PublicKey, data: readonly Buffer[]): Verified {
  const { version, algorithm, hash, salt, hashed, values, unknownCritical } = signature;
  if (version !== key.version) return 'bad';
  const broken = BROKEN_HASHES[hash];
  const name = HASHES[hash] ?? broken;
  if (name === undefined || key.key === null || unknownCritical !== null) return 'unsupported';
  const family = (one: number) => (one === ALGORITHM.rsaSign ? ALGORITHM.rsa : one);
  if (family(algorithm) !== family(key.algorithm)) return 'bad';
  const trailer = Buffer.from([version, 0xff, 0, 0, 0, 0]);
  trailer.writeUInt32BE(hashed.length, 2);
  const whole = Buffer.concat([salt, ...data, hashed, trailer]);
  try {
    if (!isTrue(algorithm, new Octets(values), key, name, whole)) return 'bad';
    return broken === undefined ? 'good' : 'weak';
  } catch (error) {
    if (error instanceof PgpError) return 'bad';
    throw error;
  }
}

function isTrue(algorithm: number, values: Octets, { key, size }: PublicKey, hash: string, data: Buffer): boolean {
  if (key === null) return false;
  const filled = (bytes: Buffer): Buffer => {
    if (bytes.length > size) throw new PgpError('a number too long');
    return Buffer.concat([Buffer.alloc(size - bytes.length), bytes]);
  };
  switch (algorithm) {
    case ALGORITHM.rsa:
    case ALGORITHM.rsaSign:
      return verify(hash, data, key, filled(values.mpi()));
    case ALGORITHM.ecdsa: {
      const both = Buffer.concat([filled(values.mpi()), filled(values.mpi())]);
      return verify(hash, data, { key, dsaEncoding: 'ieee-p1363' }, both);
    }
    // EdDSA signs the digest (RFC 9580 section 5.2.3.3 to 5.2.3.5).
    case ALGORITHM.eddsaLegacy: {
      const both = Buffer.concat([filled(values.mpi()), filled(values.mpi())]);
      return verify(null, createHash(hash).update(data).digest(), key, both);
    }
    default:
      return verify(null, createHash(hash).update(data).digest(), key, values.take(2 * size));
  }
}
