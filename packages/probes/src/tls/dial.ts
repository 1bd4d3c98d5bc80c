import { BlockList, connect, isIP } from 'node:net';
import type { Duplex } from 'node:stream';

/** Opens one connection to the endpoint that it was made for. A name was resolved once, before: this is an address. */
export type Dial = (signal: AbortSignal) => Promise<Duplex>;

export class AddressRefused extends Error {
  override name = 'AddressRefused';
}

/**
 * Dials TCP to an address and port. @throws AddressRefused at once where `address` is a name, or is not of the public Internet and
 * `allowPrivate` is not said.
 */
export function tcpDial({
  address,
  port,
  allowPrivate = false,
}: {
  address: string;
  port: number;
  allowPrivate?: boolean;
}): Dial {
  const family = isIP(address);
  if (family === 0) throw new AddressRefused(`${address} is no IP address. Resolve the name first, once.`);
  const isPublic = family === 4 ? !NOT_PUBLIC[4].check(address) : !NOT_PUBLIC[6].check(address, 'ipv6');
  if (!allowPrivate && !isPublic) {
    throw new AddressRefused(`${address} is not on the public Internet. Allow private addresses where that is meant.`);
  }
  return (signal) =>
    new Promise((resolve, reject) => {
      const socket = connect({ host: address, port });
      const abort = () => socket.destroy(new Error('no connection in time'));
      signal.addEventListener('abort', abort, { once: true });
      const settled = () => signal.removeEventListener('abort', abort);
      socket.once('connect', () => {
        settled();
        resolve(socket);
      });
      socket.once('error', (error) => {
        settled();
        reject(error);
      });
    });
}

/** Apart, as one list takes an IPv4 address for its twin inside IPv6. Special-purpose addresses (IANA registries of RFC 6890): none of them is a service that someone offers on the Internet. */
const NOT_PUBLIC = { 4: new BlockList(), 6: new BlockList() };
for (const [network, prefix] of [
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
] as const) {
  NOT_PUBLIC[4].addSubnet(network, prefix, 'ipv4');
}
for (const [network, prefix] of [
  ['::', 96],
  ['::ffff:0:0', 96],
  ['64:ff9b::', 96],
  ['64:ff9b:1::', 48],
  ['100::', 64],
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
  ['5f00::', 16],
  ['fc00::', 7],
  ['fe80::', 10],
  ['fec0::', 10],
  ['ff00::', 8],
] as const) {
  NOT_PUBLIC[6].addSubnet(network, prefix, 'ipv6');
}
