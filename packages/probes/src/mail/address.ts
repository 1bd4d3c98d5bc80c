import { isIPv4, isIPv6 } from 'node:net';

/** An address as bytes: 4 or 16. */
export type Address = Uint8Array;

/**
 * Reads an IPv4 or IPv6 address, without zone and without brackets.
 * @param unmap an IPv4-mapped IPv6 address is read as the IPv4 address that it stands for (RFC 7208 section 5)
 * @returns null for anything else
 */
export function parseAddress(text: string, { unmap = true } = {}): Address | null {
  if (isIPv4(text)) return Uint8Array.from(text.split('.'), Number);
  if (!isIPv6(text) || text.includes('%')) return null;
  const bytes = bytesOf6(text);
  const mapped = bytes.subarray(0, 10).every((byte) => byte === 0) && bytes[10] === 255 && bytes[11] === 255;
  return unmap && mapped ? bytes.slice(12) : bytes;
}

function bytesOf6(text: string): Uint8Array {
  const dotted = text.lastIndexOf('.') >= 0 ? text.slice(text.lastIndexOf(':') + 1) : null;
  const plain = dotted === null ? text : text.slice(0, -dotted.length) + hexOf4(dotted);
  const [head = '', tail] = plain.split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const groups = [...left, ...Array<string>(8 - left.length - right.length).fill('0'), ...right];
  return Uint8Array.from(
    groups.flatMap((group) => [Number.parseInt(group, 16) >> 8, Number.parseInt(group, 16) & 255]),
  );
}

function hexOf4(dotted: string): string {
  const [a = 0, b = 0, c = 0, d = 0] = dotted.split('.').map(Number);
  return `${((a << 8) | b).toString(16)}:${((c << 8) | d).toString(16)}`;
}

/** Whether both are of one family and share their first `length` bits. */
export function inPrefix(address: Address, prefix: Address, length: number): boolean {
  if (address.length !== prefix.length) return false;
  for (let bit = 0; bit < length; bit += 8) {
    const kept = length - bit >= 8 ? 255 : (255 << (8 - (length - bit))) & 255;
    if (((address[bit >> 3] ?? 0) & kept) !== ((prefix[bit >> 3] ?? 0) & kept)) return false;
  }
  return true;
}

/** Whether two texts name one address. */
export function sameAddress(one: string, other: string): boolean {
  const [a, b] = [parseAddress(one), parseAddress(other)];
  return a !== null && b !== null && inPrefix(a, b, a.length * 8);
}

/** An address in reading order, split by dots as the `i` macro wants it: decimal bytes or nibbles (RFC 7208 section 7.3). */
export function dotted(address: Address): string {
  if (address.length === 4) return address.join('.');
  return [...address].flatMap((byte) => [(byte >> 4).toString(16), (byte & 15).toString(16)]).join('.');
}

/** The name under which an address has its PTR records (RFC 1035 section 3.5, RFC 3596 section 2.5). */
export function reverseName(address: Address): string {
  return `${dotted(address).split('.').reverse().join('.')}.${address.length === 4 ? 'in-addr' : 'ip6'}.arpa`;
}

/** An address for people; IPv6 with its longest run of zeros cut out (RFC 5952). */
export function formatAddress(address: Address): string {
  if (address.length === 4) return address.join('.');
  return new URL(
    `http://[${Array.from({ length: 8 }, (_, at) => (((address[at * 2] ?? 0) << 8) | (address[at * 2 + 1] ?? 0)).toString(16)).join(':')}]`,
  ).hostname.slice(1, -1);
}
