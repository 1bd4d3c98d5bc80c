import type { Duplex } from 'node:stream';
import { connect, createSecureContext, type SecureContext, type TLSSocket } from 'node:tls';
import { overStream } from '../dns/transport/stream.ts';
import { encodeQuery } from '../dns/wire/message.ts';
import { ROOT } from '../dns/wire/name.ts';
import { TYPE } from '../dns/wire/types.ts';
import { REQUEST } from '../time/records.ts';
import type { Handshake } from './evidence.ts';
import { bounded, endOf, open, type Wire } from './exchange.ts';
import type { Service } from './prologue.ts';
import { maxEarlyDataOf } from './session.ts';

/** One more than NCSC-NL 2025-05 section 3.4.2 lets a server allow. */
const RENEGOTIATIONS_TRIED = 11;
const CERTIFICATES_LIMIT = 20;

/** Where the root's servers are: what every resolver knows. */
const DOT_NUDGE = overStream(
  encodeQuery(ROOT, TYPE.NS, {
    id: 1,
    recursionDesired: true,
    checkingDisabled: false,
    authenticData: false,
    edns: null,
  }),
);

/** What makes a server speak after the handshake: its tickets come before its answer (RFC 8446 section 4.6.1). */
const NUDGES: Record<Service, (host: string) => string | Uint8Array> = {
  tls: head,
  doh: head,
  nts: () => REQUEST,
  dot: () => DOT_NUDGE,
  smtp: () => 'EHLO probe.invalid\r\n',
  submission: () => 'EHLO probe.invalid\r\n',
  imap: () => 'a2 NOOP\r\n',
  pop3: () => 'CAPA\r\n',
};

function head(host: string): string {
  return `HEAD / HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`;
}

export interface HandshakeOptions {
  host: string | null;
  service: Service;
  version: 'TLSv1.2' | 'TLSv1.3' | 'any';
  /** Try to renegotiate; TLS 1.2 only. */
  renegotiate: boolean;
  alpn?: string[];
}

/**
 * One whole handshake by OpenSSL, which trusts nothing and judges nothing: the chain, the staple and the tickets are what is wanted. No early
 * data is ever sent: what a ticket allows says it all (RFC 8446 section 4.6.1). Never throws.
 */
export function handshake(wire: Wire, options: HandshakeOptions): Promise<Handshake> {
  return bounded(wire, (signal) => handshakeUnder(signal, wire, options));
}

async function handshakeUnder(signal: AbortSignal, wire: Wire, options: HandshakeOptions): Promise<Handshake> {
  try {
    const channel = await open(wire, signal, []);
    try {
      return await over(channel.handOver(), options, signal);
    } finally {
      channel.close();
    }
  } catch (cause) {
    return { ...NOTHING, ended: 'unreachable', detail: endOf(cause).detail || endOf(cause).ended };
  }
}

const NOTHING: Handshake = {
  ended: 'failed',
  version: null,
  suite: null,
  alpn: null,
  chain: [],
  stapled: null,
  tickets: [],
  ticketsSettled: false,
  renegotiations: null,
};

const contexts = new Map<HandshakeOptions['version'], SecureContext>();

/** What is offered in that version; one for all connections, as making it takes long. */
function contextOf(version: HandshakeOptions['version']): SecureContext {
  let context = contexts.get(version);
  if (!context) {
    context = createSecureContext({
      minVersion: version === 'TLSv1.3' ? 'TLSv1.3' : 'TLSv1',
      maxVersion: version === 'TLSv1.2' ? 'TLSv1.2' : 'TLSv1.3',
      // Weak ciphers and keys too: a certificate that OpenSSL would refuse is still to be seen.
      ciphers: 'DEFAULT:@SECLEVEL=0',
    });
    contexts.set(version, context);
  }
  return context;
}

