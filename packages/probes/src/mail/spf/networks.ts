import type { Address } from '../address.ts';

/** A block of addresses. */
export interface Network {
  address: Address;
  /** Bits that count. */
  bits: number;
}

/**
 * Which part of all addresses of a family some blocks cover together, overlaps counted once.
 * @param size bytes of an address: 4 or 16
 * @returns 0 to 1
 */
export function coverage(networks: readonly Network[], size: 4 | 16): number {
  const ranges = networks.filter(({ address }) => address.length === size).map((network) => rangeOf(network, size));
  ranges.sort((a, b) => (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0));
  let covered = 0n;
  let end = 0n;
  for (const [from, to] of ranges) {
    const start = from > end ? from : end;
    if (to > start) covered += to - start;
    if (to > end) end = to;
  }
  return Number(covered) / 2 ** (size * 8);
}

/** First address, and the one after the last. */
function rangeOf({ address, bits }: Network, size: number): [bigint, bigint] {
  const span = 1n << BigInt(size * 8 - bits);
  const value = BigInt(`0x${Buffer.from(address).toString('hex')}`);
  const from = value - (value % span);
  return [from, from + span];
}
