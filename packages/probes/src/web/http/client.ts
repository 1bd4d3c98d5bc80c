import { isIP } from 'node:net';
import { within } from '../../deadline.ts';
import { decodeBody } from './decode.ts';
import { type Connection, DialError, type Dialer, reasonOf } from './dialer.ts';
import type { Exchange, Failure } from './exchange.ts';
import { type HttpLimits, readBody, readHead } from './message.ts';
import { byteReader } from './reader.ts';

export interface GetOptions {
  dialer: Dialer;
  /** Where the host of the URL is. */
  address: string;
  signal?: AbortSignal;
  /** Milliseconds for the whole exchange. */
  timeout?: number;
  limits?: Partial<HttpLimits>;
  acceptEncoding?: string;
  /** Media types that are wanted; any unless said. */
  accept?: string;
  /** Sent by POST instead of asking by GET. */
  post?: { type: string; body: Buffer };
  userAgent?: string;
}

const LIMITS: HttpLimits = { line: 16_384, fields: 200, body: 262_144, decoded: 524_288 };

/**
 * Gets a URL once from a given address, or posts to it, over HTTP/1.1 on a connection of its own, following nothing. Never rejects: what goes wrong is a
 * `failure`. A certificate that is not good does not stop it and is told in `tls`.
 */
export function get(url: string, options: GetOptions): Promise<Exchange> {
  return within(options.timeout ?? 10_000, options.signal, (signal) => getUnder(signal, url, options));
}

async function getUnder(signal: AbortSignal, url: string, options: GetOptions): Promise<Exchange> {
  const { dialer, address, acceptEncoding = 'identity', userAgent = 'proviso-probe' } = options;
  const { accept = '*/*', post } = options;
  const limits = { ...LIMITS, ...options.limits };
  const parsed = webUrl(url);
  if (parsed === null) return failedAt(url, address, 'name', 'not a web address');
  let connection: Connection | null = null;
  try {
    connection = await dialer.connect(targetOf(parsed, address), signal);
    const fields = {
      Host: parsed.host,
      'User-Agent': userAgent,
      Accept: accept,
      'Accept-Encoding': acceptEncoding,
      Connection: 'close',
      ...(post ? { 'Content-Type': post.type, 'Content-Length': String(post.body.length) } : {}),
    };
    const lines = [
      `${post ? 'POST' : 'GET'} ${parsed.pathname}${parsed.search} HTTP/1.1`,
      ...Object.entries(fields).map((field) => field.join(': ')),
      '',
      '',
    ];
    await connection.write(Buffer.concat([Buffer.from(lines.join('\r\n'), 'latin1'), ...(post ? [post.body] : [])]));
    const reader = byteReader(connection, signal, limits.body * 2 + limits.line * limits.fields);
    const head = await readHead(reader, limits);
    const raw = await readBody(reader, head, limits);
    const codings = head.headers
      .filter(([name]) => name.toLowerCase() === 'content-encoding')
      .map(([, value]) => value);
    const { bytes, truncated } = await decodeBody(raw, codings, limits.decoded);
    return {
      outcome: 'response',
      url: parsed.href,
      address,
      tls: connection.tls,
      ...head,
      body: bytes.toString('base64'),
      truncated,
    };
  } catch (error) {
    if (error instanceof DialError) return failedAt(parsed.href, address, error.failure, error.message);
    if (signal.aborted) return failedAt(parsed.href, address, reasonOf(signal), 'stopped');
    throw error;
  } finally {
    connection?.close();
  }
}

/** A URL that can be got: http or https, without a name and password. */
export function webUrl(text: string, base?: string): URL | null {
  const url = URL.parse(text, base);
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:') || url.hostname === '') return null;
  return url.username === '' && url.password === '' ? url : null;
}

function targetOf(url: URL, address: string) {
  const secure = url.protocol === 'https:';
  const port = url.port === '' ? (secure ? 443 : 80) : Number(url.port);
  const serverName = url.hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');
  return { address, port, tls: secure ? { serverName, alpn: ['http/1.1'] } : null };
}

export function failedAt(url: string, address: string | null, failure: Failure, detail: string): Exchange {
  return { outcome: 'failure', url, address, failure, detail: detail.slice(0, 200) };
}

/** A visit: each exchange in order, and how it ended. */
export interface Visit {
  exchanges: Exchange[];
  end: 'final' | 'failure' | 'loop' | 'limit' | 'bad-location';
}

export interface FollowOptions extends Omit<GetOptions, 'address'> {
  /** The one address of a host, looked up once and kept by the caller; a failure says why there is none. */
  addressOf(host: string): Promise<string | Failure>;
  maxRedirects?: number;
  /** Ports that a redirect may lead to, beside that of the first URL. */
  ports?: readonly number[];
}

const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/** Gets a URL and goes where it is sent (RFC 9110 section 15.4), a bounded number of times. Never rejects. */
export async function follow(
  url: string,
  { addressOf, maxRedirects = 10, ports = [80, 443], ...options }: FollowOptions,
): Promise<Visit> {
  const exchanges: Exchange[] = [];
  const seen = new Set<string>();
  const first = webUrl(url);
  for (let next = first; next !== null; ) {
    if (seen.has(next.href)) return { exchanges, end: 'loop' };
    if (seen.size > maxRedirects) return { exchanges, end: 'limit' };
    seen.add(next.href);
    const host = next.hostname.replace(/^\[|\]$/g, '');
    const address = isIP(host) === 0 ? await addressOf(host) : host;
    const usable = isIP(address) !== 0;
    const exchange = usable
      ? await get(next.href, { ...options, address })
      : failedAt(next.href, null, address as Failure, host);
    exchanges.push(exchange);
    if (exchange.outcome === 'failure') return { exchanges, end: 'failure' };
    const [location, other] = exchange.headers
      .filter(([name]) => name.toLowerCase() === 'location')
      .map(([, value]) => value);
    if (!REDIRECTS.has(exchange.status) || location === undefined) return { exchanges, end: 'final' };
    const target = other === undefined || other === location ? webUrl(location, next.href) : null;
    if (target === null || !isAllowed(target, first, ports)) return { exchanges, end: 'bad-location' };
    target.hash = '';
    next = target;
  }
  return { exchanges: [failedAt(url, null, 'name', 'not a web address')], end: 'failure' };
}

function isAllowed(target: URL, first: URL | null, ports: readonly number[]): boolean {
  const port = target.port === '' ? null : Number(target.port);
  return port === null || target.port === first?.port || ports.includes(port);
}
