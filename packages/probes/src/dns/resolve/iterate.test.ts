import { describe, expect, it } from 'vitest';
import { messageOf } from '../ask/ask.ts';
import { drive } from '../ask/drive.ts';
import { believe } from '../dnssec/believe.ts';
import { validate } from '../dnssec/validate.ts';
import { type Host, memoryNetwork } from '../testing/network.ts';
import { rawRecord, record } from '../testing/records.ts';
import { anchorOf, delegate, resolverOf, worldAbove } from '../testing/world.ts';
import { makeZone, NOW } from '../testing/zone.ts';
import { DnsClient } from '../transport/client.ts';
import { nameToWire } from '../wire/name.ts';
import { TYPE } from '../wire/types.ts';
import { forwardingSource } from './forward.ts';
import { Iteration, ROOT_HINTS } from './iterate.ts';

const never = new AbortController().signal;
const now = () => NOW * 1000;

const good = makeZone('good.test', {
  records: [record('www.good.test', 'A', '192.0.2.1'), record('away.good.test', 'CNAME', 'www.out.test')],
});
// Its servers are in another zone, so their addresses must be looked up.
const out = makeZone('out.test', { servers: ['ns1.good.test'], records: [record('www.out.test', 'A', '192.0.2.2')] });
const served = makeZone('good.test', {
  keys: good.keys,
  records: [
    record('www.good.test', 'A', '192.0.2.1'),
    record('away.good.test', 'CNAME', 'www.out.test'),
    record('ns1.good.test', 'A', '10.0.0.3'),
  ],
});
const test = makeZone('test', {
  records: [...delegate(served, true, '10.0.0.3'), ...delegate(out).filter(({ type }) => type !== TYPE.A)],
});
const root = makeZone('.', { records: delegate(test, true, '10.0.0.2') });

const HOSTS: Record<string, Host> = {
  '10.0.0.1': { zones: [root] },
  '10.0.0.2': { zones: [test] },
  '10.0.0.3': { zones: [served, out] },
};

function iteration(hosts: Record<string, Host> = HOSTS, servers = [{ name: 'a.root', addresses: ['10.0.0.1'] }]) {
  const { transport, asked } = memoryNetwork(hosts);
  const client = new DnsClient({ transport, permits: () => true, attempts: 1, sleep: async () => undefined, now });
  return { asked, client, source: new Iteration({ client, from: { zone: '.', servers }, now }).source };
}

describe('going down from the root', () => {
  it.each([
    ['www.good.test', 'A', 'secure'],
    ['none.good.test', 'A', 'secure'],
    ['good.test', 'DS', 'secure'],
    ['www.out.test', 'A', 'secure'],
    ['away.good.test', 'A', 'secure'],
    ['none.test', 'A', 'secure'],
  ] as const)('finds %s %s, %s', async (name, type, status) => {
    const { source } = iteration();
    const enquiry = validate(name, TYPE[type], { at: NOW, anchors: [anchorOf(root)] });
    const { result } = await drive(enquiry, { source, now });
    expect([result.status, result.reason]).toEqual([status, null]);
  });

  it('remembers delegations', async () => {
    const { source, asked } = iteration();
    await source({ name: 'www.good.test', type: TYPE.A }, never);
    await source({ name: 'none.good.test', type: TYPE.A }, never);
    expect(asked.map((line) => line.split(' ')[0])).toEqual(['10.0.0.1', '10.0.0.2', '10.0.0.3', '10.0.0.3']);
  });

  it('takes the next server where one is silent, fails or is lame', async () => {
    const hosts: Record<string, Host> = {
      ...HOSTS,
      '10.0.0.7': { silent: { udp: 'timeout' } },
      '10.0.0.8': { say: (said) => ({ ...said, rcode: 2 }) },
      '10.0.0.9': { zones: [out] },
    };
    const { source } = iteration(hosts, [
      { name: 'a.root', addresses: ['10.0.0.7', '10.0.0.8', '10.0.0.9', '10.0.0.1'] },
    ]);
    const message = messageOf(await source({ name: 'www.good.test', type: TYPE.A }, never));
    expect(message).toMatchObject({ authoritative: true, rcode: 0 });
  });

  it('asks a server from before EDNS again without it', async () => {
    const old: Host = {
      zones: [served, out],
      say: (said, query) =>
        query.edns ? { ...said, rcode: 1, answer: [], authority: [], additional: [], edns: null } : said,
    };
    const { source } = iteration({ ...HOSTS, '10.0.0.3': old });
    const message = messageOf(await source({ name: 'www.good.test', type: TYPE.A }, never));
    expect(message).toMatchObject({ authoritative: true, rcode: 0, edns: null });
    const enquiry = validate('www.good.test', TYPE.A, { at: NOW, anchors: [anchorOf(root)] });
    const { result } = await drive(enquiry, { source, now });
    expect([result.status, result.reason?.code]).toEqual(['bogus', 'signature-missing']);
  });

  it.each<[string, Host, string, number]>([
    ['to themselves', referTo('test'), 'referral', 9],
    ['to a zone that the name is not in', referTo('other.test'), 'referral', 9],
    ['ever deeper', deeper(), 'limit', 30],
    ['to servers that have no address', referTo('good.test', 'ns.nowhere.invalid'), 'no-server', 9],
    ['to many servers that must be looked up, each again so', fanOut(), 'no-server', 40],
  ])('ends soon where servers refer %s', async (_, host, reason, most) => {
    const { source, asked } = iteration({ ...HOSTS, '10.0.0.2': host });
    const enquiry = validate(`${'a.'.repeat(60)}good.test`, TYPE.A, { at: NOW, anchors: [anchorOf(root)] });
    const { result } = await drive(enquiry, { source, now });
    expect([result.status, result.reason?.detail ?? result.reason?.code]).toEqual(['indeterminate', reason]);
    expect(asked.length).toBeLessThan(most);
  });

  it('does not take addresses that are not the server to give', async () => {
    const poison: Host = {
      say: (said) => ({
        ...said,
        rcode: 0,
        authoritative: false,
        answer: [],
        authority: [rawRecord('good.test', TYPE.NS, nameToWire('www.victim.example'))],
        additional: [record('www.victim.example', 'A', '10.0.0.66')],
      }),
    };
    const { source, asked } = iteration({ ...HOSTS, '10.0.0.2': poison });
    await source({ name: 'www.good.test', type: TYPE.A }, never);
    expect(asked.filter((line) => line.startsWith('10.0.0.66'))).toEqual([]);
  });
});