async function over(
  stream: Duplex,
  { host, service, version, renegotiate, alpn }: HandshakeOptions,
  signal: AbortSignal,
): Promise<Handshake> {
  const found: Handshake = structuredClone(NOTHING);
  const socket = connect({
    socket: stream,
    ...(host && { servername: host }),
    rejectUnauthorized: false,
    requestOCSP: true,
    secureContext: contextOf(version),
    ...(alpn && { ALPNProtocols: alpn }),
  });
  socket.on('OCSPResponse', (response: Buffer | null) => {
    if (response?.length) found.stapled = response.toString('base64');
  });
  // A ticket that cannot be read may allow anything, so then they are never settled.
  let unread = false;
  socket.on('session', (session: Buffer) => {
    const maxEarlyData = maxEarlyDataOf(session);
    if (maxEarlyData === null) unread = true;
    else if (found.tickets.length < 16) found.tickets.push({ maxEarlyData });
  });
  try {
    const connected = await event(socket, 'secureConnect', signal);
    if (connected !== 'secureConnect')
      return { ...found, ended: connected === 'timeout' ? 'timeout' : 'failed', detail: connected };
    found.ended = 'complete';
    found.version = socket.getProtocol();
    found.suite = socket.getCipher()?.standardName ?? null;
    found.alpn = socket.alpnProtocol || null;
    found.chain = chainOf(socket);
    if (renegotiate && found.version !== 'TLSv1.3') found.renegotiations = await renegotiations(socket, signal);
    if (found.version !== 'TLSv1.3') return found;
    socket.write(NUDGES[service](host ?? 'localhost'));
    const spoke = await event(socket, 'data', signal);
    found.ticketsSettled = !unread && (spoke === 'data' || spoke === 'end' || spoke === 'close');
    return found;
  } finally {
    socket.destroy();
  }
}

/** Waits for that event, or for what makes it impossible: says which it was, or the error's message. */
function event(socket: TLSSocket, wanted: 'secureConnect' | 'data', signal: AbortSignal): Promise<string> {
  return new Promise((resolve) => {
    const names = [wanted, 'end', 'close'] as const;
    const listeners = names.map((name) => [name, () => settle(name)] as const);
    const failed = (error: Error) => settle(error.message.slice(0, 500) || 'error');
    const late = () => settle('timeout');
    const settle = (outcome: string) => {
      for (const [name, listener] of listeners) socket.off(name, listener);
      signal.removeEventListener('abort', late);
      resolve(outcome);
    };
    for (const [name, listener] of listeners) socket.once(name, listener);
    socket.on('error', failed);
    if (socket.destroyed) settle('close');
    else if (signal.aborted) late();
    else signal.addEventListener('abort', late, { once: true });
  });
}

function chainOf(socket: TLSSocket): string[] {
  const chain: string[] = [];
  let at = socket.getPeerX509Certificate();
  while (at && chain.length < CERTIFICATES_LIMIT && !chain.includes(at.raw.toString('base64'))) {
    chain.push(at.raw.toString('base64'));
    at = at.issuerCertificate;
  }
  return chain;
}

const ENDED = ['close', 'end', 'error'] as const;

/** How often the server renegotiates when asked to, up to its first refusal; null where it leaves us waiting. */
async function renegotiations(socket: TLSSocket, signal: AbortSignal): Promise<number | null> {
  for (let done = 0; done < RENEGOTIATIONS_TRIED; done += 1) {
    const agreed = await new Promise<boolean>((resolve) => {
      const settle = (yes: boolean) => {
        signal.removeEventListener('abort', no);
        for (const ended of ENDED) socket.off(ended, no);
        resolve(yes);
      };
      const no = () => settle(false);
      signal.addEventListener('abort', no, { once: true });
      for (const ended of ENDED) socket.once(ended, no);
      try {
        if (socket.renegotiate({ rejectUnauthorized: false }, (error) => settle(!error)) === false) no();
      } catch {
        no();
      }
    });
    if (signal.aborted) return null;
    if (!agreed) return done;
  }
  return RENEGOTIATIONS_TRIED;
}
