import { constants } from 'node:crypto';
import { createServer, type TlsOptions } from 'node:tls';
import { describe, expect, it } from 'vitest';
import { tcpDial } from './dial.ts';
import { factsOf } from './facts.ts';
import { gatherTls } from './gather.ts';
import { judgeTls } from './judge/index.ts';
import { ANCIENT_SUITES } from './offers.ts';
import { loadTlsProfile, tlsProfileIds } from './profile.ts';
import { SUITES } from './registry.ts';
import { certify, pem } from './testing/certificates.ts';
import {
  evidenceOf,
  GOOD,
  gatherAt,
  groups,
  HANDSHAKE,
  intermediate,
  leaf,
  root,
  store,
  suites,
} from './testing/endpoints.ts';
import {
  alert,
  answer,
  type Behaviour,
  behave,
  type Listening,
  listen,
  message,
  record,
  respond,
  type Script,
  serverHello,
} from './testing/responder.ts';
import { join, number } from './wire/writer.ts';

const profile = loadTlsProfile('ncsc-nl-2025-05');
const limits = { milliseconds: 250, bytes: 64 * 1024 };
const verdicts = (evidence: Parameters<typeof judgeTls>[0], by = profile) =>
  Object.fromEntries(judgeTls(evidence, by).map(({ check, verdict }) => [check, verdict]));

