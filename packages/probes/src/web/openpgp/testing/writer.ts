import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { ALGORITHM, type PublicKey, readKey } from '../keys.ts';
import { TAG } from '../packets.ts';
import { KIND } from '../signature.ts';

/** A key with its private half, for tests. */
export interface TestKey {
  body: Buffer;
  public: PublicKey;
  privateKey: KeyObject;
}

const number = (value: number, octets: number): Buffer => {
  const bytes = Buffer.alloc(octets);
  bytes.writeUIntBE(value, 0, octets);
  return bytes;
};

/** 1 May 2026, in seconds. */
export const MADE = 1_777_636_800;

/** A new key of version 4. */
export function newKey(kind: 'ed25519' | 'ed448' = 'ed25519', created = MADE): TestKey {
  const { publicKey, privateKey } = kind === 'ed25519' ? generateKeyPairSync('ed25519') : generateKeyPairSync('ed448');
  const point = Buffer.from(publicKey.export({ format: 'jwk' }).x as string, 'base64url');
  const body = Buffer.concat([number(4, 1), number(created, 4), number(ALGORITHM[kind], 1), point]);
  return { body, public: readKey(body), privateKey };
}

/** A packet with a length in five octets. */
export function packet(tag: number, body: Buffer): Buffer {
  return Buffer.concat([Buffer.from([0xc0 | tag, 255]), number(body.length, 4), body]);
}

export type Subpacket = [type: number, body: Buffer];
export const created = (seconds: number): Subpacket => [2, number(seconds, 4)];
export const flags = (value: number): Subpacket => [27, number(value, 1)];
export const issuer = ({ public: { fingerprint } }: TestKey): Subpacket => [
  33,
  Buffer.concat([number(4, 1), Buffer.from(fingerprint, 'hex')]),
];

/** The body of a signature of version 4 by a key, over some octets, with SHA-256 unless said. */
export function signature(
  key: TestKey,
  kind: number,
  data: readonly Buffer[],
  subpackets: readonly Subpacket[],
  open: readonly Subpacket[] = [],
  hash: 2 | 8 = 8,
): Buffer {
  const written = (list: readonly Subpacket[]) =>
    Buffer.concat(
      list.map(([type, body]) => Buffer.concat([number(255, 1), number(body.length + 1, 4), number(type, 1), body])),
    );
  const inside = written([...subpackets, issuer(key)]);
  const head = Buffer.concat([Buffer.from([4, kind, key.public.algorithm, hash]), number(inside.length, 2), inside]);
  const trailer = Buffer.concat([Buffer.from([4, 0xff]), number(head.length, 4)]);
  const digest = createHash(hash === 2 ? 'sha1' : 'sha256')
    .update(Buffer.concat([...data, head, trailer]))
    .digest();
  const outside = written(open);
  return Buffer.concat([
    head,
    number(outside.length, 2),
    outside,
    digest.subarray(0, 2),
    sign(null, digest, key.privateKey),
  ]);
}

const NAME = Buffer.from('a@example.com');

/** What signatures about a key's name are over. */
export function nameOf(key: TestKey): Buffer[] {
  return [key.public.hashed, Buffer.concat([number(0xb4, 1), number(NAME.length, 4), NAME])];
}

/** The octets of a certificate: a key that is called something, and says what it may do. */
export function certificate(key: TestKey, subpackets: readonly Subpacket[] = [created(MADE), flags(3)]): Buffer {
  return Buffer.concat([
    packet(TAG.publicKey, key.body),
    packet(TAG.userId, NAME),
    packet(TAG.signature, signature(key, 0x13, nameOf(key), subpackets)),
  ]);
}

/** A subkey with the primary key's word that it may sign; with its own too where `agreed`. */
export function subkey(primary: TestKey, key: TestKey, agreed: boolean, may = 2): Buffer {
  const data = [primary.public.hashed, key.public.hashed];
  const own: Subpacket[] = agreed ? [[32, signature(key, KIND.primaryBinding, data, [created(MADE)])]] : [];
  return Buffer.concat([
    packet(TAG.publicSubkey, key.body),
    packet(TAG.signature, signature(primary, KIND.subkeyBinding, data, [created(MADE), flags(may)], own)),
  ]);
}

/** Octets as an armored block. */
export function armored(kind: string, bytes: Buffer): string {
  const lines = bytes.toString('base64').replace(/.{64}/g, '$&\n');
  return `-----BEGIN PGP ${kind}-----\n\n${lines}\n-----END PGP ${kind}-----\n`;
}
