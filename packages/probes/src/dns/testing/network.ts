import { createSocket } from 'node:dgram';
import { createServer, type Socket } from 'node:net';
import type { Failure } from '../ask/ask.ts';
import type { Transport } from '../transport/transport.ts';
import { decodeMessage, type Message } from '../wire/message.ts';
import { type Answer, answerFrom, encodeAnswer } from './responder.ts';
import type { Zone } from './zone.ts';

/** One server of a made-up network: zones, or why it does not answer; and a last word on what it says. */
export interface Host {
  zones?: readonly Zone[];
  silent?: Partial<Record<'udp' | 'tcp', Failure>>;
  /** Answers over UDP that are longer are cut off. */
  udpSize?: number;
  say?: (said: Answer, query: Message, via: 'udp' | 'tcp') => Answer | Failure | Buffer;
}

/** What a host answers to a query, in octets. */
export function hostAnswer(host: Host, query: Buffer, via: 'udp' | 'tcp'): Buffer | Failure {
  const silence = host.silent?.[via];
  if (silence) return silence;
  const message = decodeMessage(query);
  const said = answerFrom(host.zones ?? [], message);
  const last = host.say ? host.say(said, message, via) : said;
  if (typeof last === 'string' || Buffer.isBuffer(last)) return last;
  const bytes = encodeAnswer(query, last);
  return via === 'udp' && bytes.length > (host.udpSize ?? 4096) ? encodeAnswer(query, last, true) : bytes;
}

/**
 * A network in memory: hosts by address. An address without a host is silent. Octets that are no answer to the query
 * end as a time-out.
 */
export function memoryNetwork(hosts: Readonly<Record<string, Host>>): { transport: Transport; asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    transport: async ({ server, via, message, accepts }) => {
      const { question } = decodeMessage(message);
      asked.push(`${server.address} ${via} ${question?.name} ${question?.type}`);
      const host = hosts[server.address];
      const outcome = host ? hostAnswer(host, message, via) : 'timeout';
      return typeof outcome === 'string' || accepts(outcome) ? outcome : 'timeout';
    },
  };
}

/** The host on real sockets of 127.0.0.1, on a port that the system picks; `close` ends all. */
export async function listen(host: Host): Promise<{ port: number; close: () => Promise<void> }> {
  const open = new Set<Socket>();
  const stream = createServer((socket) => {
    open.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => open.delete(socket));
    socket.on('data', (chunk) => {
      const outcome = hostAnswer(host, chunk.subarray(2), 'tcp');
      if (typeof outcome === 'string') return outcome === 'timeout' ? undefined : socket.destroy();
      const length = Buffer.alloc(2);
      length.writeUInt16BE(outcome.length, 0);
      socket.write(Buffer.concat([length, outcome]));
    });
  });
  await new Promise<void>((ready) => stream.listen(0, '127.0.0.1', ready));
  const { port } = stream.address() as { port: number };
  const datagrams = createSocket('udp4');
  datagrams.on('message', (query, { address, port: back }) => {
    const outcome = hostAnswer(host, query, 'udp');
    if (typeof outcome !== 'string') datagrams.send(outcome, back, address);
  });
  const bound = await new Promise<boolean>((ready) => {
    datagrams.once('error', () => ready(false));
    datagrams.bind(port, '127.0.0.1', () => ready(true));
  });
  // The port of the stream may be taken among datagrams: then another.
  if (!bound) {
    stream.close();
    return listen(host);
  }
  return {
    port,
    close: async () => {
      for (const socket of open) socket.destroy();
      await Promise.all([
        new Promise((done) => stream.close(done)),
        new Promise<void>((done) => datagrams.close(done)),
      ]);
    },
  };
}
