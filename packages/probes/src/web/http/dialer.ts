import { connect as connectTcp, isIP, type Socket } from 'node:net';
import { connect as connectTls, createSecureContext, type SecureContext, type TLSSocket } from 'node:tls';
import { isPublicAddress } from '@proviso/addresses';
import type { OpenSocket } from '../../tls/dial.ts';
import type { Failure, TlsFacts } from './exchange.ts';

/** Where to connect: an address that was resolved before, never a name. */
export interface Target {
  address: string;
  port: number;
  /** Null for plain text. */
  tls: { serverName: string; alpn: string[] } | null;
}

export interface Connection {
  tls: TlsFacts | null;
  /** What has arrived; null at the end. Rejects when the connection breaks or the signal fires. */
  read(signal: AbortSignal): Promise<Uint8Array | null>;
  write(bytes: Uint8Array): Promise<void>;
  close(): void;
}

/** Who opens connections. Rejects with a `DialError`. */
export interface Dialer {
  connect(target: Target, signal: AbortSignal): Promise<Connection>;
}

/** Who opens a TLS connection for a protocol that needs the socket itself. Rejects with a `DialError`. */
export interface SecureDialer {
  secure(
    target: Target & { tls: SecureSettings },
    signal: AbortSignal,
  ): Promise<{ socket: TLSSocket; facts: TlsFacts }>;
}

export type SecureSettings = NonNullable<Target['tls']> & {
  /** The oldest version that is agreed to; TLS 1.0 unless said. */
  oldest?: SecureVersion;
};
type SecureVersion = 'TLSv1' | 'TLSv1.3';

export class DialError extends Error {
  failure: Failure;
  constructor(failure: Failure, detail: string) {
    super(detail);
    this.failure = failure;
  }
}

export interface DialerOptions {
  /** Lets private, loopback and reserved addresses be spoken to. */
  allowPrivate?: boolean;
  /** Trusted roots in PEM; absent means those of Node. */
  roots?: string[];
  /** Begins a TCP connection; `connect` of node:net unless a test leads it elsewhere. */
  open?: OpenSocket;
}

const NODES_OWN: readonly string[] = [];
const contexts = new WeakMap<readonly string[], Map<SecureVersion, SecureContext>>();

/** Made once for a list of roots: reading a hundred of them costs more than a connection, and each name has a dialer of its own. */
function contextOf(roots: readonly string[] = NODES_OWN, oldest: SecureVersion): SecureContext {
  const known = contexts.get(roots) ?? new Map<SecureVersion, SecureContext>();
  contexts.set(roots, known);
  const found = known.get(oldest);
  if (found) return found;
  const made = createSecureContext({
    minVersion: oldest,
    ciphers: 'DEFAULT@SECLEVEL=0',
    ...(roots === NODES_OWN ? {} : { ca: [...roots] }),
  });
  known.set(oldest, made);
  return made;
}

/**
 * Connects by TCP and TLS. It takes any certificate and says whether it was good, so that what a server sends can be looked at; old
 * versions and weak suites are let in for the same reason. Judging them is for others.
 */
export function nodeDialer({
  allowPrivate = false,
  roots,
  open = connectTcp,
}: DialerOptions = {}): Dialer & SecureDialer {
  const plain = async ({ address, port }: Target, signal: AbortSignal): Promise<Socket> => {
    if (isIP(address) === 0) throw new DialError('name', `${address} is not an address`);
    if (!allowPrivate && !isPublicAddress(address)) throw new DialError('blocked-address', address);
    const socket = open({ host: address, port });
    socket.setNoDelay();
    await opened(socket, 'connect', signal);
    return socket;
  };
  const secure: SecureDialer['secure'] = async (target, signal) => {
    const { serverName, alpn, oldest = 'TLSv1' } = target.tls;
    const socket = await plain(target, signal);
    const secured = connectTls({
      socket,
      ...(isIP(serverName) === 0 ? { servername: serverName } : {}),
      host: serverName,
      ...(alpn.length > 0 ? { ALPNProtocols: alpn } : {}),
      rejectUnauthorized: false,
      secureContext: contextOf(roots, oldest),
    });
    await opened(secured, 'secureConnect', signal, 'tls');
    return { socket: secured, facts: factsOf(secured) };
  };
  return {
    secure,
    async connect(target, signal) {
      const { tls } = target;
      if (tls === null) return connectionOver(await plain(target, signal), null);
      const { socket, facts } = await secure({ ...target, tls }, signal);
      return connectionOver(socket, facts);
    },
  };
}