/** Refers whatever it is asked to one zone and server. */
function referTo(zone: string, server = `ns1.${zone}`): Host {
  return {
    say: (said) => ({
      ...said,
      rcode: 0,
      authoritative: false,
      answer: [],
      authority: [rawRecord(zone, TYPE.NS, nameToWire(server))],
      additional: server.endsWith(zone) ? [record(server, 'A', '10.0.0.2')] : [],
    }),
  };
}

/** Refers one label deeper at each question. */
function deeper(): Host {
  let depth = 2;
  return {
    say: (said, query) => {
      const labels = (query.question?.name ?? '').split('.');
      depth += 1;
      const zone = labels.slice(Math.max(0, labels.length - depth)).join('.');
      return {
        ...said,
        rcode: 0,
        authoritative: false,
        answer: [],
        authority: [rawRecord(zone, TYPE.NS, nameToWire(`ns.${zone}`))],
        additional: [record(`ns.${zone}`, 'A', '10.0.0.2')],
      };
    },
  };
}

/** Refers to twenty servers, each in a zone of its own that it refers from as well. */
function fanOut(): Host {
  let count = 0;
  return {
    say: (said, query) => {
      const zone = (query.question?.name ?? '').split('.').slice(-2).join('.');
      const servers = Array.from({ length: 20 }, () => rawRecord(zone, TYPE.NS, nameToWire(`n.other${++count}.test`)));
      return { ...said, rcode: 0, authoritative: false, answer: [], additional: [], authority: servers };
    },
  };
}

it('has thirteen root servers with addresses of both kinds', () => {
  expect(ROOT_HINTS.servers).toHaveLength(13);
  expect(ROOT_HINTS.servers.every(({ addresses }) => addresses.length === 2)).toBe(true);
});

describe('through given resolvers', () => {
  it('asks the next where one refuses or is silent, and none where none is given', async () => {
    const { transport, asked } = memoryNetwork({ '10.0.0.4': { zones: [] }, '10.0.0.3': { zones: [served] } });
    const client = new DnsClient({ transport, permits: () => true, attempts: 1, sleep: async () => undefined, now });
    const at = (address: string) => ({ address, port: 53 });
    const reply = await forwardingSource(
      client,
      [at('10.0.0.5'), at('10.0.0.4'), at('10.0.0.3')],
      now,
    )({ name: 'www.good.test', type: TYPE.A }, never);
    expect(messageOf(reply)).toMatchObject({ rcode: 0 });
    expect(asked.map((line) => line.split(' ')[0])).toEqual(['10.0.0.5', '10.0.0.4', '10.0.0.3']);
    expect(await forwardingSource(client, [], now)({ name: 'www.good.test', type: TYPE.A }, never)).toEqual({
      failure: 'no-server',
      time: now(),
    });
  });
});

describe('taking a resolver at its word', () => {
  const world = worldAbove([
    makeZone('good.test', {
      records: [record('www.good.test', 'A', '192.0.2.1'), record('a.good.test', 'CNAME', 'www.good.test')],
    }),
  ]);
  const resolver: NonNullable<Host['say']> = (said) => said;
  it.each<[string, string, NonNullable<Host['say']>, string, string | null]>([
    ['AD', 'a.good.test', resolver, 'secure', null],
    ['no AD', 'a.good.test', resolver, 'insecure', 'resolver-insecure'],
    ['silence', 'www.good.test', () => 'timeout', 'indeterminate', 'no-answer'],
    ['a failure with CD too', 'www.good.test', (said) => ({ ...said, rcode: 2 }), 'indeterminate', 'server-failure'],
    ['no message', 'www.good.test', () => Buffer.from('x'), 'indeterminate', 'malformed'],
  ])('%s', async (what, name, say, status, reason) => {
    const source = resolverOf(world, say);
    const { result } = await drive(believe(name, TYPE.A), {
      now,
      source: async (question, signal) => {
        const reply = await source(question, signal);
        // A resolver says that recursion is to be had (RA), and AD where it validated.
        if ('bytes' in reply && reply.bytes.length > 12)
          reply.bytes[3] = (reply.bytes[3] as number) | 0x80 | (what === 'AD' ? 0x20 : 0);
        return reply;
      },
    });
    expect([result.status, result.reason?.code ?? null]).toEqual([status, reason]);
  });

  it('a failure that goes away with CD is bogus, with the reason that the resolver gives', async () => {
    const source = resolverOf(world);
    const failing = resolverOf(world, (said) => ({
      ...said,
      rcode: 2,
      answer: [],
      edns: { version: 0, flags: 0, options: Buffer.from([0, 15, 0, 2, 0, 7]) },
    }));
    const { result } = await drive(believe('www.good.test', TYPE.A), {
      now,
      source: (question, signal) => (question.dress === 'trusting' ? failing : source)(question, signal),
    });
    expect([result.status, result.reason?.code, result.reason?.detail]).toEqual(['bogus', 'resolver-bogus', 'EDE 7']);
  });
});
