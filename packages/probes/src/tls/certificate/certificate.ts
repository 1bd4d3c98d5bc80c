import { CURVES, KEY_ALGORITHMS, type SignatureAlgorithm, signatureAlgorithm } from './algorithms.ts';
import { type Der, expect, inside, integer, oid, read, TAG, time, bits as wholeBits } from './der.ts';

export interface PublicKey {
  /** `rsa`, `rsa-pss`, `dsa`, `ec`, `ed25519`, `ed448`, or the identifier of another. */
  algorithm: string;
  /** Length of the modulus, of RSA and DSA. */
  bits: number | null;
  /** Curve, by its name in TLS; or the identifier of one that has none. */
  curve: string | null;
}

/** What of a certificate a judgement rests on (RFC 5280 section 4). Names are DER, compared byte by byte. */
export interface Certificate {
  der: Uint8Array;
  subject: Uint8Array;
  issuer: Uint8Array;
  serial: string;
  /** Milliseconds since 1970. */
  notBefore: number;
  notAfter: number;
  key: PublicKey;
  /** SubjectPublicKeyInfo, DER, and the bits of the key in it. */
  spki: Uint8Array;
  keyBits: Uint8Array;
  signature: SignatureAlgorithm;
  dnsNames: string[];
  /** Addresses as bytes in hexadecimal. */
  addresses: string[];
  /** basicConstraints; a certificate without it is none of a CA (section 4.2.1.9). */
  ca: boolean;
  pathLength: number | null;
  /** Whether keyUsage allows to sign certificates; true where there is none. */
  mayCertify: boolean;
  /** extendedKeyUsage, null where there is none. */
  purposes: string[] | null;
  /** signed certificate timestamps inside it (RFC 6962 section 3.3), by the hash of their log. */
  timestamps: string[];
  /** "must staple" (RFC 7633). */
  mustStaple: boolean;
  ocspUrls: string[];
  /** Critical extensions that this reader does not understand: who trusts the certificate must not skip them (section 4.2). */
  unknownCritical: string[];
}

const EXTENSION = {
  keyUsage: '2.5.29.15',
  subjectAltName: '2.5.29.17',
  basicConstraints: '2.5.29.19',
  extendedKeyUsage: '2.5.29.37',
  authorityInfoAccess: '1.3.6.1.5.5.7.1.1',
  tlsFeature: '1.3.6.1.5.5.7.1.24',
  timestamps: '1.3.6.1.4.1.11129.2.4.2',
} as const;
/** Critical or not, these change nothing that is judged here. */
const HARMLESS = new Set(['2.5.29.14', '2.5.29.35', '2.5.29.32', '2.5.29.31']);

/** Reads a certificate. @throws DerError where the bytes are none. */
export function readCertificate(der: Uint8Array): Certificate {
  const [tbs, , signatureValue] = inside(read(der), TAG.sequence);
  expect(signatureValue, TAG.bitString);
  const fields = inside(tbs, TAG.sequence);
  if (fields[0]?.context === 0) fields.shift();
  const [serial, algorithm, issuer, validity, subject, spki, ...rest] = fields;
  const [notBefore, notAfter] = inside(validity, TAG.sequence);
  const key = expect(spki, TAG.sequence);
  const certificate: Certificate = {
    der,
    subject: expect(subject, TAG.sequence).whole,
    issuer: expect(issuer, TAG.sequence).whole,
    serial: Buffer.from(expect(serial, TAG.integer).content).toString('hex'),
    notBefore: time(notBefore),
    notAfter: time(notAfter),
    key: readKey(key),
    spki: key.whole,
    keyBits: wholeBits(inside(key)[1]),
    signature: signatureAlgorithm(expect(algorithm, TAG.sequence)),
    dnsNames: [],
    addresses: [],
    ca: false,
    pathLength: null,
    mayCertify: true,
    purposes: null,
    timestamps: [],
    mustStaple: false,
    ocspUrls: [],
    unknownCritical: [],
  };
  const extensions = rest.find(({ context }) => context === 3);
  if (extensions) for (const one of inside(inside(extensions)[0], TAG.sequence)) readExtension(one, certificate);
  return certificate;
}