function factsOf(socket: TLSSocket): TlsFacts {
  return {
    version: socket.getProtocol(),
    alpn: socket.alpnProtocol === false ? null : socket.alpnProtocol,
    authorized: socket.authorized,
    // Node gives the code as a text here, whatever its type says.
    error: socket.authorized ? null : String(socket.authorizationError ?? 'unknown').slice(0, 100),
  };
}

/** Waits until a socket stands; whatever else happens ends it. */
function opened(socket: Socket, event: string, signal: AbortSignal, otherwise: Failure = 'unreachable'): Promise<void> {
  return new Promise((resolve, reject) => {
    const settle = (error?: DialError) => {
      socket.off(event, done).off('error', failed).off('close', closed);
      signal.removeEventListener('abort', aborted);
      // What breaks later is told by reading; without a listener it would end the process.
      socket.on('error', () => {});
      if (error !== undefined) socket.destroy();
      if (error === undefined) resolve();
      else reject(error);
    };
    const done = () => settle();
    const failed = (error: NodeJS.ErrnoException) =>
      settle(new DialError(failureOf(error.code, otherwise), error.message.slice(0, 200)));
    const closed = () => settle(new DialError('closed', 'closed while connecting'));
    const aborted = () => settle(new DialError(reasonOf(signal), 'stopped'));
    if (signal.aborted) return aborted();
    socket.once(event, done).once('error', failed).once('close', closed);
    signal.addEventListener('abort', aborted, { once: true });
  });
}

function failureOf(code: string | undefined, otherwise: Failure): Failure {
  if (code === 'ECONNREFUSED') return 'refused';
  if (code === 'ETIMEDOUT') return 'timeout';
  return code === 'ECONNRESET' || code === 'EPIPE' ? 'closed' : otherwise;
}

/** Whether a signal fired by the clock or by a person. */
export function reasonOf(signal: AbortSignal): 'timeout' | 'cancelled' {
  return (signal.reason as Error | undefined)?.name === 'TimeoutError' ? 'timeout' : 'cancelled';
}

/** A socket as one reads and writes it in turn. */
export function connectionOver(socket: Socket, tls: TlsFacts | null): Connection {
  return {
    tls,
    read: (signal) => readSome(socket, signal),
    write: (bytes) =>
      new Promise((resolve, reject) =>
        socket.write(bytes, (error) => (error ? reject(new DialError('closed', error.message)) : resolve())),
      ),
    close: () => socket.destroy(),
  };
}

function readSome(socket: Socket, signal: AbortSignal): Promise<Uint8Array | null> {
  return new Promise((resolve, reject) => {
    const settle = (act: () => void) => {
      socket.off('readable', look).off('end', look).off('close', look);
      signal.removeEventListener('abort', aborted);
      act();
    };
    const look = () => {
      const chunk = socket.read() as Buffer | null;
      if (chunk !== null) settle(() => resolve(chunk));
      else if (socket.errored)
        settle(() => reject(new DialError('closed', String(socket.errored?.message).slice(0, 200))));
      else if (socket.readableEnded || socket.destroyed) settle(() => resolve(null));
    };
    const aborted = () => settle(() => reject(new DialError(reasonOf(signal), 'stopped')));
    if (signal.aborted) return aborted();
    socket.on('readable', look).on('end', look).on('close', look);
    signal.addEventListener('abort', aborted, { once: true });
    look();
  });
}
