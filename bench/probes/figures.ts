/** One part of what `bench/probes.ts` measures, in a process of its own: its rows. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { createProber, loadProbeProfile, type ProbeFamily, type ProberOptions } from '@proviso/probes';
import { sockets } from '../../packages/probes/src/dns/transport/sockets.ts';
import { tcpDial } from '../../packages/probes/src/tls/dial.ts';
import { gatherTls } from '../../packages/probes/src/tls/gather.ts';
import { loadTlsProfile } from '../../packages/probes/src/tls/profile.ts';
import { median } from '../measure.ts';

const [part, count, ...flags] = process.argv.slice(2);
const quick = flags.includes('--quick');
const say = (line: string): void => console.log(line);
const NAMES = Number(count);
const FAR = quick ? 200 : 8000;
const FAR_AT_A_TIME = 600;
const MANY = quick ? 5000 : 100_000;
const LATENCY = 100;

interface Told {
  ports: [string, number][];
  dns: [string, number][];
  anchors: NonNullable<ReturnType<typeof loadProbeProfile>['dns']['anchors']>;
  roots: string[];
  far: number;
  /** Port of a resolver. */
  resolver: number;
}

const child = fork(new URL('internet.ts', import.meta.url), [String(NAMES), String(LATENCY)], { execArgv: [] });
const [told] = (await once(child, 'message')) as [Told];
const ports = new Map(told.ports);
const dns = new Map(told.dns);
const RESOLVER = '192.0.2.53';
dns.set(RESOLVER, told.resolver);
const connections = new Map<string, number>();
const internetNl = loadProbeProfile('internet-nl');
const profile = { ...internetNl, dns: { ...internetNl.dns, anchors: told.anchors } };
const world: ProberOptions = {
  profile,
  program: 'bench',
  ipv6: true,
  store: { name: 'bench', roots: told.roots.map((root) => Buffer.from(root, 'base64')) },
  network: {
    transport: (exchange) =>
      sockets({ ...exchange, server: { address: '127.0.0.1', port: dns.get(exchange.server.address) ?? 1 } }),
    root: { zone: '.', servers: [{ name: 'a.root', addresses: ['198.41.0.1'] }] },
    open: ({ host, port }) => {
      const key = `${host} ${port}`;
      connections.set(key, (connections.get(key) ?? 0) + 1);
      return connect({ host: '127.0.0.1', port: ports.get(key) ?? 1 });
    },
  },
};
const names = Array.from({ length: NAMES }, (_, at) => `d${at}.test`);
let peak = 0;
const watch = setInterval(() => {
  peak = Math.max(peak, process.memoryUsage.rss());
}, 50);
const memory = (): number => Math.round(peak / 1e6);
const asked = { resolver: [{ address: RESOLVER, port: told.resolver }] };

const PARTS: Record<string, () => Promise<void>> = {
  dns: () => rate('DNS, own validation', ['dns'], 100),
  dnssec: () => rate('signatures alone, own validation', ['dnssec'], 100),
  resolver: () =>
    rate('signatures alone, own validation, through a resolver that has been asked before', ['dnssec'], 400, asked),
  web: () => rate('web, without TLS settings', ['web'], 100),
  'web-tls': () => rate('web and TLS', ['web', 'tls'], 50),
  everything: () => rate('everything', ['dns', 'web', 'tls', 'mail'], 15),
  one,
  far,
  many,
};
try {
  await PARTS[part ?? '']?.();
} finally {
  clearInterval(watch);
  child.send('end');
}

