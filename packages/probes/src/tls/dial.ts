import { connect, isIP, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { isPublicAddress } from '@proviso/addresses';

/** Opens one connection to the endpoint that it was made for. A name was resolved once, before: this is an address. */
export type Dial = (signal: AbortSignal) => Promise<Duplex>;

export class AddressRefused extends Error {
  override name = 'AddressRefused';
}

/** Begins a TCP connection to an address and port, as `connect` of node:net does; a test may lead it elsewhere. */
export type OpenSocket = (target: { host: string; port: number }) => Socket;

/**
 * Dials TCP to an address and port. @throws AddressRefused at once where `address` is a name, or is not of the public Internet and
 * `allowPrivate` is not said.
 */
export function tcpDial({
  address,
  port,
  allowPrivate = false,
  open = connect,
}: {
  address: string;
  port: number;
  allowPrivate?: boolean;
  open?: OpenSocket;
}): Dial {
  if (isIP(address) === 0) throw new AddressRefused(`${address} is no IP address. Resolve the name first, once.`);
  if (!allowPrivate && !isPublicAddress(address)) {
    throw new AddressRefused(`${address} is not on the public Internet. Allow private addresses where that is meant.`);
  }
  return (signal) =>
    new Promise((resolve, reject) => {
      const socket = open({ host: address, port });
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
