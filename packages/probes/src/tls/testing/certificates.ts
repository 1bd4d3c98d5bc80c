import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { bitString, context, der, integer, nothing, octets, oid, sequence, set, time, truth } from './der-writer.ts';

export interface Identity {
  certificate: Buffer;
  privateKey: KeyObject;
  name: string;
  /** SubjectPublicKeyInfo. */
  spki: Buffer;
  serial: number;
}

export interface Wanted {
  name: string;
  /** Who issues it; itself where that is left out. */
  issuer?: Identity;
  key?: 'p256' | 'rsa2048' | 'rsa3072' | 'rsa1024' | 'ed25519' | 'p224';
  hash?: 'sha256' | 'sha1' | 'sha384';
  dnsNames?: string[];
  addresses?: string[];
  ca?: boolean;
  pathLength?: number;
  notBefore?: Date;
  notAfter?: Date;
  /** How many logs are said to have signed a timestamp. */
  timestamps?: number;
  mustStaple?: boolean;
  ocspUrl?: string;
  purposes?: string[];
  /** Further extensions, as `[id, critical, content]`. */
  more?: [string, boolean, Buffer][];
}

const keys = new Map<string, { publicKey: KeyObject; privateKey: KeyObject }>();
let serials = 1000;

/** A key pair of that kind. Those of RSA take long, so each purpose has one for all tests. */
function keyPair(kind: NonNullable<Wanted['key']>, purpose: string) {
  const id = `${kind} ${purpose}`;
  const made =
    keys.get(id) ??
    (kind.startsWith('rsa')
      ? generateKeyPairSync('rsa', { modulusLength: Number(kind.slice(3)) })
      : kind === 'ed25519'
        ? generateKeyPairSync('ed25519')
        : generateKeyPairSync('ec', { namedCurve: kind === 'p224' ? 'secp224r1' : 'prime256v1' }));
  keys.set(id, made);
  return made;
}

const SIGNATURES: Record<string, string> = {
  'rsa sha1': '1.2.840.113549.1.1.5',
  'rsa sha256': '1.2.840.113549.1.1.11',
  'rsa sha384': '1.2.840.113549.1.1.12',
  'ec sha1': '1.2.840.10045.4.1',
  'ec sha256': '1.2.840.10045.4.3.2',
  'ec sha384': '1.2.840.10045.4.3.3',
  'ed25519 sha256': '1.3.101.112',
};

export function nameDer(name: string): Buffer {
  return sequence(set(sequence(oid('2.5.4.3'), der(0x0c, Buffer.from(name)))));
}

function algorithmOf(key: KeyObject, hash: string): Buffer {
  const id = SIGNATURES[`${key.asymmetricKeyType} ${hash}`] as string;
  return key.asymmetricKeyType === 'rsa' ? sequence(oid(id), nothing()) : sequence(oid(id));
}

/** Signs as the key's kind does: the algorithm and the signature. */
export function signed(bytes: Buffer, key: KeyObject, hash = 'sha256'): { algorithm: Buffer; signature: Buffer } {
  const algorithm = algorithmOf(key, hash);
  return { algorithm, signature: sign(key.asymmetricKeyType === 'ed25519' ? null : hash, bytes, key) };
}

/** Makes a certificate with a key of its own. */
export function certify(wanted: Wanted): Identity {
  const { name, issuer, key = 'p256', hash = 'sha256', ca = false } = wanted;
  const pair = keyPair(key, name);
  const spki = pair.publicKey.export({ type: 'spki', format: 'der' });
  const serial = serials++;
  const signer = issuer?.privateKey ?? pair.privateKey;
  const now = Date.now();
  const tbs = sequence(
    context(0, integer(2)),
    integer(serial),
    algorithmOf(signer, hash),
    nameDer(issuer?.name ?? name),
    sequence(
      time(wanted.notBefore ?? new Date(now - 86_400_000)),
      time(wanted.notAfter ?? new Date(now + 90 * 86_400_000)),
    ),
    nameDer(name),
    spki,
    context(3, sequence(...extensionsOf(wanted, ca))),
  );
  const { algorithm, signature } = signed(tbs, signer, hash);
  return {
    certificate: sequence(tbs, algorithm, bitString(signature)),
    privateKey: pair.privateKey,
    name,
    spki,
    serial,
  };
}

