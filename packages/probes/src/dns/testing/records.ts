import { type Name, nameToWire, parseName } from '../wire/name.ts';
import type { DnsRecord } from '../wire/record.ts';
import { TYPE, type TypeName } from '../wire/types.ts';

/** Big-endian numbers of the given widths in octets, as one buffer. */
export function numbers(...pairs: readonly (readonly [value: number, octets: number])[]): Buffer {
  return Buffer.concat(
    pairs.map(([value, octets]) => {
      const bytes = Buffer.alloc(octets);
      bytes.writeUIntBE(value, 0, octets);
      return bytes;
    }),
  );
}

const counted = (bytes: Buffer): Buffer => Buffer.concat([numbers([bytes.length, 1]), bytes]);
const wire = (text: string): Buffer => nameToWire(parseName(text));

/** The octets of an address in text. */
export function addressOctets(address: string): Buffer {
  if (!address.includes(':')) return Buffer.from(address.split('.').map(Number));
  const [head, tail] = address.split('::') as [string, string | undefined];
  const groups = (part: string | undefined): string[] => (part ? part.split(':') : []);
  const [left, right] = [groups(head), groups(tail)];
  const zeros = Array.from({ length: 8 - left.length - right.length }, () => '0');
  return Buffer.from(
    [...left, ...(tail === undefined ? [] : zeros), ...right].map((one) => one.padStart(4, '0')).join(''),
    'hex',
  );
}

/** A type bitmap (RFC 4034 section 4.1.2). */
export function bitmap(types: Iterable<number>): Buffer {
  const windows = new Map<number, Buffer>();
  for (const type of types) {
    const bits = windows.get(type >> 8) ?? Buffer.alloc(32);
    bits[(type & 255) >> 3] = (bits[(type & 255) >> 3] as number) | (0x80 >> (type & 7));
    windows.set(type >> 8, bits);
  }
  return Buffer.concat(
    [...windows]
      .sort(([one], [other]) => one - other)
      .map(([window, bits]) => {
        const used = bits.subarray(0, bits.findLastIndex((octet) => octet !== 0) + 1);
        return Buffer.concat([numbers([window, 1], [used.length, 1]), used]);
      }),
  );
}

/**
 * Data of a record from its fields as a zone file would have them, split at blanks; base64 and hexadecimal may be in
 * parts.
 */
function rdata(type: TypeName, text: string): Buffer {
  const parts = text.split(/\s+/);
  const at = (index: number): string => parts[index] ?? '';
  const rest = (from: number): string => parts.slice(from).join('');
  switch (type) {
    case 'A':
    case 'AAAA':
      return addressOctets(text);
    case 'NS':
    case 'CNAME':
    case 'DNAME':
    case 'PTR':
      return wire(text);
    case 'SOA':
      return Buffer.concat([
        wire(at(0)),
        wire(at(1)),
        numbers(...parts.slice(2).map((one) => [Number(one), 4] as const)),
      ]);
    case 'MX':
      return Buffer.concat([numbers([Number(at(0)), 2]), wire(at(1))]);
    case 'TXT':
      return counted(Buffer.from(text));
    case 'CAA':
      return Buffer.concat([
        numbers([Number(at(0)), 1]),
        counted(Buffer.from(at(1))),
        Buffer.from(parts.slice(2).join(' ')),
      ]);
    case 'TLSA':
      return Buffer.concat([Buffer.from(parts.slice(0, 3).map(Number)), Buffer.from(rest(3), 'hex')]);
    case 'DS':
    case 'CDS':
      return Buffer.concat([
        numbers([Number(at(0)), 2], [Number(at(1)), 1], [Number(at(2)), 1]),
        Buffer.from(rest(3), 'hex'),
      ]);
    case 'DNSKEY':
    case 'CDNSKEY':
      return Buffer.concat([
        numbers([Number(at(0)), 2], [Number(at(1)), 1], [Number(at(2)), 1]),
        Buffer.from(rest(3), 'base64'),
      ]);
    case 'NSEC':
      return Buffer.concat([wire(at(0)), bitmap(parts.slice(1).map((one) => TYPE[one as TypeName]))]);
    case 'RRSIG':
      return Buffer.concat([
        numbers([TYPE[at(0) as TypeName], 2], [Number(at(1)), 1], [Number(at(2)), 1], [Number(at(3)), 4]),
        numbers([timeOf(at(4)), 4], [timeOf(at(5)), 4], [Number(at(6)), 2]),
        wire(at(7)),
        Buffer.from(rest(8), 'base64'),
      ]);
    default:
      throw new Error(`no text form for ${type}`);
  }
}

/** Seconds of a time as signatures spell it: `20040509183619`, or seconds (RFC 4034 section 3.2). */
export function timeOf(text: string): number {
  if (text.length !== 14) return Number(text);
  const iso = text.replace(/(....)(..)(..)(..)(..)(..)/, '$1-$2-$3T$4:$5:$6Z');
  return Date.parse(iso) / 1000;
}

/** `record('www.good.test', 'A', '192.0.2.1')`. */
export function record(name: string, type: TypeName, text: string, ttl = 3600): DnsRecord {
  return { name: parseName(name), type: TYPE[type], class: 1, ttl, rdata: rdata(type, text) };
}

/** A record of any type with the octets given. */
export function rawRecord(name: Name, type: number, data: Buffer, ttl = 3600): DnsRecord {
  return { name, type, class: 1, ttl, rdata: data };
}
