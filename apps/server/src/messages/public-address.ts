import { lookup } from 'node:dns/promises';
import { BlockList, isIP, isIPv6 } from 'node:net';

/** Networks that are nobody's on the internet, and our own: IANA special-purpose registries (RFC 6890), multicast, old broadcast. */
const NOT_PUBLIC = new BlockList();
for (const [net, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const)
  NOT_PUBLIC.addSubnet(net, bits, 'ipv4');
/** All of IPv6 that is given out lies in 2000::/3 (RFC 4291); what of it leads to IPv4 or nowhere is taken out again. */
const GLOBAL = new BlockList();
GLOBAL.addSubnet('2000::', 3, 'ipv6');
for (const [net, bits] of [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const)
  NOT_PUBLIC.addSubnet(net, bits, 'ipv6');

/** May our server speak to this address? False for private and special ones, and for what is no address. */
export function isPublicAddress(address: string): boolean {
  if (isIP(address) === 0) return false;
  if (!isIPv6(address)) return !NOT_PUBLIC.check(address, 'ipv4');
  return GLOBAL.check(address, 'ipv6') && !NOT_PUBLIC.check(address, 'ipv6');
}

/**
 * The address to connect to for a host name, resolved once: whoever connects takes this one, so that the name cannot lead elsewhere meanwhile.
 * @throws Error `private-address` where any of its addresses is not public, unless `anywhere`
 */
export async function addressOf(host: string, anywhere: boolean): Promise<{ address: string; family: 4 | 6 }> {
  const bare = host.replace(/^\[|\]$/g, '');
  const found = await lookup(bare, { all: true });
  const [first] = found;
  if (!first) throw new Error('no-address');
  if (!anywhere && found.some(({ address }) => !isPublicAddress(address))) throw new Error('private-address');
  return { address: first.address, family: first.family === 6 ? 6 : 4 };
}
