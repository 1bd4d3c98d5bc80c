import { constants, createHash } from 'node:crypto';
import { createServer as createHttpServer, type RequestListener } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { createSecureContext, type SecureContextOptions, TLSSocket, type TlsOptions } from 'node:tls';
import { sockets as datagrams, TYPE } from '../../dns/index.ts';
import { type Host, listen as listenOn, memoryNetwork } from '../../dns/testing/network.ts';
import { record } from '../../dns/testing/records.ts';
import { anchorOf, delegate } from '../../dns/testing/world.ts';
import { makeZone, type Zone, type ZoneSettings } from '../../dns/testing/zone.ts';
import { answerTo, type Names, startDoh, startDot } from '../../resolvers/testing/resolver.ts';
import { startTimeServer } from '../../time/testing/time-server.ts';
import { certify, type Identity, pem } from '../../tls/testing/certificates.ts';
import { intermediate, store } from '../../tls/testing/endpoints.ts';
import type { ProberOptions } from '../probe.ts';
import { loadProbeProfile, type ProbeProfile } from '../profile.ts';

/** A small internet on loopback: names in memory, servers on real sockets, whose public addresses lead there. */
export interface Internet {
  /** What a prober is to be made with to live in it. */
  options: Required<Pick<ProberOptions, 'network' | 'store' | 'ipv6' | 'program'>>;
  /** A profile of the tree, with the root of this internet as where trust begins. */
  profile(id: string): ProbeProfile;
  /** Ports of loopback behind addresses and ports: `93.184.1.1 443`. */
  ports: ReadonlyMap<string, number>;
  /** Opens the name servers on real sockets; gives the port of loopback behind each address. */
  listenDns(): Promise<Map<string, number>>;
  /** TCP connections that were begun, by address and port. */
  connections: Map<string, number>;
  /** Questions to name servers. */
  asked: string[];
  close(): Promise<void>;
}

/**
 * How a domain is run. `good` is as all profiles of Internet.nl want it, and has a time server and a resolver beside it, as `time.good.test` and
 * `dns.good.test`; those of `bad` answer plain time, and what is forged.
 */
export type Kind = 'good' | 'bad' | 'silent' | 'closed' | 'endless' | 'private';

const MODERN: TlsOptions = {
  secureOptions: constants.SSL_OP_NO_RENEGOTIATION,
  ciphers: 'TLS_AES_256_GCM_SHA384:TLS_AES_128_GCM_SHA256:ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-ECDSA-AES128-GCM-SHA256',
  ecdhCurve: 'X25519MLKEM768:P-256:P-384',
  sigalgs: 'ecdsa_secp256r1_sha256:rsa_pss_rsae_sha256',
};
const OLD: TlsOptions = { minVersion: 'TLSv1', maxVersion: 'TLSv1.2', ciphers: 'ALL:@SECLEVEL=0' };

const HEADERS = {
  'Content-Type': 'text/html; charset=utf-8',
  'Strict-Transport-Security': 'max-age=63072000; includeSubDomains',
  'Content-Security-Policy':
    "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'",
  'X-Frame-Options': 'DENY',
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
};

const digest = ({ spki }: Identity): string => createHash('sha256').update(spki).digest('hex');

interface Addresses {
  time: string;
  resolver: string;
  web: string;
  web6: string;
  mail: string;
  mail6: string;
}

