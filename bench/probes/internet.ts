/**
 * A small internet in a process of its own, so that what the servers cost is not counted as the prober's. Started by `bench/probes.ts`, which
 * it tells where all of it is. Answers "connections" with how often each address was connected to.
 */
import { startInternet } from '@proviso/probes/testing/internet';
import { GOOD } from '../../packages/probes/src/tls/testing/endpoints.ts';
import { answer, respond } from '../../packages/probes/src/tls/testing/responder.ts';

const count = Number(process.argv[2]);
const latency = Number(process.argv[3]);
const names = Array.from({ length: count }, (_, at) => `d${at}.test`);
const internet = await startInternet(Object.fromEntries(names.map((name) => [name, 'good'])));
const dns = await internet.listenDns();
/** An endpoint without cryptography that takes its time, as one far away does. */
const far = await respond(({ offer, socket }) => {
  const reply = offer ? answer(GOOD, offer) : null;
  setTimeout(() => (reply ? socket.write(reply) : socket.end()), latency);
  return undefined;
});
process.send?.({
  ports: [...internet.ports],
  dns: [...dns],
  anchors: internet.profile('internet-nl').dns.anchors,
  roots: internet.options.store.roots.map((root) => Buffer.from(root).toString('base64')),
  far: far.port,
});
process.on('message', (message) => {
  if (message === 'end') process.exit(0);
});
