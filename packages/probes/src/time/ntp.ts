import { aessiv } from '@noble/ciphers/aes.js';

/** Extension fields of NTS (RFC 8915 section 7.5). */
export const FIELD = { uniqueIdentifier: 0x0104, cookie: 0x0204, placeholder: 0x0304, authenticator: 0x0404 } as const;

const HEADER = 48;
/** Seconds from 1900 to 1970 (RFC 5905 section 6). */
const EPOCH = 2_208_988_800;

/** Octets that are no NTPv4 packet, or whose lengths lie. */
export class NtpError extends Error {
  override name = 'NtpError';
}

export interface Field {
  type: number;
  body: Buffer;
  /** Where it begins in the packet: what an authenticator covers ends here. */
  at: number;
}

export interface NtpPacket {
  /** 3: the server's clock is not set (RFC 5905 section 7.3). */
  leap: number;
  version: number;
  mode: number;
  stratum: number;
  /** Four letters where the stratum is 0: why it gives no time (RFC 5905 section 7.4). */
  reference: string;
  origin: Buffer;
  /** Milliseconds since 1970. */
  received: number;
  transmitted: number;
  fields: Field[];
}

/**
 * Reads an NTPv4 packet with its extension fields (RFC 5905 section 7.3, RFC 7822 section 7.5). @throws NtpError
 */
export function readPacket(bytes: Buffer): NtpPacket {
  if (bytes.length < HEADER) throw new NtpError('short');
  const first = bytes.readUInt8(0);
  return {
    leap: first >> 6,
    version: (first >> 3) & 7,
    mode: first & 7,
    stratum: bytes.readUInt8(1),
    reference: bytes.toString('latin1', 12, 16),
    origin: bytes.subarray(24, 32),
    received: timeAt(bytes, 32),
    transmitted: timeAt(bytes, 40),
    fields: readFields(bytes, HEADER, 16),
  };
}

/** Fields from a place on: each says its length with its head, in steps of four octets. Those behind an authenticator are not covered by it. */
function readFields(bytes: Buffer, from: number, least: number): Field[] {
  const fields: Field[] = [];
  for (let at = from; at < bytes.length; ) {
    const length = at + 4 <= bytes.length ? bytes.readUInt16BE(at + 2) : 0;
    if (length < least || length % 4 !== 0 || at + length > bytes.length) throw new NtpError('field-length');
    fields.push({ type: bytes.readUInt16BE(at), body: bytes.subarray(at + 4, at + length), at });
    at += length;
  }
  return fields;
}

/** Times wrap in 2036 (RFC 5905 section 6); those before 1970 are taken for the era after. */
function timeAt(bytes: Buffer, at: number): number {
  const seconds = bytes.readUInt32BE(at) - EPOCH;
  return (seconds < 0 ? seconds + 2 ** 32 : seconds) * 1000 + (bytes.readUInt32BE(at + 4) / 2 ** 32) * 1000;
}

/** A time as NTP writes it. */
export function writeTime(milliseconds: number): Buffer {
  const bytes = Buffer.alloc(8);
  const seconds = Math.floor(milliseconds / 1000);
  bytes.writeUInt32BE((seconds + EPOCH) % 2 ** 32, 0);
  bytes.writeUInt32BE(Math.floor(((milliseconds / 1000 - seconds) % 1) * 2 ** 32), 4);
  return bytes;
}

/** One extension field, filled up to four octets and to the least length (RFC 7822 section 7.5). */
export function writeField(type: number, body: Buffer): Buffer {
  const length = Math.max(16, 4 + Math.ceil(body.length / 4) * 4);
  const field = Buffer.alloc(length);
  field.writeUInt16BE(type, 0);
  field.writeUInt16BE(length, 2);
  body.copy(field, 4);
  return field;
}

/**
 * The field that authenticates all before it and holds fields that nobody else may read (RFC 8915 section 5.6). The nonce is the last of the
 * data that AES-SIV takes beside the text (RFC 5297 section 6).
 * @param key 32 octets
 * @param nonce 16 octets: with fewer a server may want filling
 */
export function writeAuthenticator(
  key: Uint8Array,
  before: Buffer,
  nonce: Buffer,
  secret: Buffer = Buffer.alloc(0),
): Buffer {
  const sealed = Buffer.from(aessiv(key, before, nonce).encrypt(secret));
  const lengths = Buffer.alloc(4);
  lengths.writeUInt16BE(nonce.length, 0);
  lengths.writeUInt16BE(sealed.length, 2);
  const fill = (bytes: Buffer) => Buffer.concat([bytes, Buffer.alloc(-bytes.length & 3)]);
  return writeField(FIELD.authenticator, Buffer.concat([lengths, fill(nonce), fill(sealed)]));
}

/**
 * The fields that an authenticator holds, where it is good: made with this key over all of the packet before it. Null where it is not.
 * @throws NtpError where its lengths lie, or what it holds is no row of fields
 */
export function openAuthenticator(key: Uint8Array, packet: Buffer, { body, at }: Field): Field[] | null {
  if (body.length < 4) throw new NtpError('authenticator-length');
  const [nonceLength, sealedLength] = [body.readUInt16BE(0), body.readUInt16BE(2)];
  const sealedAt = 4 + Math.ceil(nonceLength / 4) * 4;
  if (nonceLength === 0 || sealedLength < 16 || sealedAt + sealedLength > body.length)
    throw new NtpError('authenticator-length');
  const nonce = body.subarray(4, 4 + nonceLength);
  const sealed = body.subarray(sealedAt, sealedAt + sealedLength);
  let open: Uint8Array;
  try {
    open = aessiv(key, packet.subarray(0, at), nonce).decrypt(sealed);
  } catch {
    return null;
  }
  return readFields(Buffer.from(open), 0, 4);
}

/** What a client needs to make one request: nothing of it is used a second time (RFC 8915 section 5.7). */
export interface Request {
  key: Uint8Array;
  cookie: Buffer;
  /** 32 octets, 16 and 8, at random: the last stands in place of a time, so that nobody learns our clock (RFC 8915 section 5.3). */
  identifier: Buffer;
  nonce: Buffer;
  origin: Buffer;
}

/** A request for authenticated time (RFC 8915 section 5.7). */
export function writeRequest({ key, cookie, identifier, nonce, origin }: Request): Buffer {
  const header = Buffer.alloc(HEADER);
  // Version 4, mode client.
  header.writeUInt8(0x23, 0);
  origin.copy(header, 40);
  const before = Buffer.concat([
    header,
    writeField(FIELD.uniqueIdentifier, identifier),
    writeField(FIELD.cookie, cookie),
  ]);
  return Buffer.concat([before, writeAuthenticator(key, before, nonce)]);
}