function extensionsOf(wanted: Wanted, ca: boolean): Buffer[] {
  const { dnsNames = [], addresses = [], timestamps = 0, pathLength, ocspUrl, purposes, more = [] } = wanted;
  const list: Buffer[] = [];
  const add = (id: string, critical: boolean, content: Buffer) =>
    list.push(sequence(oid(id), ...(critical ? [truth()] : []), octets(content)));
  if (ca) {
    add('2.5.29.19', true, sequence(truth(), ...(pathLength === undefined ? [] : [integer(pathLength)])));
    add('2.5.29.15', true, bitString(Buffer.from([0x06]), 1));
  }
  const names = [
    ...dnsNames.map((one) => der(0x82, Buffer.from(one))),
    ...addresses.map((one) => der(0x87, Buffer.from(one.split('.').map(Number)))),
  ];
  if (names.length > 0) add('2.5.29.17', false, sequence(...names));
  if (timestamps > 0) add('1.3.6.1.4.1.11129.2.4.2', false, octets(timestampList(timestamps)));
  if (wanted.mustStaple) add('1.3.6.1.5.5.7.1.24', false, sequence(integer(5)));
  if (ocspUrl) {
    add('1.3.6.1.5.5.7.1.1', false, sequence(sequence(oid('1.3.6.1.5.5.7.48.1'), der(0x86, Buffer.from(ocspUrl)))));
  }
  if (purposes) add('2.5.29.37', false, sequence(...purposes.map(oid)));
  for (const one of more) add(...one);
  return list;
}

/** A SignedCertificateTimestampList (RFC 6962 section 3.3) of so many logs, whose signatures are none. */
export function timestampList(count: number): Buffer {
  const entries = Array.from({ length: count }, (_, at) => {
    const one = Buffer.concat([
      Buffer.from([0]),
      Buffer.alloc(32, at + 1),
      Buffer.alloc(8),
      Buffer.from([0, 0, 4, 3, 0, 2, 0x30, 0]),
    ]);
    return Buffer.concat([Buffer.from([one.length >> 8, one.length & 0xff]), one]);
  });
  const all = Buffer.concat(entries);
  return Buffer.concat([Buffer.from([all.length >> 8, all.length & 0xff]), all]);
}

export interface Staple {
  leaf: Identity;
  issuer: Identity;
  /** Who signs; the issuer where that is left out. */
  signer?: Identity;
  status?: 'good' | 'revoked' | 'unknown';
  thisUpdate?: Date;
  nextUpdate?: Date | null;
}

/** An OCSP response about one certificate (RFC 6960 section 4.2.1). */
export function ocspResponse({
  leaf,
  issuer,
  signer = issuer,
  status = 'good',
  thisUpdate,
  nextUpdate,
}: Staple): Buffer {
  const now = Date.now();
  const sha1 = (bytes: Uint8Array) => createHash('sha1').update(bytes).digest();
  const { publicKey } = { publicKey: issuer.spki };
  const keyBits = keyBitsOf(publicKey);
  const id = sequence(
    sequence(oid('1.3.14.3.2.26'), nothing()),
    octets(sha1(nameDer(issuer.name))),
    octets(sha1(keyBits)),
    integer(leaf.serial),
  );
  const from = thisUpdate ?? new Date(now - 3_600_000);
  const states = { good: der(0x80), revoked: context(1, time(from)), unknown: der(0x82) };
  const until = nextUpdate === null ? [] : [context(0, time(nextUpdate ?? new Date(now + 3 * 86_400_000)))];
  const data = sequence(
    context(1, nameDer(signer.name)),
    time(from),
    sequence(sequence(id, states[status], time(from), ...until)),
  );
  const { algorithm, signature } = signed(data, signer.privateKey);
  const certificates = signer === issuer ? [] : [context(0, sequence(signer.certificate))];
  const basic = sequence(data, algorithm, bitString(signature), ...certificates);
  return sequence(der(0x0a, Buffer.from([0])), context(0, sequence(oid('1.3.6.1.5.5.7.48.1.1'), octets(basic))));
}

/** The bits of the key in a SubjectPublicKeyInfo: what follows the algorithm, without the count of unused bits. */
function keyBitsOf(spki: Buffer): Buffer {
  const algorithmLength = 2 + (spki[3] ?? 0);
  const start = spki[1] === 0x82 ? 4 : spki[1] === 0x81 ? 3 : 2;
  const algorithm = 2 + (spki[start + 1] ?? algorithmLength);
  const bits = spki.subarray(start + algorithm);
  const head = bits[1] === 0x82 ? 4 : bits[1] === 0x81 ? 3 : 2;
  return bits.subarray(head + 1);
}

/** A key and its chain as `node:tls` wants them. */
export function pem(identity: Identity, ...chain: Identity[]): { key: string; cert: string } {
  const block = ({ certificate }: Identity) =>
    [
      '-----BEGIN CERTIFICATE-----',
      ...(certificate.toString('base64').match(/.{1,64}/g) ?? []),
      '-----END CERTIFICATE-----',
      '',
    ].join('\n');
  const key = identity.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  return { key, cert: [identity, ...chain].map(block).join('') };
}
