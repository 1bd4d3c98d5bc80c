import { afterEach, describe, expect, it } from 'vitest';
import { sockets } from '../dns/index.ts';
import { certify, pem } from '../tls/testing/certificates.ts';
import { evidenceOf, intermediate, root } from '../tls/testing/endpoints.ts';
import { nodeDialer } from '../web/index.ts';
import { judgeTime, ntsTls } from './checks.ts';
import { type NtsEvidence, ntsEvidence } from './evidence.ts';
import { gatherNts } from './gather.ts';
import { FIELD, readPacket, writeField } from './ntp.ts';
import { type TimeProfile, timeProfile } from './profile.ts';
import { type KeRecord, RECORD, writeRecords } from './records.ts';
import chrony from './testing/chrony.json' with { type: 'json' };
import { type Behaviour, numbers, startTimeServer, type TimeServer } from './testing/time-server.ts';

const identity = certify({ name: 'time.test', issuer: intermediate, dnsNames: ['time.test'] });
const dialer = nodeDialer({ allowPrivate: true, roots: [pem(root).cert] });
const never = new AbortController().signal;

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

async function seen(
  behaviour: Behaviour = {},
  change: { permits?: boolean; timeout?: number } = {},
): Promise<{ evidence: NtsEvidence; server: TimeServer }> {
  const server = await startTimeServer(identity, behaviour);
  closers.push(server.close);
  const evidence = await gatherNts(
    { host: 'time.test', address: '127.0.0.1', port: server.port },
    {
      dialer,
      datagram: sockets,
      addressOf: async (host) => (host === 'ntp.test' ? '127.0.0.1' : null),
      permits: () => change.permits ?? true,
      pace: async () => {},
      now: Date.now,
      signal: never,
      timeout: change.timeout ?? 400,
    },
  );
  return { evidence, server };
}

const usual = timeProfile.parse({});
function verdicts(evidence: NtsEvidence, profile: TimeProfile = usual): Record<string, [string, string[]]> {
  const again = ntsEvidence.parse(JSON.parse(JSON.stringify(evidence)));
  return Object.fromEntries(
    judgeTime(again, [], profile).map(({ check, verdict, observations }) => [
      check,
      [verdict, observations.map(({ code }) => code)],
    ]),
  );
}

const without = (type: number) => (records: KeRecord[]) => records.filter((one) => one.type !== type);
const changed = (type: number, change: Partial<KeRecord>) => (records: KeRecord[]) =>
  records.map((one) => (one.type === type ? { ...one, ...change } : one));
const added =
  (...more: KeRecord[]) =>
  (records: KeRecord[]) => [...more, ...records];

