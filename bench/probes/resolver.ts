import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { DnsClient, decodeMessage, Iteration, RCODE } from '../../packages/probes/src/dns/index.ts';
import { sockets } from '../../packages/probes/src/dns/transport/sockets.ts';
import { rememberingSource } from '../../packages/probes/src/run/caches.ts';

const HEADER = 12;
const RESPONSE_AND_RECURSION = 0x8080;

/** A resolver as one's own network has: goes down from the root and keeps what it heard. Checks nothing, which who asks it does. Gives its port. */
export async function startResolver(dns: ReadonlyMap<string, number>): Promise<number> {
  const client = new DnsClient({
    permits: () => true,
    transport: (exchange) =>
      sockets({ ...exchange, server: { address: '127.0.0.1', port: dns.get(exchange.server.address) ?? 1 } }),
  });
  const from = { zone: '.', servers: [{ name: 'a.root', addresses: ['198.41.0.1'] }] };
  const source = rememberingSource(new Iteration({ client, ipv6: true, from }).source);
  const socket = createSocket('udp4');
  const answer = async (query: Buffer): Promise<Buffer> => {
    const { question } = decodeMessage(query);
    const reply = await source(
      { name: question?.name ?? '.', type: question?.type ?? 0 },
      new AbortController().signal,
    );
    const failed = !('bytes' in reply);
    const bytes = Buffer.from(failed ? query : reply.bytes);
    // The question as it was asked, letter for letter, under the number that it had.
    let end = HEADER;
    while ((query[end] ?? 0) !== 0) end += 1 + (query[end] ?? 0);
    query.copy(bytes, HEADER, HEADER, end + 5);
    query.copy(bytes, 0, 0, 2);
    bytes.writeUInt16BE(
      ((bytes.readUInt16BE(2) | RESPONSE_AND_RECURSION) & ~0x0f) |
        (failed ? RCODE.SERVFAIL : bytes.readUInt16BE(2) & 0x0f),
      2,
    );
    return bytes;
  };
  socket.on('message', (query, { address, port }) => {
    void answer(query).then((bytes) => socket.send(bytes, port, address));
  });
  await once(socket.bind(0, '127.0.0.1'), 'listening');
  return socket.address().port;
}
