import { createSocket } from 'node:dgram';
import { createServer, type Socket } from 'node:net';
import { isPublicAddress } from '@proviso/addresses';
import { afterEach, describe, expect, it } from 'vitest';
import type { Failure, Question, Reply } from '../ask/ask.ts';
import { type Host, hostAnswer, listen } from '../testing/network.ts';
import { record } from '../testing/records.ts';
import { makeZone } from '../testing/zone.ts';
import { decodeMessage } from '../wire/message.ts';
import { TYPE } from '../wire/types.ts';
import { type ClientOptions, DnsClient } from './client.ts';
import { Queue } from './queue.ts';
import type { Exchange } from './transport.ts';

const ZONE = makeZone('good.test', {
  records: [record('www.good.test', 'A', '192.0.2.1'), record('big.good.test', 'TXT', 'x'.repeat(200))],
});
const QUESTION: Question = { name: 'www.good.test', type: TYPE.A };
const never = new AbortController().signal;

const closers: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

async function serve(host: Host): Promise<number> {
  const { port, close } = await listen(host);
  closers.push(close);
  return port;
}

const client = (options: ClientOptions = {}): DnsClient =>
  new DnsClient({ permits: () => true, timeout: 300, attempts: 2, ...options });
const local = (port: number) => ({ address: '127.0.0.1', port });
const brief = (reply: Reply): string =>
  'failure' in reply ? reply.failure : `${reply.via} ${decodeMessage(reply.bytes).answer.length}`;

describe('over real sockets', () => {
  it.each<[string, Host, Question, string]>([
    ['an answer', { zones: [ZONE] }, QUESTION, 'udp 2'],
    [
      'one that is cut off comes over TCP',
      { zones: [ZONE], udpSize: 150 },
      { name: 'big.good.test', type: TYPE.TXT },
      'tcp 2',
    ],
    [
      'but not where only UDP is asked for',
      { zones: [ZONE], udpSize: 150 },
      { name: 'big.good.test', type: TYPE.TXT, via: 'udp' },
      'udp 0',
    ],
    ['only TCP', { zones: [ZONE], silent: { udp: 'timeout' } }, { ...QUESTION, via: 'tcp' }, 'tcp 2'],
    ['silence', { silent: { udp: 'timeout' } }, QUESTION, 'timeout'],
    ['a stream that is closed', { silent: { tcp: 'refused' } }, { ...QUESTION, via: 'tcp' }, 'refused'],
    ['another answer on a stream', { say: () => Buffer.alloc(40, 7) }, { ...QUESTION, via: 'tcp' }, 'malformed'],
  ])('%s', async (_, host, question, expected) => {
    const port = await serve(host);
    expect(brief(await client().ask(question, local(port), true, never))).toBe(expected);
  });

  it('a closed port is refused, on both ways', async () => {
    const port = await serve({});
    await closers.pop()?.();
    for (const via of ['udp', 'tcp'] as const)
      expect(brief(await client().ask({ ...QUESTION, via }, local(port), true, never))).toBe('refused');
  });

  it('datagrams that answer something else are passed over, and a flood of them ends it', async () => {
    const strays = async (count: number, answer: boolean): Promise<number> => {
      const socket = createSocket('udp4');
      closers.push(() => void socket.close());
      socket.on('message', (query, { port, address }) => {
        const right = hostAnswer({ zones: [ZONE] }, query, 'udp') as Buffer;
        const wrong = Buffer.from(right);
        wrong[0] = (wrong[0] as number) ^ 1;
        for (let at = 0; at < count; at += 1) socket.send(wrong, port, address);
        if (answer) socket.send(right, port, address);
      });
      await new Promise<void>((ready) => socket.bind(0, '127.0.0.1', ready));
      return socket.address().port;
    };
    expect(brief(await client().ask(QUESTION, local(await strays(5, true)), true, never))).toBe('udp 2');
    expect(brief(await client().ask(QUESTION, local(await strays(40, false)), true, never))).toBe('flooded');
  });

  it('a stream that drips or never says how much comes ends in time', async () => {
    const server = createServer((socket: Socket) => {
      socket.on('error', () => undefined);
      socket.resume();
      socket.write(Buffer.from([0xff, 0xff, 1, 2, 3]));
    });
    closers.push(() => new Promise<void>((done) => server.close(() => done())));
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
    const { port } = server.address() as { port: number };
    expect(brief(await client({ attempts: 1 }).ask({ ...QUESTION, via: 'tcp' }, local(port), true, never))).toBe(
      'timeout',
    );
  });

  it('stops at once when it is cancelled', async () => {
    const port = await serve({ silent: { udp: 'timeout' } });
    const controller = new AbortController();
    const asked = client({ timeout: 60_000 }).ask(QUESTION, local(port), true, controller.signal);
    controller.abort();
    expect(brief(await asked)).toBe('cancelled');
    expect(brief(await client().ask(QUESTION, local(port), true, controller.signal))).toBe('cancelled');
  });
});