function readKey(spki: Der): PublicKey {
  const [algorithm, key] = inside(spki);
  const [id, parameters] = inside(algorithm, TAG.sequence);
  const name = KEY_ALGORITHMS[oid(id)] ?? oid(id);
  if (name === 'ec') {
    const curve = parameters?.tag === TAG.oid ? oid(parameters) : 'explicit';
    return { algorithm: name, bits: null, curve: CURVES[curve] ?? curve };
  }
  if (name === 'rsa' || name === 'rsa-pss') {
    const [modulus] = inside(read(wholeBits(key)), TAG.sequence);
    return { algorithm: name, bits: bitLength(modulus), curve: null };
  }
  if (name === 'dsa') return { algorithm: name, bits: bitLength(inside(parameters)[0]), curve: null };
  return { algorithm: name, bits: null, curve: null };
}

function bitLength(value: Der | undefined): number {
  const hex = Buffer.from(expect(value, TAG.integer).content).toString('hex').replace(/^0+/, '');
  return hex === '' ? 0 : BigInt(`0x${hex}`).toString(2).length;
}

function readExtension(extension: Der, into: Certificate): void {
  const parts = inside(extension, TAG.sequence);
  const id = oid(parts[0]);
  const critical = parts[1]?.tag === TAG.boolean && parts[1].content[0] !== 0;
  const { content } = expect(parts.at(-1), TAG.octetString);
  if (id === EXTENSION.subjectAltName) {
    for (const name of inside(read(content), TAG.sequence)) {
      if (name.context === 2) into.dnsNames.push(Buffer.from(name.content).toString('latin1'));
      if (name.context === 7) into.addresses.push(Buffer.from(name.content).toString('hex'));
    }
  } else if (id === EXTENSION.basicConstraints) {
    const [ca, length] = inside(read(content), TAG.sequence);
    into.ca = ca?.tag === TAG.boolean && ca.content[0] !== 0;
    into.pathLength = length ? integer(length) : null;
  } else if (id === EXTENSION.keyUsage) {
    // keyCertSign is bit 5, counted from the highest.
    into.mayCertify = ((wholeBits(read(content))[0] ?? 0) & 0x04) !== 0;
  } else if (id === EXTENSION.extendedKeyUsage) into.purposes = inside(read(content), TAG.sequence).map(oid);
  else if (id === EXTENSION.tlsFeature) {
    into.mustStaple = inside(read(content), TAG.sequence).some((feature) => integer(feature) === 5);
  } else if (id === EXTENSION.authorityInfoAccess) into.ocspUrls = ocspUrls(content);
  else if (id === EXTENSION.timestamps)
    into.timestamps = readTimestamps(expect(read(content), TAG.octetString).content);
  else if (critical && !HARMLESS.has(id)) into.unknownCritical.push(id);
}

/** Addresses of OCSP responders in authorityInfoAccess (RFC 5280 section 4.2.2.1). */
function ocspUrls(content: Uint8Array): string[] {
  return inside(read(content), TAG.sequence).flatMap((description) => {
    const [method, location] = inside(description, TAG.sequence);
    if (oid(method) !== '1.3.6.1.5.5.7.48.1' || location?.context !== 6) return [];
    return [Buffer.from(location.content).toString('latin1')];
  });
}

/**
 * The logs that signed timestamps of a SignedCertificateTimestampList (RFC 6962 section 3.3), as hexadecimal. Only version 1 has a known form;
 * another is left out. A list whose lengths lie holds none.
 */
export function readTimestamps(list: Uint8Array): string[] {
  const bytes = Buffer.from(list);
  const found: string[] = [];
  if (bytes.length < 2 || bytes.readUInt16BE(0) !== bytes.length - 2) return [];
  for (let at = 2; at < bytes.length; ) {
    if (at + 2 > bytes.length) return [];
    const length = bytes.readUInt16BE(at);
    const one = bytes.subarray(at + 2, at + 2 + length);
    // Version, log, time, extensions, algorithm and signature: 47 bytes are the least.
    if (one.length !== length || length < 47) return [];
    if (one[0] === 0) found.push(one.subarray(1, 33).toString('hex'));
    at += 2 + length;
  }
  return found;
}

/** The certificates in a row of DER, and how many could not be read. */
export function readChain(chain: readonly Uint8Array[]): { certificates: Certificate[]; unreadable: number } {
  const certificates: Certificate[] = [];
  let unreadable = 0;
  for (const der of chain) {
    try {
      certificates.push(readCertificate(der));
    } catch (cause) {
      if (!(cause instanceof Error) || cause.name !== 'DerError') throw cause;
      unreadable += 1;
    }
  }
  return { certificates, unreadable };
}
