import { randomBytes } from 'node:crypto';
import { isIP } from 'node:net';
import { within } from '../deadline.ts';
import type { Server, Transport } from '../dns/index.ts';
import { byteReader, connectionOver, DialError, type Failure, reasonOf, type SecureDialer } from '../web/index.ts';
import type { KE_ENDS, NtsEvidence } from './evidence.ts';
import { writeRequest } from './ntp.ts';
import { AES_SIV_CMAC_256, NTPV4, RECORD, REQUEST, readRecords } from './records.ts';

/** Octets that an answer of key establishment may have: eight cookies take about a thousand. */
const MOST_OCTETS = 65_536;
/** Requests for time, until one is answered: datagrams get lost. */
const REQUESTS = 3;

export interface NtsOptions {
  dialer: SecureDialer;
  /** Sends a datagram and waits for its answer. */
  datagram: Transport;
  /** One address of a host that a server named, or null where there is none. */
  addressOf(host: string): Promise<string | null>;
  /** Whether an address may be spoken to. */
  permits(address: string): boolean;
  /** Waits until an address may be spoken to again. */
  pace(address: string, signal: AbortSignal): Promise<void>;
  /** Milliseconds since 1970. */
  now(): number;
  signal: AbortSignal;
  /** Milliseconds for key establishment, and for each datagram. */
  timeout: number;
  random?: (octets: number) => Buffer;
}

interface Place {
  host: string;
  address: string;
  port: number;
}

/**
 * Asks a time server as a client of RFC 8915 does: one key establishment, at most three requests for time, and one that is forged. Each cookie is
 * used once. Never rejects for what a server does.
 */
export async function gatherNts(place: Place, options: NtsOptions): Promise<NtsEvidence> {
  const at = new Date(options.now()).toISOString();
  const ke = await within(options.timeout, options.signal, (signal) => establish(place, options, signal));
  return { schema: 'proviso.nts/1', ...place, at, ke, ntp: await askTime(place, ke, options) };
}

async function establish(
  { host, address, port }: Place,
  options: NtsOptions,
  signal: AbortSignal,
): Promise<NtsEvidence['ke']> {
  const ke: NtsEvidence['ke'] = { ended: 'unreachable', detail: '', alpn: null, received: '', keys: null };
  const received: Buffer[] = [];
  const end = (ended: (typeof KE_ENDS)[number], detail = ''): NtsEvidence['ke'] => ({
    ...ke,
    ended,
    detail: detail.slice(0, 200),
    received: Buffer.concat(received).toString('base64'),
  });
  try {
    const tls = { serverName: host, alpn: ['ntske/1'], oldest: 'TLSv1.3' as const };
    const { socket, facts } = await options.dialer.secure({ address, port, tls }, signal);
    const connection = connectionOver(socket, facts);
    try {
      ke.alpn = facts.alpn;
      // Whoever did not choose the protocol speaks another one, and is told nothing (RFC 8915 section 4).
      if (facts.alpn !== 'ntske/1') return end('answered');
      ke.keys = { clientToServer: exported(socket, 0), serverToClient: exported(socket, 1) };
      await connection.write(REQUEST);
      const reader = byteReader(connection, signal, MOST_OCTETS);
      // Of records that are whole nothing is read again: octet by octet that would take the square of the time.
      let open: Buffer = Buffer.alloc(0);
      for (let some = await reader.some(MOST_OCTETS); some !== null; some = await reader.some(MOST_OCTETS)) {
        received.push(some);
        open = Buffer.concat([open, some]);
        const { done, rest } = readRecords(open);
        if (done) return end('answered');
        open = open.subarray(open.length - rest);
      }
      return end('closed');
    } finally {
      connection.close();
    }
  } catch (error) {
    if (error instanceof DialError) return end(ENDS[error.failure] ?? 'unreachable', error.message);
    if (signal.aborted) return end('timeout', reasonOf(signal));
    throw error;
  }
}