describe('key establishment', () => {
  it.each<[string, Behaviour, string, string]>([
    ['as it should be', {}, 'pass', 'nts-ke.good'],
    ['few cookies', { records: (all) => [...all.slice(0, 4), ...all.slice(-2)] }, 'warn', 'nts-ke.few-cookies'],
    ['one cookie twice', { records: (all) => [...all.slice(0, 3), ...all.slice(2)] }, 'warn', 'nts-ke.cookie-twice'],
    [
      'a warning',
      { records: added({ critical: true, type: RECORD.warning, body: numbers(7) }) },
      'warn',
      'nts-ke.warning',
    ],
    [
      'a record that nobody knows',
      { records: added({ critical: false, type: 0x4001, body: Buffer.alloc(9) }) },
      'pass',
      'nts-ke.good',
    ],
    [
      'one that must be known',
      { records: added({ critical: true, type: 0x4001, body: Buffer.alloc(9) }) },
      'fail',
      'nts-ke.unknown-critical',
    ],
    ['no cookie', { records: without(RECORD.cookie) }, 'fail', 'nts-ke.no-cookie'],
    [
      'another protocol inside',
      { records: changed(RECORD.nextProtocol, { body: numbers(9) }) },
      'fail',
      'nts-ke.no-ntp',
    ],
    ['no protocol inside', { records: without(RECORD.nextProtocol) }, 'fail', 'nts-ke.no-ntp'],
    ['another algorithm', { records: changed(RECORD.aead, { body: numbers(16) }) }, 'fail', 'nts-ke.algorithm'],
    ['no algorithm', { records: changed(RECORD.aead, { body: Buffer.alloc(0) }) }, 'fail', 'nts-ke.algorithm'],
    ['two algorithms', { records: changed(RECORD.aead, { body: numbers(15, 16) }) }, 'fail', 'nts-ke.algorithm'],
    [
      'a bad request',
      { records: added({ critical: true, type: RECORD.error, body: numbers(1) }) },
      'fail',
      'nts-ke.error',
    ],
    [
      'an error of its own',
      { records: added({ critical: true, type: RECORD.error, body: numbers(2) }) },
      'inconclusive',
      'nts-ke.error',
    ],
    ['half a number', { records: changed(RECORD.aead, { body: Buffer.alloc(3) }) }, 'fail', 'nts-ke.malformed'],
    ['the protocol twice', { records: (all) => [all[0] as KeRecord, ...all] }, 'fail', 'nts-ke.malformed'],
    [
      'the protocol need not be known',
      { records: changed(RECORD.nextProtocol, { critical: false }) },
      'fail',
      'nts-ke.malformed',
    ],
    [
      'an end that says something',
      { records: changed(RECORD.endOfMessage, { body: Buffer.alloc(2) }) },
      'fail',
      'nts-ke.malformed',
    ],
    ['something after the end', { records: (all) => [...all, all[1] as KeRecord] }, 'fail', 'nts-ke.malformed'],
    [
      'a server that is no name',
      { records: added({ critical: true, type: RECORD.server, body: Buffer.from('a b') }) },
      'fail',
      'nts-ke.malformed',
    ],
    ['no end', { records: without(RECORD.endOfMessage) }, 'inconclusive', 'nts-ke.no-answer'],
    [
      'a length that lies',
      { records: (all) => Buffer.concat([writeRecords(all.slice(0, -1)), Buffer.from([0, 5, 0xff, 0xff, 1])]) },
      'inconclusive',
      'nts-ke.no-answer',
    ],
    ['nothing', { records: () => Buffer.alloc(0) }, 'inconclusive', 'nts-ke.no-answer'],
    ['silence', { speak: () => {} }, 'inconclusive', 'nts-ke.no-answer'],
    ['another protocol', { alpn: null }, 'fail', 'nts-ke.other-protocol'],
    ['no protocol in common', { alpn: ['h2'] }, 'inconclusive', 'nts-ke.no-answer'],
    ['no TLS 1.3', { tls: { minVersion: 'TLSv1.2', maxVersion: 'TLSv1.2' } }, 'inconclusive', 'nts-ke.no-answer'],
  ])('%s', async (_, behaviour, verdict, code) => {
    const { evidence } = await seen(behaviour);
    const { 'time.nts-ke': [found, codes] = ['', []] } = verdicts(evidence);
    expect([found, codes]).toEqual([verdict, expect.arrayContaining([code])]);
    if (verdict !== 'pass' && verdict !== 'warn' && code !== 'nts-ke.other-protocol')
      expect(Object.values(verdicts(evidence)).map(([one]) => one)[0]).not.toBe('pass');
  });

  it('that never ends is given up at its limit, and one that drips in time', async () => {
    const flood = (socket: { destroyed: boolean; write(bytes: Buffer, then: () => void): unknown }): void => {
      if (!socket.destroyed)
        socket.write(writeRecords([{ critical: false, type: RECORD.cookie, body: Buffer.alloc(60_000) }]), () =>
          setImmediate(flood, socket),
        );
    };
    const { evidence } = await seen({ speak: flood }, { timeout: 5000 });
    expect(evidence.ke.ended).toBe('limit');
    expect(verdicts(evidence)['time.nts-ke']?.[0]).toBe('inconclusive');
    const started = performance.now();
    const dripping = await seen({
      speak: (socket) => {
        const timer = setInterval(() => socket.write(Buffer.from([0x40])), 20);
        socket.once('close', () => clearInterval(timer));
      },
    });
    expect(performance.now() - started).toBeLessThan(3000);
    expect(dripping.evidence.ke.ended).toBe('timeout');
  });

  it('that comes octet by octet is the same', async () => {
    const said = writeRecords([
      { critical: true, type: RECORD.nextProtocol, body: numbers(0) },
      { critical: true, type: RECORD.aead, body: numbers(15) },
      { critical: false, type: RECORD.cookie, body: Buffer.alloc(9, 7) },
      { critical: true, type: RECORD.endOfMessage, body: Buffer.alloc(0) },
    ]);
    const { evidence } = await seen({
      speak: async (socket) => {
        socket.setNoDelay();
        for (const octet of said)
          await new Promise((done) => socket.write(Buffer.from([octet]), () => setImmediate(done)));
      },
    });
    expect(evidence.ke).toMatchObject({ ended: 'answered', received: said.toString('base64') });
  });

  it('at a closed port says nothing', async () => {
    const server = await startTimeServer(identity);
    await server.close();
    const evidence = await gatherNts(
      { host: 'time.test', address: '127.0.0.1', port: server.port },
      {
        dialer,
        datagram: sockets,
        addressOf: async () => null,
        permits: () => true,
        pace: async () => {},
        now: Date.now,
        signal: never,
        timeout: 300,
      },
    );
    expect(evidence.ke.ended).toBe('refused');
    expect(Object.values(verdicts(evidence)).map(([verdict]) => verdict)).toEqual(Array(3).fill('inconclusive'));
  });

  it('is strict where that is wanted', async () => {
    const { evidence } = await seen({ records: (all) => [...all.slice(0, 4), ...all.slice(-2)] });
    expect(verdicts(evidence, timeProfile.parse({ cookies: { fewer: 'fail' } }))['time.nts-ke']?.[0]).toBe('fail');
    expect(verdicts(evidence, timeProfile.parse({ cookies: { least: 2 } }))['time.nts-ke']?.[0]).toBe('pass');
  });
});

