import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';

/** A certificate with its key, good for tests alone: Ed25519, a name, and whether it is an authority. */
export interface Certificate {
  der: Buffer;
  spki: Buffer;
  name: string;
  key: KeyObject;
}

function der(tag: number, ...content: Buffer[]): Buffer {
  const body = Buffer.concat(content);
  const octets = body.length < 128 ? [] : body.length < 256 ? [body.length] : [body.length >> 8, body.length & 255];
  const length = Buffer.from(octets.length === 0 ? [body.length] : [0x80 | octets.length, ...octets]);
  return Buffer.concat([Buffer.from([tag]), length, body]);
}

const oid = (...octets: number[]): Buffer => der(6, Buffer.from(octets));
const ED25519 = der(0x30, oid(0x2b, 0x65, 0x70));
const nameOf = (text: string): Buffer => der(0x30, der(0x31, der(0x30, oid(0x55, 4, 3), der(0x0c, Buffer.from(text)))));

let serial = 1;

/** Issues a certificate; without an issuer it signs itself (RFC 5280 section 4.1). */
export function certificate(name: string, options: { issuer?: Certificate; authority?: boolean } = {}): Certificate {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const spki = publicKey.export({ format: 'der', type: 'spki' });
  const isAuthority = der(0x30, oid(0x55, 0x1d, 0x13), der(4, der(0x30, der(1, Buffer.from([255])))));
  serial += 1;
  const body = der(
    0x30,
    der(0xa0, der(2, Buffer.from([2]))),
    der(2, Buffer.from([serial])),
    ED25519,
    nameOf(options.issuer?.name ?? name),
    der(0x30, der(0x17, Buffer.from('200101000000Z')), der(0x17, Buffer.from('491231235959Z'))),
    nameOf(name),
    spki,
    ...(options.authority ? [der(0xa3, der(0x30, isAuthority))] : []),
  );
  const signature = sign(null, body, options.issuer?.key ?? privateKey);
  return { der: der(0x30, body, ED25519, der(3, Buffer.from([0]), signature)), spki, name, key: privateKey };
}
