import { BlockList, isIPv4, isIPv6 } from 'node:net';

/** IPv4 that is nobody's on the internet: IANA's special-purpose registry (RFC 6890 and later), multicast, what is reserved. */
const IPV4 = [
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
  ['224.0.0.0', 3],
] as const;

/** Of IPv6 only 2000::/3 is given out (RFC 4291); of that, what is special, or carries an IPv4 address that may be any. */
const IPV6 = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const;

const special = new BlockList();
for (const [net, bits] of IPV4) special.addSubnet(net, bits, 'ipv4');
for (const [net, bits] of IPV6) special.addSubnet(net, bits, 'ipv6');
const given = new BlockList();
given.addSubnet('2000::', 3, 'ipv6');

/**
 * Whether a text is an address of the public internet: what Proviso may connect to without an explicit leave. False for loopback, private,
 * link-local, multicast and reserved ones, for IPv4 dressed as IPv6, with a zone or brackets, and for names.
 */
export function isPublicAddress(text: string): boolean {
  if (isIPv4(text)) return !special.check(text, 'ipv4');
  if (!isIPv6(text) || text.includes('%')) return false;
  return given.check(text, 'ipv6') && !special.check(text, 'ipv6');
}