describe('the time', () => {
  const change = (by: (packet: Buffer) => void): Behaviour => ({
    time: (said) => ({
      ...said,
      change: (packet) => {
        by(packet);
        return packet;
      },
    }),
  });
  const kiss = (code: string, withNumber = true): Behaviour => ({
    time: (said) => {
      said.header.writeUInt8(0, 1);
      said.header.write(code, 12, 'latin1');
      return Buffer.concat([said.header, ...(withNumber ? said.plain : [])]);
    },
  });
  it.each<[string, Behaviour, string, string]>([
    ['is authenticated', {}, 'pass', 'nts-answer.authenticated'],
    ['is plain', { time: (said) => ({ ...said, key: null }) }, 'fail', 'nts-answer.plain'],
    ['is as before NTS', { time: ({ header }) => header }, 'fail', 'nts-answer.plain'],
    ['is by another key', { time: (said) => ({ ...said, key: Buffer.alloc(32, 1) }) }, 'fail', 'nts-answer.forged'],
    ['was changed on the way', change((packet) => packet.writeUInt8(3, 1)), 'fail', 'nts-answer.forged'],
    [
      'has a tag that is wrong',
      change((packet) => packet.writeUInt8((packet.at(-1) as number) ^ 1, packet.length - 1)),
      'fail',
      'nts-answer.forged',
    ],
    [
      'answers another request',
      { time: (said) => ({ ...said, plain: [writeField(FIELD.uniqueIdentifier, Buffer.alloc(32))] }) },
      'fail',
      'nts-answer.other-request',
    ],
    ['has no number of a request', { time: (said) => ({ ...said, plain: [] }) }, 'fail', 'nts-answer.other-request'],
    [
      'has its number behind the authenticator',
      { time: (said) => ({ ...said, plain: [], change: (packet) => Buffer.concat([packet, ...said.plain]) }) },
      'fail',
      'nts-answer.other-request',
    ],
    [
      'has a field that lies about its length',
      {
        time: (said) => ({
          ...said,
          change: (packet) => {
            packet.writeUInt16BE(0xfffc, 50);
            return packet;
          },
        }),
      },
      'fail',
      'nts-answer.malformed',
    ],
    [
      'has a field of no length',
      {
        time: (said) => ({
          ...said,
          change: (packet) => {
            packet.writeUInt16BE(0, 50);
            return packet;
          },
        }),
      },
      'fail',
      'nts-answer.malformed',
    ],
    [
      'has an authenticator that lies about its nonce',
      {
        time: (said) => ({
          ...said,
          change: (packet) => {
            packet.writeUInt16BE(0xffff, 48 + 36 + 4);
            return packet;
          },
        }),
      },
      'fail',
      'nts-answer.malformed',
    ],
    [
      'has an authenticator that lies about its text',
      {
        time: (said) => ({
          ...said,
          change: (packet) => {
            packet.writeUInt16BE(4, 48 + 36 + 6);
            return packet;
          },
        }),
      },
      'fail',
      'nts-answer.malformed',
    ],
    [
      'is of another mode',
      {
        time: (said) => {
          said.header.writeUInt8(0x23, 0);
          return said;
        },
      },
      'fail',
      'nts-answer.malformed',
    ],
    [
      'comes from a clock that is not set',
      {
        time: (said) => {
          said.header.writeUInt8(0xe4, 0);
          return said;
        },
      },
      'fail',
      'nts-answer.unset',
    ],
    [
      'comes without a clock',
      {
        time: (said) => {
          said.header.writeUInt8(16, 1);
          return said;
        },
      },
      'fail',
      'nts-answer.unset',
    ],
    ['brings no new cookie', { time: (said) => ({ ...said, secret: [] }) }, 'warn', 'nts-answer.no-cookie'],
    [
      'brings the old cookie',
      {
        time: (said, request) => ({
          ...said,
          secret: [writeField(FIELD.cookie, readPacket(request).fields[1]?.body ?? Buffer.alloc(0))],
        }),
      },
      'warn',
      'nts-answer.cookie-twice',
    ],
    ['is far off', { wrong: 5000 }, 'warn', 'nts-answer.apart'],
    ['is refused with our number', kiss('NTSN'), 'fail', 'nts-answer.cookie-refused'],
    ['is refused, by whoever', kiss('NTSN', false), 'inconclusive', 'nts-answer.kiss'],
    ['comes too often', kiss('RATE'), 'inconclusive', 'nts-answer.kiss'],
    ['does not come', { time: () => null }, 'inconclusive', 'nts-answer.none'],
    [
      "is said to be another server's",
      { records: (all) => [{ critical: true, type: RECORD.server, body: Buffer.from('ntp.test') }, ...all] },
      'pass',
      'nts-answer.authenticated',
    ],
    [
      'is said to be nowhere',
      { records: (all) => [{ critical: true, type: RECORD.server, body: Buffer.from('no.test') }, ...all] },
      'inconclusive',
      'nts-answer.no-address',
    ],
    ['cannot be asked for', { records: without(RECORD.cookie) }, 'inconclusive', 'nts-answer.not-asked'],
  ])('%s', async (_, behaviour, verdict, code) => {
    const { evidence } = await seen(behaviour);
    const { 'time.nts-answer': [found, codes] = ['', []] } = verdicts(evidence);
    expect([found, codes]).toEqual([verdict, expect.arrayContaining([code])]);
  });

  it('is not asked for again of who asks for fewer requests', async () => {
    const { evidence, server } = await seen(kiss('RATE'));
    expect(server.requests).toHaveLength(1);
    expect(verdicts(evidence)['time.nts-forged']).toEqual(['inconclusive', ['nts-forged.not-asked']]);
  });

  it('is not asked for where that leads into a private network', async () => {
    const { evidence, server } = await seen({}, { permits: false });
    expect(server.requests).toEqual([]);
    expect(verdicts(evidence)['time.nts-answer']).toEqual(['inconclusive', ['nts-answer.no-address']]);
  });

  it('is asked for again where a datagram was lost, each time with another cookie', async () => {
    let lost = 0;
    const { evidence, server } = await seen({ time: (said) => (lost++ < 2 ? null : said) }, { timeout: 200 });
    expect(verdicts(evidence)['time.nts-answer']?.[0]).toBe('pass');
    const cookies = server.requests.map((one) => readPacket(one).fields[1]?.body.toString('hex'));
    expect(new Set(cookies).size).toBe(cookies.length);
    // Nothing of our clock is in them.
    for (const request of server.requests) expect(request.subarray(4, 40)).toEqual(Buffer.alloc(36));
  });
});

