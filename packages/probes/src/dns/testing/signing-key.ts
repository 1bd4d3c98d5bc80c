import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { keyTag } from '../dnssec/keys.ts';
import { signedData } from '../dnssec/signature.ts';
import { countLabels, type Name, nameToWire } from '../wire/name.ts';
import { type Dnskey, readDnskey, readRrsig } from '../wire/rdata.ts';
import type { RRset } from '../wire/record.ts';
import { numbers } from './records.ts';

/** A key that signs zones in tests. */
export interface SigningKey {
  dnskey: Dnskey;
  tag: number;
  secret: KeyObject;
}

const HASHES: Readonly<Record<number, string | null>> = {
  5: 'sha1',
  7: 'sha1',
  8: 'sha256',
  10: 'sha512',
  13: 'sha256',
  14: 'sha384',
};

/** A new key. `flags` 257 for an entry point, 256 for others; `bits` for RSA. */
export function newKey(algorithm: number, flags = 257, bits = 1024): SigningKey {
  const pair =
    algorithm === 13 || algorithm === 14
      ? generateKeyPairSync('ec', { namedCurve: algorithm === 13 ? 'P-256' : 'P-384' })
      : algorithm === 15
        ? generateKeyPairSync('ed25519')
        : algorithm === 16
          ? generateKeyPairSync('ed448')
          : generateKeyPairSync('rsa', { modulusLength: bits });
  const jwk = pair.publicKey.export({ format: 'jwk' });
  const part = (text: string | undefined): Buffer => Buffer.from(text ?? '', 'base64url');
  const octets =
    jwk.kty === 'RSA'
      ? Buffer.concat([numbers([part(jwk.e).length, 1]), part(jwk.e), part(jwk.n)])
      : Buffer.concat([part(jwk.x), part(jwk.y)]);
  const dnskey = readDnskey(Buffer.concat([numbers([flags, 2], [3, 1], [algorithm, 1]), octets]));
  return { dnskey, tag: keyTag(dnskey), secret: pair.privateKey };
}

export interface Period {
  inception: number;
  expiration: number;
}

/** Data of an RRSIG record over the set. `labels` other than the owner's is for sets that are to be broken. */
export function signSet(
  set: RRset,
  key: SigningKey,
  zone: Name,
  period: Period,
  labels = countLabels(set.name),
): Buffer {
  const head = Buffer.concat([
    numbers([set.type, 2], [key.dnskey.algorithm, 1], [labels, 1], [set.ttl, 4]),
    numbers([period.expiration >>> 0, 4], [period.inception >>> 0, 4], [key.tag, 2]),
    nameToWire(zone),
  ]);
  const data = signedData(set, readRrsig(head));
  const hash = HASHES[key.dnskey.algorithm] ?? null;
  const signature = sign(
    hash,
    data,
    key.dnskey.algorithm < 13 ? key.secret : { key: key.secret, dsaEncoding: 'ieee-p1363' },
  );
  return Buffer.concat([head, signature]);
}

/** Data of a DS record for the key: SHA-256 (2) unless said otherwise. */
export function dsFor(zone: Name, key: SigningKey, digestType = 2): Buffer {
  const hash = { 1: 'sha1', 2: 'sha256', 4: 'sha384' }[digestType] ?? 'sha256';
  const digest = createHash(hash).update(nameToWire(zone)).update(key.dnskey.data).digest();
  return Buffer.concat([numbers([key.tag, 2], [key.dnskey.algorithm, 1], [digestType, 1]), digest]);
}