const ENDS: Partial<Record<Failure, (typeof KE_ENDS)[number]>> = {
  timeout: 'timeout',
  cancelled: 'timeout',
  limit: 'limit',
  refused: 'refused',
  closed: 'closed',
  tls: 'tls',
  'blocked-address': 'blocked',
};

/** A key of the session, for NTPv4 and AES-SIV-CMAC-256 (RFC 8915 section 5.1). */
function exported(
  socket: { exportKeyingMaterial(length: number, label: string, context: Buffer): Buffer },
  direction: 0 | 1,
): string {
  const context = Buffer.from([0, NTPV4, 0, AES_SIV_CMAC_256, direction]);
  return socket.exportKeyingMaterial(32, 'EXPORTER-network-time-security', context).toString('base64');
}

type Ntp = NonNullable<NtsEvidence['ntp']>;

/** Asks for time where key establishment said, with what it gave, whatever else may be wrong with that: judging is for others. */
async function askTime(place: Place, ke: NtsEvidence['ke'], options: NtsOptions): Promise<NtsEvidence['ntp']> {
  const { records } = readRecords(Buffer.from(ke.received, 'base64'));
  const cookies = records.filter(({ type, body }) => type === RECORD.cookie && body.length > 0 && body.length <= 1024);
  if (ke.keys === null || cookies.length === 0) return null;
  const said = records.find(({ type }) => type === RECORD.server)?.body.toString('latin1');
  const [portBody] = records.flatMap(({ type, body }) => (type === RECORD.port && body.length === 2 ? [body] : []));
  const server = said !== undefined && /^[A-Za-z0-9.:-]{1,253}$/.test(said) ? said : place.address;
  const port = portBody?.readUInt16BE(0) || 123;
  const address = isIP(server) === 0 ? await options.addressOf(server) : server;
  const exchanges: Ntp['exchanges'] = [];
  if (address === null || !options.permits(address)) return { server, address: null, port, exchanges };
  const random = options.random ?? randomBytes;
  const key = Buffer.from(ke.keys.clientToServer, 'base64');
  let next = 0;
  const ask = async (kind: Ntp['exchanges'][number]['kind']): Promise<boolean> => {
    const cookie = cookies[next++]?.body;
    if (cookie === undefined || options.signal.aborted) return true;
    const origin = random(8);
    const sent = writeRequest({ key, cookie, identifier: random(32), nonce: random(16), origin });
    // The last octet is of the authenticator's tag: with another one it is no longer of us.
    if (kind === 'forged') sent[sent.length - 1] = (sent[sent.length - 1] as number) ^ 1;
    exchanges.push(await send(kind, sent, origin, { address, port }, options));
    return exchanges.at(-1)?.received !== null;
  };
  for (let turn = 0; turn < REQUESTS; turn += 1) if (await ask('honest')) break;
  // Who answers with a refusal instead of time, as for too many requests, gets no more of them (RFC 5905 section 7.4).
  if (exchanges.some(({ received }) => received !== null && Buffer.from(received, 'base64').at(1) !== 0))
    await ask('forged');
  return { server, address, port, exchanges };
}

async function send(
  kind: 'honest' | 'forged',
  sent: Buffer,
  origin: Buffer,
  server: Server,
  { datagram, pace, now, signal, timeout }: NtsOptions,
): Promise<Ntp['exchanges'][number]> {
  const begun = { kind, sent: sent.toString('base64'), received: null, failure: null };
  try {
    await pace(server.address, signal);
  } catch {
    return { ...begun, failure: 'cancelled', sentAt: now(), receivedAt: now() };
  }
  const sentAt = now();
  const outcome = await datagram({
    server,
    via: 'udp',
    message: sent,
    timeout: Math.min(timeout, 3000),
    // What carries our random time answers us; nobody on the side can know it.
    accepts: (bytes) => bytes.length >= 48 && bytes.length <= 65_507 && bytes.subarray(24, 32).equals(origin),
    signal,
  });
  const receivedAt = now();
  return typeof outcome === 'string'
    ? { ...begun, failure: outcome, sentAt, receivedAt }
    : { ...begun, received: outcome.toString('base64'), sentAt, receivedAt };
}
