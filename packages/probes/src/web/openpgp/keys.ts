import { createHash, createPublicKey, type JsonWebKey, type KeyObject } from 'node:crypto';
import { Octets, PgpError, PgpUnsupported } from './packets.ts';

/** Algorithms of public keys (RFC 9580 section 9.1). */
export const ALGORITHM = { rsa: 1, rsaSign: 3, ecdsa: 19, eddsaLegacy: 22, ed25519: 27, ed448: 28 } as const;

/** A public key that can sign, or of which only the fingerprint is known. */
export interface PublicKey {
  version: 4 | 6;
  /** Seconds since 1970. */
  created: number;
  algorithm: number;
  /** In hexadecimal, small letters. */
  fingerprint: string;
  /** Null where its algorithm is not one that is verified here. */
  key: KeyObject | null;
  /** Octets of an RSA modulus, or of one half of an ECDSA signature. */
  size: number;
  /** As it goes into what is signed about it (RFC 9580 section 5.2.4). */
  hashed: Buffer;
}

const CURVES: Readonly<Record<string, { crv: string; size: number }>> = {
  '2a8648ce3d030107': { crv: 'P-256', size: 32 },
  '2b81040022': { crv: 'P-384', size: 48 },
  '2b81040023': { crv: 'P-521', size: 66 },
};
const ED25519_LEGACY = '2b06010401da470f01';

/** Reads the body of a public key's packet (RFC 9580 section 5.5.2). @throws PgpError, PgpUnsupported for versions but 4 and 6 */
export function readKey(body: Buffer): PublicKey {
  const octets = new Octets(body);
  const version = octets.number(1);
  if (version !== 4 && version !== 6) throw new PgpUnsupported(`a key of version ${version}`);
  const created = octets.number(4);
  const algorithm = octets.number(1);
  const material = version === 6 ? new Octets(octets.take(octets.number(4))) : octets;
  const hashed = Buffer.concat([prefix(version, body.length), body]);
  const fingerprint = createHash(version === 4 ? 'sha1' : 'sha256')
    .update(hashed)
    .digest('hex');
  return { version, created, algorithm, fingerprint, hashed, ...materialOf(algorithm, material) };
}

function prefix(version: 4 | 6, length: number): Buffer {
  const bytes = Buffer.alloc(version === 4 ? 3 : 5);
  bytes.writeUInt8(version === 4 ? 0x99 : 0x9b, 0);
  if (version === 4 && length > 0xffff) throw new PgpError('a key too long');
  bytes.writeUIntBE(length, 1, version === 4 ? 2 : 4);
  return bytes;
}

function materialOf(algorithm: number, octets: Octets): Pick<PublicKey, 'key' | 'size'> {
  const url = (bytes: Buffer) => bytes.toString('base64url');
  switch (algorithm) {
    case ALGORITHM.rsa:
    case ALGORITHM.rsaSign: {
      const [n, e] = [octets.mpi(), octets.mpi()];
      // Shorter ones are weak, longer ones take long: neither is a key that says who signed.
      if (n.length < 256 || n.length > 1024 || e.length > 4) return { key: null, size: n.length };
      return { key: imported({ kty: 'RSA', n: url(n), e: url(e) }), size: n.length };
    }
    case ALGORITHM.ecdsa: {
      const curve = CURVES[octets.take(octets.number(1)).toString('hex')];
      const point = octets.mpi();
      if (!curve) return { key: null, size: 0 };
      if (point[0] !== 4 || point.length !== 1 + 2 * curve.size) throw new PgpError('a point');
      const [x, y] = [point.subarray(1, 1 + curve.size), point.subarray(1 + curve.size)];
      return { key: imported({ kty: 'EC', crv: curve.crv, x: url(x), y: url(y) }), size: curve.size };
    }
    case ALGORITHM.eddsaLegacy: {
      const curve = octets.take(octets.number(1)).toString('hex');
      const point = octets.mpi();
      if (curve !== ED25519_LEGACY) return { key: null, size: 0 };
      if (point[0] !== 0x40 || point.length !== 33) throw new PgpError('a point');
      return { key: imported({ kty: 'OKP', crv: 'Ed25519', x: url(point.subarray(1)) }), size: 32 };
    }
    case ALGORITHM.ed25519:
      return { key: imported({ kty: 'OKP', crv: 'Ed25519', x: url(octets.take(32)) }), size: 32 };
    case ALGORITHM.ed448:
      return { key: imported({ kty: 'OKP', crv: 'Ed448', x: url(octets.take(57)) }), size: 57 };
    default:
      return { key: null, size: 0 };
  }
}

function imported(key: JsonWebKey): KeyObject | null {
  try {
    return createPublicKey({ key, format: 'jwk' });
  } catch {
    // Numbers that are no key, as a point that is not on its curve.
    return null;
  }
}
