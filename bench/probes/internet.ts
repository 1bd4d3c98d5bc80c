/**
 * A small internet in a process of its own, so that what the servers cost is not counted as the prober's. Started by `bench/probes.ts`, which
 * it tells where all of it is. Answers "connections" with how often each address was connected to.
 */
import { createServer } from 'node:net';
import { startInternet } from '@proviso/probes/testing/internet';
import { GOOD } from '../../packages/probes/src/tls/testing/endpoints.ts';
import { answer, listen } from '../../packages/probes/src/tls/testing/responder.ts';
import { readClientHello } from '../../packages/probes/src/tls/wire/client-hello.ts';
import { isSsl2Hello } from '../../packages/probes/src/tls/wire/sslv2.ts';
import { startResolver } from './resolver.ts';

const count = Number(process.argv[2]);
const latency = Number(process.argv[3]);
const names = Array.from({ length: count }, (_, at) => `d${at}.test`);
const internet = await startInternet(Object.fromEntries(names.map((name) => [name, 'good'])));
const dns = await internet.listenDns();
const resolver = await startResolver(dns);
const answers = new Map<string, Uint8Array | null>();
/** Where the random bytes of a hello stand. */
const RANDOM = { from: 11, to: 43 };

/** What a compliant endpoint answers to a hello, thought out once for all that differ in their random bytes alone. */
function answerTo(hello: Buffer): Uint8Array | null {
  const key = `${hello.toString('latin1', 0, RANDOM.from)}${hello.toString('latin1', RANDOM.to)}`;
  const known = answers.get(key);
  if (known !== undefined) return known;
  const made = isSsl2Hello(hello) ? null : answer(GOOD, readClientHello(hello));
  answers.set(key, made);
  return made;
}

/** An endpoint without cryptography that takes its time, as one far away does. A hello comes in one piece over loopback. */
const far = await listen(
  createServer((socket) => {
    socket.once('data', (hello) => {
      // It cannot go on: whoever answers the answer is left.
      socket.once('data', () => socket.destroy());
      const reply = answerTo(hello);
      setTimeout(() => (reply ? socket.write(reply) : socket.end()), latency);
    });
  }),
);
process.send?.({
  ports: [...internet.ports],
  dns: [...dns],
  anchors: internet.profile('internet-nl').dns.anchors,
  roots: internet.options.store.roots.map((root) => Buffer.from(root).toString('base64')),
  far: far.port,
  resolver,
});
process.on('message', (message) => {
  if (message === 'end') process.exit(0);
});
