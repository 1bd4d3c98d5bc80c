import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { certificate, key } from './certificate.ts';

export interface TestServer {
  port: number;
  /** The first line of each request, in order. */
  requests: string[];
  close(): Promise<void>;
}

/** A server on loopback that answers each connection's first request with bytes, or does with the socket what it likes. */
export async function serveBytes(
  answer: (path: string, socket: Socket, head: string) => string | Buffer | null,
  { tls = false, alpn = ['http/1.1'] } = {},
): Promise<TestServer> {
  const sockets = new Set<Socket>();
  const requests: string[] = [];
  const onSocket = (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    let head = '';
    socket.on('data', (bytes) => {
      const before = head;
      head += bytes.toString('latin1');
      if (before.includes('\r\n\r\n') || !head.includes('\r\n\r\n')) return;
      const [first = ''] = head.split('\r\n');
      requests.push(first);
      const out = answer(first.split(' ')[1] ?? '', socket, head);
      if (out !== null) socket.end(typeof out === 'string' ? Buffer.from(out, 'latin1') : out);
    });
  };
  const server: Server = tls
    ? createTlsServer({ key, cert: certificate, ALPNProtocols: alpn }, onSocket)
    : createServer(onSocket);
  if (tls) server.on('tlsClientError', () => {});
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as { port: number }).port,
    requests,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

/** A response in full, with its length. */
export function http(status: number, headers: Record<string, string> = {}, body: string | Buffer = ''): Buffer {
  const bytes = Buffer.from(body as string, 'latin1');
  const lines = Object.entries({ 'Content-Length': String(bytes.length), ...headers }).map((field) => field.join(': '));
  return Buffer.concat([Buffer.from([`HTTP/1.1 ${status} x`, ...lines, '', ''].join('\r\n'), 'latin1'), bytes]);
}
