import { FormatError } from './format-error.ts';
import { type Name, nameOf, readLabels } from './name.ts';

/** Reads fields off the data of one record, in order; each method throws FormatError where the data is too short. */
class Fields {
  private at = 0;
  private readonly data: Buffer;
  constructor(data: Buffer) {
    this.data = data;
  }
  bytes(length: number): Buffer {
    const from = this.at;
    this.at += length;
    if (this.at > this.data.length) throw new FormatError('a record has less data than its type needs');
    return this.data.subarray(from, this.at);
  }
  u8 = (): number => this.bytes(1).readUInt8(0);
  u16 = (): number => this.bytes(2).readUInt16BE(0);
  u32 = (): number => this.bytes(4).readUInt32BE(0);
  name(): Name {
    const { labels, end } = readLabels(this.data, this.at);
    this.at = end;
    return nameOf(labels);
  }
  counted = (): Buffer => this.bytes(this.u8());
  rest = (): Buffer => this.bytes(this.data.length - this.at);
  get left(): number {
    return this.data.length - this.at;
  }
  done<T>(value: T): T {
    if (this.left > 0) throw new FormatError('a record has more data than its type holds');
    return value;
  }
}

/** The one name of NS, CNAME, DNAME or PTR data. */
export function readTarget(data: Buffer): Name {
  const fields = new Fields(data);
  return fields.done(fields.name());
}

/**
 * An A or AAAA record as text: `192.0.2.1`, or eight groups joined by colons. @throws FormatError for other lengths.
 */
export function readAddress(data: Buffer): string {
  if (data.length === 4) return [...data].join('.');
  if (data.length !== 16) throw new FormatError('an address record has neither 4 nor 16 octets');
  return new URL(`http://[${(data.toString('hex').match(/.{4}/g) as string[]).join(':')}]/`).hostname.slice(1, -1);
}

export interface Soa {
  primary: Name;
  mailbox: Name;
  serial: number;
  refresh: number;
  retry: number;
  expire: number;
  minimum: number;
}

export function readSoa(data: Buffer): Soa {
  const f = new Fields(data);
  const [primary, mailbox] = [f.name(), f.name()];
  return f.done({
    primary,
    mailbox,
    serial: f.u32(),
    refresh: f.u32(),
    retry: f.u32(),
    expire: f.u32(),
    minimum: f.u32(),
  });
}

export function readMx(data: Buffer): { preference: number; exchange: Name } {
  const f = new Fields(data);
  return f.done({ preference: f.u16(), exchange: f.name() });
}

/** The character strings of a TXT record, as octets. */
export function readTxt(data: Buffer): Buffer[] {
  const f = new Fields(data);
  const strings: Buffer[] = [];
  while (f.left > 0) strings.push(f.counted());
  return strings;
}

/** RFC 8659 section 4.1. The tag as it is written; the value as octets. */
export interface Caa {
  critical: boolean;
  tag: string;
  value: Buffer;
}

export function readCaa(data: Buffer): Caa {
  const f = new Fields(data);
  const flags = f.u8();
  return { critical: (flags & 0x80) !== 0, tag: f.counted().toString('latin1'), value: f.rest() };
}

/** RFC 6698 section 2.1. */
export interface Tlsa {
  usage: number;
  selector: number;
  matching: number;
  data: Buffer;
}

export function readTlsa(data: Buffer): Tlsa {
  const f = new Fields(data);
  return { usage: f.u8(), selector: f.u8(), matching: f.u8(), data: f.rest() };
}

/** RFC 4034 section 5.1; also CDS (RFC 7344 section 3.1). */
export interface Ds {
  keyTag: number;
  algorithm: number;
  digestType: number;
  digest: Buffer;
}

export function readDs(data: Buffer): Ds {
  const f = new Fields(data);
  return { keyTag: f.u16(), algorithm: f.u8(), digestType: f.u8(), digest: f.rest() };
}

/** RFC 4034 section 2.1; also CDNSKEY. `data` is the whole record, which tag and digest are made of. */
export interface Dnskey {
  flags: number;
  protocol: number;
  algorithm: number;
  publicKey: Buffer;
  data: Buffer;
}

export function readDnskey(data: Buffer): Dnskey {
  const f = new Fields(data);
  return { flags: f.u16(), protocol: f.u8(), algorithm: f.u8(), publicKey: f.rest(), data };
}

/** RFC 4034 section 3.1. Times are seconds modulo 2^32. */
export interface Rrsig {
  covered: number;
  algorithm: number;
  labels: number;
  originalTtl: number;
  expiration: number;
  inception: number;
  keyTag: number;
  signer: Name;
  signature: Buffer;
  /** All before the signature: what is signed along with the set. */
  head: Buffer;
}

export function readRrsig(data: Buffer): Rrsig {
  const f = new Fields(data);
  const fixed = {
    covered: f.u16(),
    algorithm: f.u8(),
    labels: f.u8(),
    originalTtl: f.u32(),
    expiration: f.u32(),
    inception: f.u32(),
    keyTag: f.u16(),
    signer: f.name(),
  };
  const head = data.subarray(0, data.length - f.left);
  return { ...fixed, head, signature: f.rest() };
}

export interface Nsec {
  next: Name;
  types: Set<number>;
}

export function readNsec(data: Buffer): Nsec {
  const f = new Fields(data);
  return { next: f.name(), types: readTypes(f) };
}

/** RFC 5155 section 3.2. */
export interface Nsec3 {
  hashAlgorithm: number;
  flags: number;
  iterations: number;
  salt: Buffer;
  next: Buffer;
  types: Set<number>;
}

export function readNsec3(data: Buffer): Nsec3 {
  const f = new Fields(data);
  const fixed = { hashAlgorithm: f.u8(), flags: f.u8(), iterations: f.u16(), salt: f.counted(), next: f.counted() };
  return { ...fixed, types: readTypes(f) };
}

export function readNsec3param(data: Buffer): Omit<Nsec3, 'next' | 'types'> {
  const f = new Fields(data);
  return f.done({ hashAlgorithm: f.u8(), flags: f.u8(), iterations: f.u16(), salt: f.counted() });
}

/** A type bitmap (RFC 4034 section 4.1.2). @throws FormatError for windows out of order or of a wrong length. */
function readTypes(f: Fields): Set<number> {
  const types = new Set<number>();
  let last = -1;
  while (f.left > 0) {
    const window = f.u8();
    const bits = f.counted();
    if (window <= last || bits.length === 0 || bits.length > 32) throw new FormatError('a type bitmap is malformed');
    last = window;
    for (const [at, octet] of bits.entries())
      for (let bit = 0; bit < 8; bit += 1) if (octet & (0x80 >> bit)) types.add(window * 256 + at * 8 + bit);
  }
  return types;
}

/** What can be read of the data of several records; malformed ones are left out. */
export function readEach<T>(read: (data: Buffer) => T, data: readonly Buffer[]): T[] {
  return data.flatMap((one) => {
    try {
      return [read(one)];
    } catch (error) {
      if (error instanceof FormatError) return [];
      throw error;
    }
  });
}
