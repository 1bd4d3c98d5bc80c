import { createSocket } from 'node:dgram';
import { connect, isIPv6 } from 'node:net';
import type { Failure } from '../ask/ask.ts';
import { overStream } from './stream.ts';
import type { Exchange, Transport } from './transport.ts';

/** Datagrams that answer something else before a socket is given up. */
const MOST_STRAYS = 16;

/** Real sockets. Each query has one of its own, so its port is chosen afresh by the system (RFC 5452 section 9.2). */
export const sockets: Transport = (exchange) => (exchange.via === 'udp' ? overUdp(exchange) : overTcp(exchange));

/** Runs `start` until it settles, the time is up or the signal fires, and then `stop`, once. */
function bounded(
  { timeout, signal }: Exchange,
  start: (settle: (outcome: Buffer | Failure) => void) => () => void,
): Promise<Buffer | Failure> {
  return new Promise((resolve) => {
    let stop: (() => void) | undefined;
    let over = false;
    const settle = (outcome: Buffer | Failure): void => {
      if (over) return;
      over = true;
      clearTimeout(timer);
      signal.removeEventListener('abort', cancel);
      stop?.();
      resolve(outcome);
    };
    const cancel = (): void => settle('cancelled');
    const timer = setTimeout(() => settle('timeout'), timeout);
    signal.addEventListener('abort', cancel);
    stop = start(settle);
    if (over) stop();
    else if (signal.aborted) cancel();
  });
}

function overUdp(exchange: Exchange): Promise<Buffer | Failure> {
  const { server, message, accepts } = exchange;
  return bounded(exchange, (settle) => {
    const socket = createSocket(isIPv6(server.address) ? 'udp6' : 'udp4');
    let strays = 0;
    let closed = false;
    socket.on('error', (error) => settle(failureOf(error)));
    // Connected, so the system drops datagrams from elsewhere and tells of a closed port.
    socket.connect(server.port, server.address, () => {
      if (!closed) socket.send(message, (error) => error && settle(failureOf(error)));
    });
    socket.on('message', (bytes) => {
      if (accepts(bytes)) settle(bytes);
      else if (++strays > MOST_STRAYS) settle('flooded');
    });
    return () => {
      if (!closed) socket.close();
      closed = true;
    };
  });
}

function overTcp(exchange: Exchange): Promise<Buffer | Failure> {
  const { server, message, accepts } = exchange;
  return bounded(exchange, (settle) => {
    const socket = connect({ host: server.address, port: server.port });
    let received = Buffer.alloc(0);
    socket.on('error', (error) => settle(failureOf(error)));
    socket.on('close', () => settle('refused'));
    socket.on('connect', () => socket.write(overStream(message)));
    socket.on('data', (chunk: Buffer) => {
      received = Buffer.concat([received, chunk]);
      // One answer is 64 KiB at most; whatever is sent beyond it is never read.
      if (received.length < 2 || received.length < 2 + received.readUInt16BE(0)) return;
      const bytes = Buffer.from(received.subarray(2, 2 + received.readUInt16BE(0)));
      settle(accepts(bytes) ? bytes : 'malformed');
    });
    return () => socket.destroy();
  });
}

function failureOf(error: Error & { code?: string }): Failure {
  if (error.code === 'ECONNREFUSED' || error.code === 'ECONNRESET' || error.code === 'EPIPE') return 'refused';
  return error.code === 'ETIMEDOUT' ? 'timeout' : 'unreachable';
}