/** Starts it. The names are those of the keys, each run as its value says; all are below `test`. */
export async function startInternet(domains: Readonly<Record<string, Kind>>): Promise<Internet> {
  const now = Math.floor(Date.now() / 1000);
  const period = { inception: now - 86_400, expiration: now + 30 * 86_400 };
  const servers: Server[] = [];
  const closing: (() => Promise<void>)[] = [];
  const sockets = new Set<Socket>();
  const ports = new Map<string, number>();
  const connections = new Map<string, number>();
  const listen = async (server: Server, ...at: string[]): Promise<void> => {
    servers.push(server);
    server.on('connection', (socket: Socket) => {
      sockets.add(socket);
      socket.on('error', () => {});
      socket.once('close', () => sockets.delete(socket));
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    for (const one of at) ports.set(one, (server.address() as { port: number }).port);
  };

  const beside = (at: string, { port, close }: { port: number; close(): Promise<void> }): void => {
    ports.set(at, port);
    closing.push(close);
  };
  const first = Object.keys(domains).find((name) => domains[name] === 'good') ?? 'good.test';
  const names: Names = { signed: first, bogus: `bogus.${first}` };
  const zones: Zone[] = [];
  for (const [index, [name, kind]] of Object.entries(domains).entries()) {
    const base = index + 1;
    const lan = kind === 'private';
    const addresses: Addresses = {
      web: lan ? `10.1.${base}.1` : `93.184.${base}.1`,
      web6: `2606:2800:${base.toString(16)}::1`,
      time: lan ? '10.1.0.2' : `93.184.${base}.123`,
      resolver: lan ? '10.1.0.3' : `93.184.${base}.53`,
      mail: lan ? '127.0.0.1' : `93.184.${base}.25`,
      mail6: `2606:2800:${base.toString(16)}::25`,
    };
    const identity = certify({
      name,
      ...(kind === 'bad' ? {} : { issuer: intermediate }),
      dnsNames:
        kind === 'bad'
          ? ['other.test']
          : [name, ...['mta-sts', 'mx', 'time', 'dns'].map((label) => `${label}.${name}`)],
      timestamps: kind === 'bad' ? 0 : 2,
    });
    zones.push(zoneOf(name, kind, addresses, identity, period));
    await serve(name, kind, addresses, identity, listen);
    if (kind === 'good' || kind === 'bad') await serveSpecial(kind === 'good', names, addresses, identity, beside);
  }
  const test = makeZone('test', {
    period,
    records: [
      record('ns1.test', 'A', '198.41.0.2'),
      ...zones.flatMap((zone) => [
        ...delegate(zone, zone.keys.length > 0, '198.41.0.3'),
        record(`ns1.${zone.name}`, 'AAAA', '2001:500:200::3'),
        record(`ns2.${zone.name}`, 'A', '198.41.0.4'),
        record(`ns2.${zone.name}`, 'AAAA', '2001:500:200::4'),
      ]),
    ],
  });
  const top = makeZone('.', { period, records: delegate(test, true, '198.41.0.2') });
  const hosts: Record<string, Host> = { '198.41.0.1': { zones: [top] }, '198.41.0.2': { zones: [test] } };
  for (const address of ['198.41.0.3', '198.41.0.4', '2001:500:200::3', '2001:500:200::4']) hosts[address] = { zones };
  const { transport, asked } = memoryNetwork(hosts);
  const anchors = [anchorOf(top)];
  return {
    options: {
      network: {
        transport,
        root: { zone: '.', servers: [{ name: 'a.root', addresses: ['198.41.0.1'] }] },
        open: ({ host, port }) => {
          const key = `${host} ${port}`;
          connections.set(key, (connections.get(key) ?? 0) + 1);
          return connect({ host: '127.0.0.1', port: ports.get(key) ?? 1 });
        },
        datagram: (exchange) => {
          const { address, port } = exchange.server;
          const key = `${address} ${port} udp`;
          connections.set(key, (connections.get(key) ?? 0) + 1);
          return datagrams({ ...exchange, server: { address: '127.0.0.1', port: ports.get(key) ?? 1 } });
        },
      },
      store,
      ipv6: true,
      program: 'test',
    },
    profile: (id) => {
      const profile = loadProbeProfile(id);
      return { ...profile, dns: { ...profile.dns, anchors }, resolver: { ...profile.resolver, names } };
    },
    ports,
    listenDns: async () => {
      const opened = new Map<string, number>();
      for (const [address, host] of Object.entries(hosts)) {
        const { port, close } = await listenOn(host);
        opened.set(address, port);
        closing.push(close);
      }
      return opened;
    },
    connections,
    asked,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      for (const end of closing) await end();
      await Promise.all(servers.map((server) => new Promise((done) => server.close(done))));
    },
  };
}

function zoneOf(
  name: string,
  kind: Kind,
  { web, web6, mail, mail6, time, resolver }: Addresses,
  identity: Identity,
  period: NonNullable<ZoneSettings['period']>,
): Zone {
  const servers = [`ns1.${name}`, `ns2.${name}`];
  const common = [
    record(servers[0] as string, 'A', '198.41.0.3'),
    record(servers[0] as string, 'AAAA', '2001:500:200::3'),
    record(servers[1] as string, 'A', '198.41.0.4'),
    record(servers[1] as string, 'AAAA', '2001:500:200::4'),
    record(name, 'A', web),
    record(name, 'MX', `10 mx.${name}`),
    record(`mx.${name}`, 'A', mail),
    record(`time.${name}`, 'A', time),
    record(`dns.${name}`, 'A', resolver),
  ];
  if (kind === 'bad')
    return makeZone(name, { servers, keys: [], records: [...common, record(name, 'TXT', 'v=spf1 +all')] });
  return makeZone(name, {
    servers,
    period,
    // A name for trying resolvers: its signature is of something else.
    change: (set) => {
      if (set.name === `bogus.${name}` && set.type === TYPE.A)
        set.signatures = set.signatures.map((one) =>
          Buffer.concat([one.subarray(0, -1), Buffer.from([(one.at(-1) ?? 0) ^ 1])]),
        );
    },
    records: [
      ...common,
      record(name, 'AAAA', web6),
      record(`mx.${name}`, 'AAAA', mail6),
      record(name, 'TXT', 'v=spf1 mx -all'),
      record(name, 'CAA', '0 issue ca.test'),
      record(`bogus.${name}`, 'A', '192.0.2.1'),
      record(`_dmarc.${name}`, 'TXT', `v=DMARC1; p=reject; rua=mailto:reports@${name}`),
      record(`_mta-sts.${name}`, 'TXT', 'v=STSv1; id=1'),
      record(`mta-sts.${name}`, 'A', web),
      record(`_smtp._tls.${name}`, 'TXT', `v=TLSRPTv1; rua=mailto:reports@${name}`),
      record(`s1._domainkey.${name}`, 'TXT', 'v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo='),
      record(`_443._tcp.${name}`, 'TLSA', `3 1 1 ${digest(identity)}`),
      record(`_25._tcp.mx.${name}`, 'TLSA', `3 1 1 ${digest(identity)}`),
      record(`_25._tcp.mx.${name}`, 'TLSA', `3 1 1 ${'ab'.repeat(32)}`),
    ],
  });
}

type Listen = (server: Server, ...at: string[]) => Promise<void>;

async function serve(
  name: string,
  kind: Kind,
  { web, web6, mail, mail6 }: Addresses,
  identity: Identity,
  listen: Listen,
): Promise<void> {
  if (kind === 'closed' || kind === 'private') return;
  if (kind === 'silent' || kind === 'endless') {
    const flood = (socket: Socket): void => {
      if (!socket.destroyed) socket.write('250-more and more\r\n'.repeat(2000), () => setImmediate(flood, socket));
    };
    const server = createServer((socket) => {
      if (kind === 'endless') flood(socket);
    });
    await listen(
      server,
      ...[80, 443, 25].flatMap((port) => [`${web} ${port}`, `${web6} ${port}`, `${mail} ${port}`, `${mail6} ${port}`]),
    );
    return;
  }
  const bad = kind === 'bad';
  const credentials = { ...pem(identity, ...(bad ? [] : [intermediate])), ...(bad ? OLD : MODERN) };
  const plain: RequestListener = (request, response) => {
    if (bad) response.end('hello');
    else response.writeHead(301, { Location: `https://${name}${request.url}` }).end();
  };
  const secure: RequestListener = (request, response) => {
    if (bad) return response.writeHead(200, { 'Content-Type': 'text/html' }).end('hello');
    if (request.url === '/.well-known/security.txt') {
      const expires = new Date(Date.now() + 90 * 86_400_000).toISOString();
      return response
        .writeHead(200, { 'Content-Type': 'text/plain; charset=utf-8' })
        .end(`Contact: mailto:security@${name}\nExpires: ${expires}\n`);
    }
    if (request.url === '/.well-known/mta-sts.txt')
      return response
        .writeHead(200, { 'Content-Type': 'text/plain' })
        .end(`version: STSv1\nmode: enforce\nmx: mx.${name}\nmax_age: 1209600\n`);
    return response.writeHead(200, HEADERS).end('<p>Hello, world</p>');
  };
  await listen(createHttpServer(plain), `${web} 80`, `${web6} 80`);
  const https = createHttpsServer({ ...credentials, ALPNProtocols: bad ? ['http/1.1'] : ['h2', 'http/1.1'] }, secure);
  https.on('tlsClientError', () => {});
  await listen(https, `${web} 443`, `${web6} 443`);
  await listen(smtpServer(bad ? null : credentials), `${mail} 25`, `${mail6} 25`);
}

type Beside = (at: string, server: { port: number; close(): Promise<void> }) => void;

/** A time server and a resolver. Those of a bad domain answer plain time, do not validate, and tell nobody how long answers may be kept. */
async function serveSpecial(
  good: boolean,
  names: Names,
  { time, resolver }: Addresses,
  identity: Identity,
  beside: Beside,
): Promise<void> {
  const clock = await startTimeServer(identity, {
    port: false,
    ...(good ? { tls: MODERN } : { time: (said) => ({ ...said, key: null }), tls: { minVersion: 'TLSv1.2' } }),
  });
  beside(`${time} 4460`, clock);
  beside(`${time} 123 udp`, { port: clock.ntpPort, close: async () => {} });
  const credentials = { ...pem(identity, intermediate), ...MODERN };
  const answer = (query: Buffer) => answerTo(query, names, good ? {} : { validates: false, block: 0 });
  beside(`${resolver} 853`, await startDot(credentials, answer));
  beside(
    `${resolver} 443`,
    await startDoh(
      credentials,
      answer,
      good ? {} : { respond: (said) => ({ ...said, headers: { 'content-type': 'text/html' } }) },
    ),
  );
}

/** An exchanger: greets, answers EHLO, and begins TLS where it has credentials. */
function smtpServer(credentials: SecureContextOptions | null): Server {
  const secureContext = credentials ? createSecureContext(credentials) : null;
  return createServer((socket) => {
    socket.write('220 mx.test ESMTP\r\n');
    const plain = (chunk: Buffer): void => {
      const line = chunk.toString('latin1').trim().toUpperCase();
      if (line.startsWith('EHLO'))
        socket.write(`250-mx.test\r\n250${secureContext ? '-STARTTLS\r\n250' : ''} HELP\r\n`);
      else if (line === 'STARTTLS' && secureContext) {
        socket.off('data', plain);
        const secure = new TLSSocket(socket, { isServer: true, secureContext, requestCert: false });
        secure.on('error', () => {});
        secure.on('data', () => secure.write('250 mx.test\r\n'));
        socket.write('220 go ahead\r\n');
      } else socket.write('502 no\r\n');
    };
    socket.on('data', plain);
  });
}
