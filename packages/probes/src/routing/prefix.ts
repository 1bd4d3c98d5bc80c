import { isIP } from 'node:net';

/** An address or a network: its bytes (4 or 16) and how many of their bits count. */
export interface Prefix {
  bytes: Uint8Array;
  length: number;
}

/** The bytes of an address, null where the text is none. IPv4 inside IPv6 (`::ffff:192.0.2.1`) stays IPv6. */
export function addressBytes(text: string): Uint8Array | null {
  const family = isIP(text);
  if (family === 4) return Uint8Array.from(text.split('.'), Number);
  if (family === 0 || text.includes('%')) return null;
  // The last four bytes may stand in dots.
  const dotted = /^(.*:)(\d+)\.(\d+)\.(\d+)\.(\d+)$/.exec(text);
  const pair = (high = '', low = '') => (Number(high) * 256 + Number(low)).toString(16);
  const plain = dotted ? `${dotted[1]}${pair(dotted[2], dotted[3])}:${pair(dotted[4], dotted[5])}` : text;
  const bytes = new Uint8Array(16);
  const [head = '', tail = ''] = plain.split('::');
  const put = (part: string, at: number) => {
    for (const group of part === '' ? [] : part.split(':')) {
      const value = Number.parseInt(group, 16);
      bytes[at++] = value >> 8;
      bytes[at++] = value & 0xff;
    }
  };
  put(head, 0);
  if (tail !== '') put(tail, 16 - 2 * tail.split(':').length);
  return bytes;
}

/** A network as `192.0.2.0/24`; null where the text is none, or has bits set beyond its length. */
export function readPrefix(text: string): Prefix | null {
  const [, address, digits] = /^([0-9a-fA-F:.]{2,45})\/(\d{1,3})$/.exec(text) ?? [];
  const bytes = address === undefined ? null : addressBytes(address);
  const length = Number(digits);
  if (!bytes || length > bytes.length * 8) return null;
  for (let bit = length; bit < bytes.length * 8; bit += 1) if (bitAt(bytes, bit) === 1) return null;
  return { bytes, length };
}

export function bitAt(bytes: Uint8Array, bit: number): 0 | 1 {
  return (((bytes[bit >> 3] ?? 0) >> (7 - (bit & 7))) & 1) as 0 | 1;
}

/** Whether `outer` holds all of `inner`. */
export function covers(outer: Prefix, inner: Prefix): boolean {
  if (outer.bytes.length !== inner.bytes.length || outer.length > inner.length) return false;
  for (let bit = 0; bit < outer.length; bit += 1) if (bitAt(outer.bytes, bit) !== bitAt(inner.bytes, bit)) return false;
  return true;
}
