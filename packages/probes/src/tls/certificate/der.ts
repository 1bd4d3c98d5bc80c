/** What is wrong with bytes that should be DER (X.690). */
export class DerError extends Error {
  override name = 'DerError';
}

/** One value: its tag byte (with class and form), its content, and the whole of it. Contents are views. */
export interface Der {
  tag: number;
  /** Number of a tag of the context class, such as the 3 of `[3]`; null for others. */
  context: number | null;
  content: Uint8Array;
  whole: Uint8Array;
}

export const TAG = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  oid: 0x06,
  enumerated: 0x0a,
  utcTime: 0x17,
  generalizedTime: 0x18,
  sequence: 0x30,
  set: 0x31,
} as const;

/**
 * The values that follow each other in these bytes. Definite lengths only, up to 2^24. @throws DerError where a length leaves the bytes or more
 * than 10,000 values are there.
 */
export function readAll(bytes: Uint8Array): Der[] {
  const found: Der[] = [];
  let at = 0;
  while (at < bytes.length) {
    const value = readAt(bytes, at);
    found.push(value);
    at += value.whole.length;
    if (found.length > 10_000) throw new DerError('more than 10,000 values');
  }
  return found;
}

/** The one value that these bytes are. @throws DerError, also where bytes follow it. */
export function read(bytes: Uint8Array): Der {
  const value = readAt(bytes, 0);
  if (value.whole.length !== bytes.length) throw new DerError('bytes follow the value');
  return value;
}

function readAt(bytes: Uint8Array, at: number): Der {
  const byte = (index: number): number => {
    const one = bytes[index];
    if (one === undefined) throw new DerError('the bytes end too early');
    return one;
  };
  const tag = byte(at);
  let number = tag & 0x1f;
  let next = at + 1;
  if (number === 0x1f) {
    number = byte(next++);
    if (number >= 0x80) throw new DerError('a tag number above 127');
  }
  let length = byte(next++);
  if (length >= 0x80) {
    const count = length - 0x80;
    if (count === 0 || count > 3) throw new DerError('a length that is not definite or too long');
    length = 0;
    for (let index = 0; index < count; index += 1) length = length * 256 + byte(next++);
  }
  if (next + length > bytes.length) throw new DerError('a length that leaves the bytes');
  return {
    tag,
    context: (tag & 0xc0) === 0x80 ? number : null,
    content: bytes.subarray(next, next + length),
    whole: bytes.subarray(at, next + length),
  };
}

/** The values inside a constructed one. @throws DerError where `value` is missing or has another tag than asked for. */
export function inside(value: Der | undefined, tag?: number): Der[] {
  return readAll(expect(value, tag).content);
}

export function expect(value: Der | undefined, tag?: number): Der {
  if (!value) throw new DerError('a value is missing');
  if (tag !== undefined && value.tag !== tag) throw new DerError(`tag ${value.tag} where ${tag} is due`);
  return value;
}

/** An object identifier in dots. */
export function oid(value: Der | undefined): string {
  const { content } = expect(value, TAG.oid);
  const arcs: number[] = [];
  let arc = 0;
  for (const byte of content) {
    arc = arc * 128 + (byte & 0x7f);
    if (arc > Number.MAX_SAFE_INTEGER / 128) throw new DerError('an arc that is too large');
    if ((byte & 0x80) === 0) {
      arcs.push(arc);
      arc = 0;
    }
  }
  const [first = 0, ...rest] = arcs;
  const root = Math.min(Math.floor(first / 40), 2);
  return [root, first - 40 * root, ...rest].join('.');
}

/** An INTEGER or ENUMERATED of at most six bytes, not negative. */
export function integer(value: Der | undefined): number {
  const { content } = expect(value);
  if (content.length === 0 || content.length > 6 || (content[0] ?? 0) >= 0x80) throw new DerError('no small number');
  return content.reduce((sum, byte) => sum * 256 + byte, 0);
}

/** The bits of a BIT STRING that fill whole bytes. */
export function bits(value: Der | undefined): Uint8Array {
  const { content } = expect(value, TAG.bitString);
  if (content.length === 0) throw new DerError('an empty bit string');
  return content.subarray(1);
}

/** A UTCTime or GeneralizedTime in UTC (RFC 5280 section 4.1.2.5), as milliseconds since 1970. */
export function time(value: Der | undefined): number {
  const { tag, content } = expect(value);
  const text = Buffer.from(content).toString('latin1');
  const form = tag === TAG.utcTime ? /^(\d\d)(\d{4})(\d{6})Z$/ : /^(\d{4})(\d{4})(\d{6})Z$/;
  const [, year, day, clock] = form.exec(text) ?? [];
  if (!year || !day || !clock) throw new DerError('no time in UTC');
  // Two digits from 50 on are of the last century.
  const full = year.length === 4 ? year : `${Number(year) >= 50 ? '19' : '20'}${year}`;
  const at = Date.parse(
    `${full}-${day.slice(0, 2)}-${day.slice(2)}T${clock.slice(0, 2)}:${clock.slice(2, 4)}:${clock.slice(4)}Z`,
  );
  if (Number.isNaN(at)) throw new DerError('no such time');
  return at;
}