/** A client over a transport that answers from a list, and what it was given. */
function scripted(outcomes: Failure[], options: ClientOptions = {}) {
  const sent: Exchange[] = [];
  const slept: number[] = [];
  const made = client({
    transport: async (exchange) => {
      sent.push(exchange);
      return outcomes[sent.length - 1] ?? hostAnswer({ zones: [ZONE] }, exchange.message, exchange.via);
    },
    sleep: async (milliseconds) => void slept.push(milliseconds),
    ...options,
  });
  return { made, sent, slept };
}

describe('the client', () => {
  it('tries again with longer patience and a new id', async () => {
    const { made, sent, slept } = scripted(['timeout', 'unreachable'], { attempts: 4, timeout: 100 });
    expect(brief(await made.ask(QUESTION, local(53), true, never))).toBe('udp 2');
    expect(sent.map(({ timeout }) => timeout)).toEqual([100, 150, 225]);
    expect(slept).toEqual([100]);
    expect(new Set(sent.map(({ message }) => message.readUInt16BE(0))).size).toBe(3);
  });

  it('gives up after its attempts, and says why', async () => {
    const { made, sent } = scripted(['timeout', 'timeout', 'refused'], { attempts: 3 });
    expect(brief(await made.ask(QUESTION, local(53), true, never))).toBe('refused');
    expect(sent).toHaveLength(3);
  });

  it('speaks to public addresses only, unless it is let', async () => {
    const { made, sent } = scripted([], { permits: isPublicAddress });
    expect(brief(await made.ask(QUESTION, local(53), true, never))).toBe('not-permitted');
    expect(sent).toHaveLength(0);
  });

  it.each([
    [
      'dnssec',
      { dnssecOk: true, version: 0, otherFlags: 0, options: 0 },
      { checkingDisabled: true, authenticData: false },
    ],
    [
      'trusting',
      { dnssecOk: true, version: 0, otherFlags: 0, options: 0 },
      { checkingDisabled: false, authenticData: true },
    ],
    ['plain', null, { checkingDisabled: false }],
    ['edns', { dnssecOk: false, version: 0, otherFlags: 0, options: 0 }, { checkingDisabled: false }],
    ['edns-version', { dnssecOk: false, version: 1, otherFlags: 0, options: 0 }, {}],
    ['edns-option', { dnssecOk: false, version: 0, otherFlags: 0, options: 1 }, {}],
    ['edns-flag', { dnssecOk: false, version: 0, otherFlags: 0x40, options: 0 }, {}],
  ] as const)('dresses a query as %s', async (dress, edns, flags) => {
    const { made, sent } = scripted([]);
    await made.ask({ ...QUESTION, dress }, local(53), true, never);
    const query = decodeMessage(sent[0]?.message as Buffer);
    const opt = query.edns && { ...query.edns, options: query.edns.options.length };
    if (edns) expect(opt).toMatchObject(edns);
    else expect(opt).toBeNull();
    expect(query).toMatchObject({
      ...flags,
      recursionDesired: true,
      question: { name: 'www.good.test', type: TYPE.A },
    });
  });

  it('takes an answer with the letters of its question only, when they are mixed', async () => {
    const { made, sent } = scripted([], { mixCase: true, random: (octets) => Buffer.alloc(octets, 0b10101010) });
    await made.ask(QUESTION, local(53), true, never);
    const { message, accepts } = sent[0] as Exchange;
    expect(message.toString('latin1')).toContain('wWw');
    const answer = hostAnswer({ zones: [ZONE] }, message, 'udp') as Buffer;
    expect(accepts(answer)).toBe(true);
    expect(accepts(Buffer.from(answer.toString('latin1').replace('wWw', 'www'), 'latin1'))).toBe(false);
  });

  it('accepts no query, no other id, question or operation as an answer', async () => {
    const { made, sent } = scripted([]);
    await made.ask(QUESTION, local(53), true, never);
    const { message, accepts } = sent[0] as Exchange;
    const answer = hostAnswer({ zones: [ZONE] }, message, 'udp') as Buffer;
    const changed = (at: number, octet: number): Buffer => {
      const bytes = Buffer.from(answer);
      bytes[at] = octet;
      return bytes;
    };
    expect(accepts(answer)).toBe(true);
    const wrong = [
      message,
      Buffer.alloc(0),
      answer.subarray(0, 11),
      changed(1, (answer[1] as number) ^ 1),
      changed(2, 0xa8),
      changed(13, 120),
      changed(5, 0),
      changed(30, 9),
    ];
    expect(wrong.map(accepts)).toEqual(wrong.map(() => false));
  });
});

it('lets a few through at a time for each server, and keeps its pauses', async () => {
  let now = 0;
  let [running, most] = [0, 0];
  const starts: number[] = [];
  const queue = new Queue({
    parallel: 2,
    pause: 10,
    now: () => now,
    sleep: async (milliseconds) => {
      now += milliseconds;
    },
  });
  const task = async (): Promise<void> => {
    starts.push(now);
    most = Math.max(most, ++running);
    await Promise.resolve();
    running -= 1;
  };
  await Promise.all([...Array.from({ length: 5 }, () => queue.run('a', task)), queue.run('b', task)]);
  expect(most).toBeLessThanOrEqual(3);
  expect(starts).toHaveLength(6);
  expect(Math.max(...starts)).toBeGreaterThanOrEqual(40);
  await expect(queue.run('a', async () => Promise.reject(new Error('mine')))).rejects.toThrow('mine');
});
