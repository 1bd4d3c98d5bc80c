import { type ClientHttp2Session, connect, constants, type IncomingHttpHeaders } from 'node:http2';
import type { TLSSocket } from 'node:tls';
import { DialError, type Exchange, type Failure, failedAt, reasonOf, type TlsFacts } from '../web/index.ts';

/** The media type of a DNS message (RFC 8484 section 6). */
export const DNS_MESSAGE = 'application/dns-message';
/** Octets of a response's body that are kept: one DNS message. */
const MOST_OCTETS = 65_535;

export interface HttpQuestion {
  url: URL;
  address: string;
  /** Sent by POST; asked by GET, in the URL, where it is null. */
  body: Buffer | null;
  userAgent: string;
}

/** The URL of a question that is asked by GET (RFC 8484 section 4.1). */
export function getUrl(base: URL, message: Buffer): URL {
  const url = new URL(base);
  url.searchParams.set('dns', message.toString('base64url'));
  return url;
}

/**
 * One connection of HTTP/2 over a socket on which it was agreed to, by the client of Node: bounded in what it keeps of headers and bodies. A
 * session that breaks is told by the questions that are open.
 */
export class Http2Questions {
  readonly #session: ClientHttp2Session;
  readonly #facts: TlsFacts;
  #broken: string | null = null;

  constructor(socket: TLSSocket, origin: URL, facts: TlsFacts) {
    this.#facts = facts;
    this.#session = connect(origin.origin, {
      createConnection: () => socket,
      maxHeaderListPairs: 200,
      maxSessionMemory: 1,
      settings: { enablePush: false, maxHeaderListSize: 16_384 },
    });
    this.#session.on('error', (error) => {
      this.#broken = error.message;
    });
  }

  /** Asks one question. Never rejects: what goes wrong is a `failure`. */
  ask({ url, address, body, userAgent }: HttpQuestion, signal: AbortSignal): Promise<Exchange> {
    return new Promise((resolve) => {
      const fail = (failure: Failure, detail: string): void => settle(failedAt(url.href, address, failure, detail));
      const stopped = (): void => fail(reasonOf(signal), 'stopped');
      let over = false;
      const settle = (exchange: Exchange): void => {
        if (over) return;
        over = true;
        signal.removeEventListener('abort', stopped);
        stream?.close(constants.NGHTTP2_CANCEL);
        resolve(exchange);
      };
      const stream = this.#begin(url, body, userAgent);
      if (stream === null) return fail('closed', this.#broken ?? 'the connection has ended');
      if (signal.aborted) return stopped();
      signal.addEventListener('abort', stopped, { once: true });
      let head: IncomingHttpHeaders & { ':status'?: number | undefined } = {};
      const kept: Buffer[] = [];
      let size = 0;
      const done = (truncated: boolean): void => {
        const status = head[':status'];
        if (status === undefined) fail('closed', this.#broken ?? 'ended before a response');
        else
          settle({
            outcome: 'response',
            url: url.href,
            address,
            tls: this.#facts,
            version: 'HTTP/2',
            status,
            headers: listed(head),
            body: Buffer.concat(kept).subarray(0, MOST_OCTETS).toString('base64'),
            truncated,
          });
      };
      stream.on('response', (headers) => {
        head = headers;
      });
      stream.on('data', (chunk: Buffer) => {
        kept.push(chunk);
        size += chunk.length;
        if (size > MOST_OCTETS) done(true);
      });
      let ended = false;
      stream.on('end', () => {
        ended = true;
      });
      stream.on('error', (error) => fail('closed', error.message));
      // A stream that was reset ends too: only what was closed without a code is whole.
      stream.on('close', () => done(!ended || stream.rstCode !== constants.NGHTTP2_NO_ERROR));
      stream.end(body ?? undefined);
    });
  }

  #begin(url: URL, body: Buffer | null, userAgent: string) {
    if (this.#session.closed || this.#session.destroyed) return null;
    try {
      return this.#session.request({
        ':method': body === null ? 'GET' : 'POST',
        ':path': `${url.pathname}${url.search}`,
        accept: DNS_MESSAGE,
        'user-agent': userAgent,
        ...(body === null ? {} : { 'content-type': DNS_MESSAGE, 'content-length': String(body.length) }),
      });
    } catch (error) {
      this.#broken = error instanceof Error ? error.message : String(error);
      return null;
    }
  }

  close(): void {
    this.#session.destroy();
  }
}

function listed(headers: IncomingHttpHeaders): [string, string][] {
  return Object.entries(headers)
    .filter(([name]) => !name.startsWith(':'))
    .flatMap(([name, value]) => [value ?? []].flat().map((one): [string, string] => [name, String(one)]));
}

/** What failed in connecting, in the words of evidence. */
export function failureOf(error: unknown, signal: AbortSignal): Failure {
  if (error instanceof DialError) return error.failure;
  if (signal.aborted) return reasonOf(signal);
  throw error;
}