async function opensslServer(options: TlsOptions): Promise<Listening> {
  const server = createServer(
    { ...pem(leaf, intermediate), secureOptions: constants.SSL_OP_NO_RENEGOTIATION, ...options },
    (socket) => {
      socket.on('error', () => {});
      socket.once('data', () => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
    },
  );
  server.on('tlsClientError', () => {});
  return listen(server);
}

const MODERN: TlsOptions = {
  ciphers: 'TLS_AES_256_GCM_SHA384:TLS_AES_128_GCM_SHA256:ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-ECDSA-AES128-GCM-SHA256',
  ecdhCurve: 'X25519MLKEM768:P-256:P-384',
  sigalgs: 'ecdsa_secp256r1_sha256:rsa_pss_rsae_sha256',
};

describe('an endpoint of OpenSSL', () => {
  it.each([
    ['with hybrids', MODERN, 15],
    ['without hybrids', { ...MODERN, ecdhCurve: 'P-256' }, 15],
    ['of TLS 1.3 only', { ...MODERN, minVersion: 'TLSv1.3' }, 11],
    ['of TLS 1.2 only', { ...MODERN, maxVersion: 'TLSv1.2', ecdhCurve: 'P-256' }, 13],
  ] as [string, TlsOptions, number][])('%s passes in few connections', async (_, options, most) => {
    const server = await opensslServer(options);
    try {
      const evidence = await gatherAt(server);
      const bad = Object.entries(verdicts(evidence)).filter(
        ([, verdict]) => verdict !== 'pass' && verdict !== 'not-applicable',
      );
      expect(bad).toEqual([]);
      expect(server.connections).toBeLessThanOrEqual(most);
      expect(evidence.stopped).toBeNull();
    } finally {
      await server.close();
    }
  });

  it('shows its chain as sent, behind the encryption of TLS 1.3', async () => {
    const server = await opensslServer({ ...MODERN, minVersion: 'TLSv1.3' });
    const evidence = await gatherAt(server);
    await server.close();
    expect(evidence.handshakes[0]?.chain).toEqual(
      [leaf, intermediate].map(({ certificate }) => certificate.toString('base64')),
    );
    expect(evidence.anchors).toEqual([root.certificate.toString('base64')]);
    // Sessions come as this release of Node writes them: one that could not be read would hide early data.
    expect(evidence.handshakes[0]?.tickets[0]).toEqual({ maxEarlyData: 0 });
    expect(verdicts(evidence)['tls.certificate-trust']).toBe('pass');
  });

  it('that has all that is old fails, and all of it is listed', async () => {
    const rsa = certify({ name: 'good.test', issuer: intermediate, dnsNames: ['good.test'], key: 'rsa2048' });
    const server = await opensslServer({
      ...pem(rsa, intermediate),
      minVersion: 'TLSv1',
      ciphers: 'ALL:@SECLEVEL=0',
      secureOptions: 0,
    });
    const evidence = await gatherAt(server, { mode: 'full' });
    await server.close();
    const facts = factsOf(evidence);
    expect(facts.versions).toMatchObject({
      'TLS 1.0': 'yes',
      'TLS 1.1': 'yes',
      'TLS 1.2': 'yes',
      'TLS 1.3': 'yes',
      'SSL 3.0': 'no',
    });
    const names = [...facts.suitesOld.accepted].map((suite) => SUITES.name(suite));
    expect(names).toEqual(
      expect.arrayContaining([
        'TLS_RSA_WITH_AES_128_CBC_SHA',
        'TLS_RSA_WITH_AES_256_GCM_SHA384',
        'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256',
      ]),
    );
    expect(verdicts(evidence)).toMatchObject({
      'tls.version': 'fail',
      'tls.suites': 'fail',
      'tls.key-exchange': 'fail',
      'tls.key-exchange-hash': 'fail',
      'tls.certificate-key': 'warn',
      'tls.renegotiation-client': 'pass',
    });
    // Node lets a client renegotiate thrice.
    expect(evidence.handshakes.find(({ version }) => version === 'TLSv1.2')?.renegotiations).toBeGreaterThan(0);
  });

  it('with two certificates is asked for the curves of each', async () => {
    const rsa = certify({ name: 'good.test', issuer: intermediate, dnsNames: ['good.test'], key: 'rsa3072' });
    const [one, two] = [pem(leaf, intermediate), pem(rsa, intermediate)];
    const server = await opensslServer({
      ...MODERN,
      key: [one.key, two.key],
      cert: [one.cert, two.cert],
      ecdhCurve: 'P-256:sect283k1',
      ciphers:
        'TLS_AES_128_GCM_SHA256:ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-SHA256',
    });
    const evidence = await gatherAt(server);
    await server.close();
    const [weak] = judgeTls(evidence, profile).filter(({ check }) => check === 'tls.key-exchange');
    expect(weak?.observations).toContainEqual({
      code: 'group-insufficient',
      verdict: 'fail',
      values: { names: 'sect283k1', count: 1 },
    });
    const keys = judgeTls(evidence, profile).find(({ check }) => check === 'tls.certificate-key');
    expect(new Set(keys?.observations.map(({ values }) => values?.key))).toEqual(new Set(['ec secp256r1', 'rsa 3072']));
  });
});

describe('connections', () => {
  it.each(tlsProfileIds())('are 16 at most for a good endpoint by %s', async (id) => {
    const by = loadTlsProfile(id);
    const evidence = await evidenceOf({}, { profile: by });
    // BSI wants a second handshake, to renegotiate.
    const asked = id === 'bsi-tr-02102-2' ? 16 : 15;
    expect(evidence.connections).toBeLessThanOrEqual(asked);
  });

  it('end at the limit, which leaves open what was not asked', async () => {
    const evidence = await evidenceOf({}, { connections: 6, handshakes: [] });
    expect(evidence.connections).toBe(6);
    expect(evidence.stopped).toMatch(/6 connections/);
    expect(verdicts(evidence)).toMatchObject({
      'tls.suites': 'inconclusive',
      'tls.version': 'inconclusive',
      'tls.early-data': 'inconclusive',
    });
  });

  it('are spaced by the pause that is handed in', async () => {
    let pauses = 0;
    const { connections } = await evidenceOf(
      {},
      {
        pause: async () => {
          pauses += 1;
        },
      },
    );
    expect(pauses).toBe(connections - 1);
  });

  it('are three where nobody is there', async () => {
    let dials = 0;
    const dial = async () => {
      dials += 1;
      throw new Error('no route to host');
    };
    const evidence = await gatherTls(
      { host: 'x.test', address: '192.0.2.1', port: 443, service: 'tls' },
      { dial, profile, store, now: () => new Date(0) },
    );
    expect(dials).toBe(3);
    expect(new Set(Object.values(verdicts(evidence)))).toEqual(new Set(['inconclusive']));
    expect(evidence.at).toBe('1970-01-01T00:00:00.000Z');
  });
});

describe('silence', () => {
  it('of an endpoint that hangs up instead of refusing is a refusal where it was well afterwards', async () => {
    const evidence = await evidenceOf({ mute: true });
    expect(verdicts(evidence)).toMatchObject({
      'tls.version': 'pass',
      'tls.suites': 'pass',
      'tls.key-exchange': 'pass',
    });
  });

  it('of one that hangs up for good is none', async () => {
    const evidence = await evidenceOf({ mute: true }, { handshakes: [] });
    expect(verdicts(evidence)).toMatchObject({
      'tls.version': 'inconclusive',
      'tls.key-exchange-hash': 'inconclusive',
    });
  });

  it.each([1, 2, 4, 6, 9, 12])('from connection %i on passes nothing that was not asked before', async (from) => {
    const server = await respond(({ offer, connection }) =>
      connection >= from || !offer ? null : answer(GOOD, offer),
    );
    const evidence = await gatherAt(server, { limits });
    await server.close();
    expect(verdicts(evidence)['tls.version']).toBe('inconclusive');
    expect(judgeTls(evidence, profile).filter(({ verdict }) => verdict === 'fail')).toEqual([]);
  });
});

/** Hostile servers: what they send to every hello. */
const HOSTILE: [string, Script][] = [
  ['nothing at all', () => undefined],
  ['no TLS', () => Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n')],
  ['a record that lies about its length', () => join(Uint8Array.of(22, 3, 3), number(60_000, 2), new Uint8Array(100))],
  [
    'a message that lies about its length',
    () => record(22, join(number(2, 1), number(2 ** 23, 3), new Uint8Array(50))),
  ],
  ['a ServerHello that ends early', () => record(22, message(2, new Uint8Array(20)))],
  [
    'extensions that lie',
    () =>
      record(
        22,
        message(
          2,
          number(0x0303, 2),
          new Uint8Array(32),
          number(0, 1),
          number(0xc02b, 2),
          number(0, 1),
          number(9, 2),
          number(1, 2),
        ),
      ),
  ],
  ['a suite that was not offered', () => record(22, join(serverHello(0x0303, 0x5a5a), message(14)))],
  ['a version that does not exist', () => record(22, join(serverHello(0x0299, 0xc02b), message(14)))],
  ['endless records', ({ socket }) => flood(socket, record(22, message(11, new Uint8Array(3))))],
  ['endless empty records', ({ socket }) => flood(socket, record(22, new Uint8Array()))],
  ['endless warnings', ({ socket }) => flood(socket, alert(112, 1))],
  [
    'one endless message',
    ({ socket }) => flood(socket, record(22, join(number(11, 1), number(2 ** 17, 3), new Uint8Array(9000)))),
  ],
  ['an alert of no kind', () => record(21, Uint8Array.of(9, 255, 3))],
  ['two ServerHellos', () => record(22, join(serverHello(0x0303, 0xc02b), serverHello(0x0303, 0xc02b), message(14)))],
];

function flood(
  socket: { write(bytes: Uint8Array): boolean; destroyed: boolean; once(event: string, then: () => void): void },
  bytes: Uint8Array,
): undefined {
  const many = join(...Array<Uint8Array>(Math.ceil(65_536 / bytes.length)).fill(bytes));
  const more = () => {
    if (socket.destroyed) return;
    socket.write(many);
    socket.once('drain', more);
  };
  more();
}

describe('hostile servers', () => {
  it.each(HOSTILE)('that send %s are bounded, and nothing passes or fails', async (_, script) => {
    const server = await respond(script);
    const evidence = await gatherAt(server, { limits: { ...limits, milliseconds: 150 } });
    await server.close();
    const all = judgeTls(evidence, profile);
    expect(all.filter(({ verdict }) => verdict === 'pass' || verdict === 'fail')).toEqual([]);
    for (const { received } of evidence.exchanges)
      expect(received.length).toBeLessThanOrEqual((limits.bytes / 3) * 4 + 4);
  });

  it('that have very long chains are left before the proof grows without end, and what was not asked is not known', async () => {
    const every: Behaviour = {
      ...GOOD,
      versions: ['TLS 1.2'],
      suites: ANCIENT_SUITES,
      chain: [new Uint8Array(14_000)],
      staple: null,
    };
    const server = await respond(({ offer }) => (offer ? answer(every, offer) : null));
    const evidence = await gatherAt(server, { limits: { milliseconds: 10_000, bytes: 40_000 } });
    await server.close();
    const received = evidence.exchanges.reduce((sum, one) => sum + Buffer.byteLength(one.received, 'base64'), 0);
    expect(received).toBeLessThan(17 * 40_000);
    expect(evidence.stopped).toMatch(/bytes were read/);
    expect(verdicts(evidence)['tls.version']).not.toBe('pass');
  });

  it('that send one byte after the other are understood', async () => {
    const server = await respond(({ offer, socket }) => {
      const bytes = offer ? answer(GOOD, offer) : null;
      if (!bytes) return null;
      // As many records as bytes, too.
      const split = bytes[0] === 22 ? [...bytes.subarray(5)].map((byte) => record(22, Uint8Array.of(byte))) : [bytes];
      for (const one of split) socket.write(one);
      return undefined;
    });
    const evidence = await gatherAt(server);
    await server.close();
    const judged = verdicts({ ...evidence, handshakes: [HANDSHAKE] });
    expect(judged).toMatchObject({ 'tls.version': 'pass', 'tls.suites': 'pass', 'tls.certificate-trust': 'pass' });
  });

  it('that take another way with a bad suite alone do not get away', async () => {
    // It takes a bad suite only where nothing else is offered, and says nothing to all other bad offers.
    const bad: Behaviour = {
      ...GOOD,
      versions: ['TLS 1.2'],
      suites: [...GOOD.suites, ...suites('RSA_WITH_RC4_128_SHA')],
    };
    const server = await respond(({ offer }) => {
      if (!offer) return null;
      const reply = answer(GOOD, offer);
      return reply && reply[0] === 21 ? answer(bad, offer) : reply;
    });
    const evidence = await gatherAt(server);
    await server.close();
    expect(verdicts(evidence)['tls.suites']).toBe('fail');
  });
});

describe('full mode', () => {
  it('lists groups and suites, and asks for the fallback signal', async () => {
    const strict = loadTlsProfile('strict-modern');
    const behaviour: Partial<Behaviour> = {
      fallback: true,
      groups: groups('X25519MLKEM768', 'x25519', 'secp256r1', 'secp384r1'),
    };
    const evidence = await evidenceOf(behaviour, { mode: 'full', profile: strict });
    const facts = factsOf(evidence);
    expect([...facts.groups13.accepted].toSorted()).toEqual(
      groups('X25519MLKEM768', 'x25519', 'secp256r1', 'secp384r1').toSorted(),
    );
    expect(facts.suitesOld.accepted.size).toBe(2);
    expect(facts.suites13.accepted.size).toBe(2);
    expect(verdicts(evidence, strict)['tls.fallback-signal']).toBe('pass');
    const ignored = await evidenceOf({ ...behaviour, fallback: false }, { mode: 'full', profile: strict });
    const signal = judgeTls(ignored, strict).find(({ check }) => check === 'tls.fallback-signal');
    expect(signal?.observations[0]?.code).toBe('fallback-ignored');
  });
});

describe('dialling', () => {
  it.each([
    '127.0.0.1',
    '10.1.2.3',
    '192.168.0.1',
    '169.254.169.254',
    '::1',
    'fd00::1',
    'fe80::1',
    '::ffff:127.0.0.1',
    '64:ff9b::7f00:1',
    '0.0.0.0',
    '224.0.0.1',
  ])('refuses %s', (address) => expect(() => tcpDial({ address, port: 443 })).toThrow(/public Internet/));
  it('refuses a name, and takes a public address', () => {
    expect(() => tcpDial({ address: 'example.org', port: 443 })).toThrow(/Resolve the name/);
    expect(tcpDial({ address: '9.9.9.9', port: 443 })).toBeTypeOf('function');
    expect(tcpDial({ address: '2620:fe::fe', port: 443 })).toBeTypeOf('function');
  });
});

it('asks an address without a name, and looks for it in the certificate', async () => {
  const own = certify({ name: 'x', issuer: intermediate, addresses: ['127.0.0.1'] });
  const server = await opensslServer({ ...MODERN, ...pem(own, intermediate) });
  const evidence = await gatherAt(server, {}, '127.0.0.1');
  await server.close();
  expect(verdicts(evidence)).toMatchObject({
    'tls.certificate-names': 'pass',
    'tls.certificate-trust': 'pass',
    'tls.suites': 'pass',
  });
});

it.each(['exämple.org', 'a\r\nb', ''])('refuses the host %j', async (host) => {
  const endpoint = { host, address: '192.0.2.1', port: 443, service: 'tls' as const };
  const dial = () => Promise.reject(new Error('dialled'));
  await expect(gatherTls(endpoint, { dial, profile, store, now: () => new Date() })).rejects.toThrow(/no host name/);
});

it('gives up a port where nobody listens', async () => {
  const gone = await behave(GOOD);
  await gone.close();
  const evidence = await gatherAt(gone);
  expect(evidence.exchanges.map(({ ended }) => ended)).toEqual(['unreachable', 'unreachable', 'unreachable']);
});
