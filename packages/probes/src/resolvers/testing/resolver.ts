import { createSecureServer, type Http2ServerRequest, type Http2ServerResponse } from 'node:http2';
import { createServer as createHttpsServer } from 'node:https';
import type { Socket } from 'node:net';
import { createServer as createTlsServer, type TLSSocket, type TlsOptions } from 'node:tls';
import { decodeMessage, overStream, RCODE } from '../../dns/index.ts';
import { rawRecord, record } from '../../dns/testing/records.ts';
import { type Answer, encodeAnswer } from '../../dns/testing/responder.ts';
import { DNS_MESSAGE } from '../doh.ts';
import { PADDING, TYPE_SVCB } from '../query.ts';

/** The names that the resolver knows. */
export interface Names {
  signed: string;
  bogus: string;
}

/** How a resolver answers; what is left out is as it should be. */
export interface Behaviour {
  validates?: boolean;
  saysAuthentic?: boolean;
  /** Octets that answers are filled up to; 0 for none. */
  block?: number;
  discovery?: boolean;
  /** Options besides. */
  options?: Buffer;
  ttl?: number;
  /** Changes what it says. */
  change?: (said: Answer, query: Buffer) => Answer;
  /** A last look at the message; null is silence. */
  last?: (message: Buffer, query: Buffer) => Buffer | null;
}

const SERVFAIL_ANSWER = { answer: [], authority: [], additional: [] };

/** What a resolver answers to a query. */
export function answerTo(query: Buffer, names: Names, behaviour: Behaviour = {}): Buffer | null {
  const { validates = true, saysAuthentic = true, block = 468, discovery = true, ttl = 300 } = behaviour;
  const { question, checkingDisabled } = decodeMessage(query);
  const name = question?.name ?? '.';
  const options = behaviour.options ?? Buffer.alloc(0);
  let said: Answer = {
    rcode: RCODE.NOERROR,
    authoritative: false,
    answer: [],
    authority: [],
    additional: [],
    edns: { version: 0, flags: 0x8000, options },
  };
  if (question?.type === TYPE_SVCB) {
    // Priority 1, the target, no parameters.
    if (discovery) said.answer = [rawRecord(name, TYPE_SVCB, Buffer.from([0, 1, 0]))];
  } else if (name === names.signed || name === names.bogus) said.answer = [{ ...record(name, 'A', '192.0.2.1'), ttl }];
  else said.rcode = RCODE.NXDOMAIN;
  const refuses = validates && name === names.bogus && !checkingDisabled;
  if (refuses) said = { ...said, ...SERVFAIL_ANSWER, rcode: RCODE.SERVFAIL };
  said = behaviour.change?.(said, query) ?? said;
  if (block > 0 && said.edns) said = padded(query, said, block);
  const message = encodeAnswer(query, said);
  // Recursion is to be had; the data is authentic.
  message.writeUInt8(message.readUInt8(3) | 0x80 | (validates && saysAuthentic && name === names.signed ? 0x20 : 0), 3);
  return behaviour.last ? behaviour.last(message, query) : message;
}

function padded(query: Buffer, said: Answer, block: number): Answer {
  const { edns } = said;
  if (!edns) return said;
  const option = (octets: number): Answer => {
    const head = Buffer.from([0, PADDING, octets >> 8, octets & 255]);
    return { ...said, edns: { ...edns, options: Buffer.concat([edns.options, head, Buffer.alloc(octets)]) } };
  };
  const length = encodeAnswer(query, option(0)).length;
  return option((block - (length % block)) % block);
}

export interface TestResolver {
  port: number;
  /** Methods and paths of requests over HTTPS. */
  requests: string[];
  close(): Promise<void>;
}

/** A resolver over TLS on loopback. `speak` does with the connection what it likes. */
export async function startDot(
  credentials: TlsOptions,
  answer: (query: Buffer) => Buffer | null,
  speak?: (socket: TLSSocket) => void,
): Promise<TestResolver> {
  const server = createTlsServer(credentials, (socket) => {
    socket.on('error', () => {});
    if (speak) return speak(socket);
    let held = Buffer.alloc(0);
    socket.on('data', (chunk: Buffer) => {
      held = Buffer.concat([held, chunk]);
      while (held.length >= 2 && held.length >= 2 + held.readUInt16BE(0)) {
        const end = 2 + held.readUInt16BE(0);
        const said = answer(Buffer.from(held.subarray(2, end)));
        held = held.subarray(end);
        if (said) socket.write(overStream(said));
      }
    });
  });
  return listening(server, []);
}

/** What a request over HTTPS gets. */
export interface HttpAnswer {
  status?: number;
  headers?: Record<string, string>;
  body?: Buffer;
}

export interface HttpBehaviour {
  /** Null for silence. */
  respond?: (good: Required<HttpAnswer>, method: string) => HttpAnswer | null;
  /** Does with the response what it likes. */
  speak?: (response: Http2ServerResponse) => void;
  /** HTTP/1.1 alone. */
  old?: boolean;
  path?: string;
}

/** A resolver over HTTPS on loopback, HTTP/2 unless it is old. */
export async function startDoh(
  credentials: TlsOptions,
  answer: (query: Buffer) => Buffer | null,
  { respond, speak, old = false, path = '/dns-query' }: HttpBehaviour = {},
): Promise<TestResolver> {
  const requests: string[] = [];
  const onRequest = (request: Http2ServerRequest, response: Http2ServerResponse) => {
    const url = new URL(request.url, 'https://dns.test');
    requests.push(`${request.method} ${url.pathname}`);
    if (speak) return speak(response);
    const parts: Buffer[] = [];
    request.on('data', (chunk: Buffer) => parts.push(chunk));
    request.on('end', () => {
      const query =
        request.method === 'POST' ? Buffer.concat(parts) : Buffer.from(url.searchParams.get('dns') ?? '', 'base64url');
      const good =
        url.pathname === path
          ? goodResponse(query, answer(query))
          : { status: 404, headers: {}, body: Buffer.alloc(0) };
      const said = respond ? respond(good, request.method) : good;
      if (said === null) return;
      const { status, headers, body } = { ...good, ...said };
      response.writeHead(status, headers).end(body);
    });
  };
  // Requests and responses of both look alike.
  if (old) return listening(createHttpsServer(credentials, onRequest as never), requests);
  const server = createSecureServer({ ...credentials, allowHTTP1: true }, onRequest);
  server.on('sessionError', () => {});
  return listening(server, requests);
}

function goodResponse(query: Buffer, body: Buffer | null): Required<HttpAnswer> {
  if (query.length < 12 || body === null) return { status: 400, headers: {}, body: Buffer.alloc(0) };
  const ttl = Math.min(300, ...safely(body));
  return { status: 200, headers: { 'content-type': DNS_MESSAGE, 'cache-control': `max-age=${ttl}` }, body };
}

function safely(body: Buffer): number[] {
  try {
    return decodeMessage(body).answer.map(({ ttl }) => ttl);
  } catch {
    return [];
  }
}

type Listening = Pick<ReturnType<typeof createTlsServer>, 'listen' | 'address' | 'close' | 'on'>;

async function listening(server: Listening, requests: string[]): Promise<TestResolver> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.once('close', () => sockets.delete(socket));
  });
  server.on('tlsClientError', () => {});
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    port: (server.address() as { port: number }).port,
    requests,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((done) => server.close(done));
    },
  };
}
