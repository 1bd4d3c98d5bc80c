import { randomBytes } from 'node:crypto';
import { isIP } from 'node:net';
import { within } from '../deadline.ts';
import { overStream } from '../dns/index.ts';
import {
  type ByteReader,
  byteReader,
  connectionOver,
  DialError,
  type Dialer,
  type Exchange,
  failedAt,
  get,
  type SecureDialer,
} from '../web/index.ts';
import { DNS_MESSAGE, failureOf, getUrl, Http2Questions } from './doh.ts';
import type { ResolverEvidence, ResolverExchange } from './evidence.ts';
import type { ResolverProfile } from './profile.ts';
import { type Query, queriesFor, writeQuery } from './query.ts';

/** Where questions over HTTPS go unless it was said (RFC 8484 section 4.1 gives this path as its example). */
const USUAL_PATH = '/dns-query';
/** Octets that one connection may bring in all. */
const MOST_OCTETS = 256 * 1024;

export interface ResolverOptions {
  dialer: Dialer & SecureDialer;
  profile: ResolverProfile;
  now(): number;
  signal: AbortSignal;
  /** Milliseconds for each exchange. */
  timeout: number;
  userAgent: string;
  random?: (octets: number) => Buffer;
}

export interface ResolverPlace {
  host: string;
  address: string;
  port: number;
  service: 'dot' | 'doh';
  path?: string | undefined;
}

/**
 * Asks a resolver over one encrypted way, as its users do: at most five questions, over one connection where the way lets it. Never rejects for
 * what a server does.
 */
export async function gatherResolver(place: ResolverPlace, options: ResolverOptions): Promise<ResolverEvidence> {
  const { host, address, port, service, path = USUAL_PATH } = place;
  const queries = queriesFor(options.profile.names, service === 'doh');
  const told = {
    schema: 'proviso.resolver/1' as const,
    host,
    address,
    port,
    service,
    path: service === 'doh' ? path : null,
    at: new Date(options.now()).toISOString(),
  };
  const seen = await (service === 'dot' ? overTls(place, queries, options) : overHttps(place, path, queries, options));
  return { ...told, ...seen };
}

type Seen = Pick<ResolverEvidence, 'failure' | 'exchanges'>;
const none = (query: Query, sent: Buffer, failure: string | null): ResolverExchange => ({
  purpose: query.purpose,
  name: query.name,
  sent: sent.toString('base64'),
  received: null,
  http: null,
  failure,
});

/** A connection under TLS, or why there is none. */
function dialled(target: Parameters<SecureDialer['secure']>[0], { dialer, signal, timeout }: ResolverOptions) {
  return within(timeout, signal, async (bounded) => {
    try {
      return await dialer.secure(target, bounded);
    } catch (error) {
      return failureOf(error, bounded);
    }
  });
}

/** One connection, one question after the other (RFC 7858 section 3.3). */
async function overTls(
  { host, address, port }: ResolverPlace,
  queries: readonly Query[],
  options: ResolverOptions,
): Promise<Seen> {
  const exchanges: ResolverExchange[] = [];
  const random = options.random ?? randomBytes;
  const secured = await dialled({ address, port, tls: { serverName: host, alpn: [] } }, options);
  if (typeof secured === 'string') return { failure: secured, exchanges };
  const connection = connectionOver(secured.socket, secured.facts);
  const ask = (query: Query, sent: Buffer): Promise<ResolverExchange> =>
    within(options.timeout, options.signal, async (signal) => {
      try {
        await connection.write(overStream(sent));
        const received = await readMessage(byteReader(connection, signal, MOST_OCTETS));
        return { ...none(query, sent, null), received: received.toString('base64') };
      } catch (error) {
        return none(query, sent, failureOf(error, signal));
      }
    });
  try {
    for (const query of queries) {
      const exchange = await ask(query, writeQuery(query, random(2).readUInt16BE(0)));
      exchanges.push(exchange);
      if (exchange.failure !== null) break;
    }
  } finally {
    connection.close();
  }
  return { failure: null, exchanges };
}

/** One message with its length before it (RFC 7766 section 8). @throws DialError where it ends before that length */
async function readMessage(reader: ByteReader): Promise<Buffer> {
  const take = async (count: number): Promise<Buffer> => {
    const parts: Buffer[] = [];
    for (let left = count; left > 0; ) {
      const part = await reader.some(left);
      if (part === null) throw new DialError('closed', 'ended inside a message');
      parts.push(part);
      left -= part.length;
    }
    return Buffer.concat(parts);
  };
  const length = (await take(2)).readUInt16BE(0);
  return take(length);
}

/** HTTP/2 over one connection where the server agrees to it, else a connection of HTTP/1.1 for each question. */
async function overHttps(
  { host, address, port }: ResolverPlace,
  path: string,
  queries: readonly Query[],
  options: ResolverOptions,
): Promise<Seen> {
  const { dialer, signal, timeout, userAgent } = options;
  const authority = isIP(host) === 6 ? `[${host}]` : host;
  const base = new URL(`https://${authority}${port === 443 ? '' : `:${port}`}${path}`);
  const secured = await dialled({ address, port, tls: { serverName: host, alpn: ['h2', 'http/1.1'] } }, options);
  if (typeof secured === 'string') return { failure: secured, exchanges: [] };
  const questions = secured.facts.alpn === 'h2' ? new Http2Questions(secured.socket, base, secured.facts) : null;
  if (questions === null) secured.socket.destroy();
  const exchanges: ResolverExchange[] = [];
  try {
    for (const query of queries) {
      // With the number 0 the same question is the same to a cache (RFC 8484 section 4.1).
      const sent = writeQuery(query, 0);
      const byGet = query.purpose === 'signed-get';
      const url = byGet ? getUrl(base, sent) : base;
      const body = byGet ? null : sent;
      const http: Exchange = signal.aborted
        ? failedAt(url.href, address, 'cancelled', 'stopped')
        : questions
          ? await within(timeout, signal, (bounded) => questions.ask({ url, address, body, userAgent }, bounded))
          : await get(url.href, {
              dialer,
              address,
              signal,
              timeout,
              userAgent,
              accept: DNS_MESSAGE,
              ...(body ? { post: { type: DNS_MESSAGE, body } } : {}),
            });
      exchanges.push({ ...none(query, sent, null), http });
      // Who was silent once would only take as long again.
      if (http.outcome === 'failure') break;
    }
    return { failure: null, exchanges };
  } finally {
    questions?.close();
  }
}