/** Names through one prober, 32 at a time; twice before, so that the code is warm. */
async function rate(
  what: string,
  families: ProbeFamily[],
  wanted: number,
  more: Partial<ProberOptions> = {},
): Promise<void> {
  let faults = 0;
  const pass = async (): Promise<{ seconds: number; cpu: number }> => {
    const prober = createProber({ ...world, ...more, families, declared: { selectors: ['s1'] } });
    const cpu = process.cpuUsage();
    const started = performance.now();
    await pool(names, 32, async (name) => {
      const { outcome } = await prober.probe(name);
      faults += outcome.results.filter(({ verdict }) => verdict === 'fail' || verdict === 'inconclusive').length;
    });
    const { user, system } = process.cpuUsage(cpu);
    return { seconds: (performance.now() - started) / 1000, cpu: (user + system) / 1000 };
  };
  await pass();
  const runs = [await pass(), await pass(), await pass()];
  const persecond = NAMES / median(runs.map(({ seconds }) => seconds));
  const cpu = median(runs.map((run) => run.cpu)) / NAMES;
  say(`| ${what} | ${persecond.toFixed(0)} | ≥ ${wanted} | ${cpu.toFixed(1)} | ${memory()} | ${faults} |`);
}

/** One name alone: our own time, the wall's, and the connections that its servers saw. */
async function one(): Promise<void> {
  const runs: { cpu: number; wall: number }[] = [];
  connections.clear();
  for (const name of names.slice(0, 15)) {
    const prober = createProber({ ...world, families: ['dns', 'web', 'tls', 'mail'] });
    const cpu = process.cpuUsage();
    const started = performance.now();
    await prober.probe(name);
    const { user, system } = process.cpuUsage(cpu);
    runs.push({ cpu: (user + system) / 1000, wall: performance.now() - started });
  }
  const mail = Math.max(...[...connections].filter(([key]) => key.endsWith(' 25')).map(([, count]) => count));
  const web = Math.max(...[...connections].filter(([key]) => key.endsWith(' 443')).map(([, count]) => count));
  say(`| one name, everything, our own time | ${median(runs.map(({ cpu }) => cpu)).toFixed(0)} ms | ≤ 500 ms |`);
  say(`| one name, everything, from start to end | ${median(runs.map(({ wall }) => wall)).toFixed(0)} ms | |`);
  say(`| connections to a compliant exchanger | ${mail} | ≤ 15 |`);
  say(`| connections to a compliant web server, with the visit of its pages | ${web} | |`);
}

/** The prober alone, against an endpoint that is a tenth of a second away and does no cryptography. */
async function far(): Promise<void> {
  const by = loadTlsProfile('ncsc-nl-2025-05');
  const dial = tcpDial({ address: '127.0.0.1', port: told.far, allowPrivate: true });
  const endpoint = { host: 'good.test', address: '127.0.0.1', port: told.far, service: 'tls' as const };
  const store = { name: 'none', roots: [] };
  const started = performance.now();
  await pool(Array.from({ length: FAR }), FAR_AT_A_TIME, async () => {
    await gatherTls(endpoint, { dial, profile: by, store, now: () => new Date() });
  });
  const seconds = (performance.now() - started) / 1000;
  say(
    `| TLS endpoints a second, ${LATENCY} ms away, ${FAR_AT_A_TIME} at a time | ${(FAR / seconds).toFixed(0)} | ≥ 300 |`,
  );
  say(`| memory with these endpoints | ${memory()} MB | ≤ 250 MB |`);
}

/** Very many names that are not there: does memory stay flat? */
async function many(): Promise<void> {
  const prober = createProber({ ...world, families: ['web'] });
  const marks: number[] = [];
  let done = 0;
  const started = performance.now();
  const numbers = Array.from({ length: MANY }, (_, at) => at);
  await pool(numbers, 64, async (at) => {
    await prober.probe(`n${at}.d${at % NAMES}.test`);
    done += 1;
    if (done % (MANY / 10) === 0) marks.push(Math.round(process.memoryUsage.rss() / 1e6));
  });
  const seconds = (performance.now() - started) / 1000;
  say(`| ${MANY} names that are not there | ${(MANY / seconds).toFixed(0)} a second | runs to the end |`);
  say(`| memory after each tenth of them | ${marks.join(', ')} MB | flat |`);
  say(`| memory with these names | ${memory()} MB | ≤ 250 MB |`);
}

async function pool<T>(items: readonly T[], jobs: number, task: (item: T) => Promise<void>): Promise<void> {
  let next = 0;
  await Promise.all(
    Array.from({ length: Math.min(jobs, items.length) }, async () => {
      while (next < items.length) await task(items[next++] as T);
    }),
  );
}
