/** Numbers of record types that this room speaks of (IANA, "Domain Name System Parameters", RFC 6895). */
export const TYPE = {
  A: 1,
  NS: 2,
  CNAME: 5,
  SOA: 6,
  PTR: 12,
  MX: 15,
  TXT: 16,
  AAAA: 28,
  SRV: 33,
  DNAME: 39,
  OPT: 41,
  DS: 43,
  RRSIG: 46,
  NSEC: 47,
  DNSKEY: 48,
  NSEC3: 50,
  NSEC3PARAM: 51,
  TLSA: 52,
  CDS: 59,
  CDNSKEY: 60,
  SVCB: 64,
  HTTPS: 65,
  /** Stands in a type bitmap for "this name does not exist" (RFC 9824 section 2). */
  NXNAME: 128,
  CAA: 257,
} as const;

export type TypeName = keyof typeof TYPE;

export const CLASS_IN = 1;

const NAMES = new Map<number, string>(Object.entries(TYPE).map(([name, number]) => [number, name]));

/** `AAAA` for 28; `TYPE1234` for a type without a name here (RFC 3597 section 5). */
export function typeName(type: number): string {
  return NAMES.get(type) ?? `TYPE${type}`;
}

export const RCODE = {
  NOERROR: 0,
  FORMERR: 1,
  SERVFAIL: 2,
  NXDOMAIN: 3,
  NOTIMP: 4,
  REFUSED: 5,
  /** Needs the upper bits that EDNS carries (RFC 6891 section 6.1.3). */
  BADVERS: 16,
} as const;

const RCODE_NAMES = new Map<number, string>(Object.entries(RCODE).map(([name, number]) => [number, name]));

export function rcodeName(rcode: number): string {
  return RCODE_NAMES.get(rcode) ?? `RCODE${rcode}`;
}