describe('a forged request', () => {
  it.each<[Behaviour['forged'] & string, string, string]>([
    ['nak', 'pass', 'nts-forged.refused'],
    ['silent', 'inconclusive', 'nts-forged.silent'],
    ['answer', 'fail', 'nts-forged.answered'],
  ])('%s', async (forged, verdict, code) => {
    expect(verdicts((await seen({ forged })).evidence)['time.nts-forged']).toEqual([verdict, [code]]);
  });
  it('is not sent where nothing answers', async () =>
    expect(verdicts((await seen({ time: () => null })).evidence)['time.nts-forged']?.[1]).toEqual([
      'nts-forged.not-asked',
    ]));
});

it('chrony 4.3 passes, by what it said on a loopback', () => {
  const evidence = ntsEvidence.parse(chrony);
  const found = verdicts(evidence);
  expect(Object.values(found).map(([verdict]) => verdict)).toEqual(['pass', 'pass', 'pass']);
  const [first, ...rest] = evidence.ntp?.exchanges ?? [];
  const bent = Buffer.from(first?.received ?? '', 'base64');
  bent.writeUInt8((bent.at(40) as number) ^ 1, 40);
  const exchanges = first ? [{ ...first, received: bent.toString('base64') }, ...rest] : [];
  expect(verdicts({ ...evidence, ntp: evidence.ntp && { ...evidence.ntp, exchanges } })['time.nts-answer']).toEqual([
    'fail',
    ['nts-answer.forged'],
  ]);
});

describe('TLS of key establishment', () => {
  it.each<[string, Parameters<typeof evidenceOf>[0], string, string]>([
    ['is 1.3 alone', { versions: ['TLS 1.3'] }, 'pass', 'nts-tls.good'],
    ['is older too', {}, 'fail', 'nts-tls.old'],
    ['is older alone', { versions: ['TLS 1.2'] }, 'fail', 'nts-tls.none'],
  ])('%s', async (_, behaviour, verdict, code) => {
    const tls = await evidenceOf(behaviour);
    const { verdict: found, observations } = ntsTls.judge(tls, usual, 'time.test:4460');
    expect([found, observations.map((one) => one.code)]).toEqual([verdict, expect.arrayContaining([code])]);
  });

  it('is not known of a port that speaks no TLS', async () => {
    const tls = await evidenceOf({ versions: [] }, { handshakes: [] });
    expect(ntsTls.judge(tls, usual, 'time.test:4460').verdict).toBe('inconclusive');
    const silent = { ...tls, exchanges: [] };
    expect(ntsTls.judge(silent, usual, 'time.test:4460')).toMatchObject({
      verdict: 'inconclusive',
      observations: [{ code: 'nts-tls.unknown' }],
    });
  });
});
