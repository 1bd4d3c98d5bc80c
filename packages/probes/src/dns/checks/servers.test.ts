import { afterAll, describe, expect, it } from 'vitest';
import type { Host } from '../testing/network.ts';
import { record } from '../testing/records.ts';
import type { Answer } from '../testing/responder.ts';
import { goodZone, NS1, NS2, type StageSettings } from '../testing/stage.ts';
import { everywhere, type Row, Shown, silence } from '../testing/table.ts';
import { delegate } from '../testing/world.ts';
import { makeZone } from '../testing/zone.ts';
import type { Message } from '../wire/message.ts';
import { TYPE } from '../wire/types.ts';
import { consistency } from './consistency.ts';
import { edns } from './edns.ts';
import type { DnsCheck } from './evidence.ts';
import { nameServers } from './name-servers.ts';
import { dnsProfile } from './profile.ts';

const shown = new Shown();

function table(check: DnsCheck, subject: string, rows: Row[]): void {
  describe(`${check.id} of ${subject}`, () => {
    it.each(rows)('%s: %s (%s)', async (_, verdict, code, settings) => {
      const found = await shown.run(check, subject, settings);
      expect(found).toEqual({ verdict, codes: expect.arrayContaining([code]) });
    });
    it('without evidence is inconclusive', () => {
      const evidence = { at: 0, recording: { schema: 'proviso.dns/1' as const, entries: [] } };
      const { verdict, check: id, subject: told } = check.judge(evidence, dnsProfile.parse({}), subject);
      expect([verdict, id, told]).toEqual(['inconclusive', check.id, subject]);
    });
  });
}

const say = (say: NonNullable<Host['say']>): Host => ({ say });
const plainZone = goodZone({ keys: [] });
/** From before EDNS: questions with it are broken ones. */
const ancient = say((said, query) =>
  query.edns ? { ...said, rcode: 1, answer: [], authority: [], additional: [], edns: null } : { ...said, edns: null },
);
const noServers = (): StageSettings => ({ cut: [record('good.test', 'TXT', 'no zone here')] });

table(nameServers, 'good.test', [
  ['as it should be', 'pass', 'ns.good'],
  ['unsigned', 'pass', 'ns.good', { zone: plainZone }],
  ['one server', 'fail', 'ns.few', { zone: goodZone({ servers: ['ns1.good.test'] }) }],
  ['no zone', 'fail', 'ns.none', noServers()],
  ['the parent silent', 'inconclusive', 'ns.unknown', { hosts: { '10.0.0.2': silence } }],
  ['no IPv6', 'fail', 'ns.few-ipv6', { zone: goodZone({ records: [record('ns1.good.test', 'A', NS1)] }) }],
  ['silent over UDP', 'inconclusive', 'ns.silent-udp', { hosts: { [NS2]: { silent: { udp: 'timeout' } } } }],
  ['silent over TCP', 'inconclusive', 'ns.silent-tcp', { hosts: { [NS2]: { silent: { tcp: 'refused' } } } }],
  ['cutting off what it says over UDP', 'inconclusive', 'ns.silent-udp', { hosts: { [NS2]: { udpSize: 40 } } }],
  ['too old for EDNS', 'pass', 'ns.good', { zone: plainZone, hosts: { [NS2]: ancient } }],
  ['refusing', 'inconclusive', 'ns.silent-udp', { hosts: { [NS2]: { zones: [] } } }],
  ['failing', 'inconclusive', 'ns.silent-tcp', { hosts: { [NS2]: say((said) => ({ ...said, rcode: 2 })) } }],
  ['denying the zone', 'fail', 'ns.lame', { hosts: { [NS2]: say((said) => ({ ...said, rcode: 3, answer: [] })) } }],
  ['pointing elsewhere', 'fail', 'ns.lame', { hosts: { [NS2]: say((said) => ({ ...said, answer: [] })) } }],
  ['not authoritative', 'fail', 'ns.lame', { hosts: { [NS2]: say((said) => ({ ...said, authoritative: false })) } }],
  [
    'a server without address',
    'fail',
    'ns.no-address',
    { zone: goodZone({ servers: ['ns1.good.test', 'ns2.good.test', 'ns9.good.test'] }) },
  ],
  [
    'an alias',
    'fail',
    'ns.alias',
    { zone: goodZone({ records: [record('ns2.good.test', 'CNAME', 'ns1.good.test')] }) },
  ],
  [
    'an address that cannot be looked up',
    'inconclusive',
    'ns.address-unknown',
    { hosts: everywhere(say((said, query) => (query.question?.type === TYPE.AAAA ? { ...said, rcode: 2 } : said))) },
  ],
  [
    'more addresses than are looked at',
    'inconclusive',
    'ns.left-out',
    {
      zone: goodZone({
        records: Array.from({ length: 45 }, (_, at) => record('ns1.good.test', 'AAAA', `fd00::${at + 16}`)).concat(
          record('ns1.good.test', 'A', NS1),
        ),
      }),
    },
  ],
]);

table(consistency, 'good.test', [
  ['as it should be', 'pass', 'consistent.good'],
  ['an older serial', 'warn', 'consistent.serial', { second: goodZone({ serial: 7, keys: [] }) }],
  [
    'another mailbox',
    'fail',
    'consistent.soa',
    {
      second: makeZone('good.test', {
        servers: ['ns2.good.test', 'ns1.good.test'],
        keys: [],
        records: [record('ns2.good.test', 'A', NS2)],
      }),
    },
  ],
  [
    'other servers',
    'fail',
    'consistent.ns',
    { second: goodZone({ servers: ['ns1.good.test', 'ns2.good.test', 'ns3.good.test'], keys: [] }) },
  ],
  [
    'the parent knows more',
    'warn',
    'consistent.parent-more',
    {
      cut: [
        ...delegate(goodZone(), false, NS1),
        record('good.test', 'NS', 'ns7.test'),
        record('ns2.good.test', 'A', NS2),
      ],
    },
  ],
  ['the parent knows less', 'warn', 'consistent.parent-less', { cut: delegate(makeZone('good.test'), false, NS1) }],
  ['other glue', 'warn', 'consistent.glue', { cut: [...delegate(goodZone(), false, NS2)] }],
  ['nobody answers', 'inconclusive', 'consistent.unknown', { hosts: everywhere(silence) }],
  ['one too old for EDNS', 'pass', 'consistent.good', { zone: plainZone, hosts: { [NS2]: ancient } }],
  ['one does not answer', 'inconclusive', 'consistent.unknown', { hosts: { [NS2]: silence } }],
  [
    'the parent has no address that answers',
    'inconclusive',
    'consistent.parent-unknown',
    {
      hosts: {
        '10.0.0.2': say((said, query) =>
          query.question?.name === 'ns1.test' ? { ...said, rcode: 2, answer: [] } : said,
        ),
      },
    },
  ],
  ['the parent at the same server', 'pass', 'consistent.good', { hosts: { '10.0.0.2': say(answerForZone) } }],
]);

function answerForZone(said: Answer, query: Message): Answer {
  if (query.question?.name !== 'good.test' || query.question.type !== TYPE.NS) return said;
  const servers = ['ns1.good.test', 'ns2.good.test'].map((server) => record('good.test', 'NS', server));
  return { ...said, authoritative: true, answer: servers, authority: [], additional: [] };
}

table(edns, 'good.test', [
  ['as it should be', 'pass', 'edns.good'],
  ['none', 'fail', 'edns.missing', { hosts: { [NS2]: say((said) => ({ ...said, edns: null })) } }],
  ['too old for it', 'fail', 'edns.missing', { hosts: { [NS2]: ancient } }],
  ['cut off', 'inconclusive', 'edns.unknown', { hosts: { [NS2]: { udpSize: 40 } } }],
  [
    'silent about it',
    'inconclusive',
    'edns.unknown',
    { hosts: { [NS2]: say((said, query) => (query.edns ? 'timeout' : said)) } },
  ],
  ['lame', 'inconclusive', 'edns.unknown', { hosts: { [NS2]: { zones: [] } } }],
  [
    'any version',
    'warn',
    'edns.version',
    { hosts: { [NS2]: say((said, query) => (query.edns?.version ? { ...said, rcode: 0 } : said)) } },
  ],
  [
    'options come back',
    'warn',
    'edns.option',
    {
      hosts: {
        [NS2]: say((said, query) =>
          query.edns?.options.length
            ? { ...said, edns: { version: 0, flags: 0, options: Buffer.from([0, 100, 0, 0]) } }
            : said,
        ),
      },
    },
  ],
  [
    'options are an error',
    'warn',
    'edns.option',
    { hosts: { [NS2]: say((said, query) => (query.edns?.options.length ? { ...said, rcode: 1 } : said)) } },
  ],
  [
    'flags come back',
    'warn',
    'edns.flag',
    {
      hosts: {
        [NS2]: say((said, query) =>
          query.edns?.otherFlags
            ? { ...said, edns: { version: 0, flags: query.edns.otherFlags, options: Buffer.alloc(0) } }
            : said,
        ),
      },
    },
  ],
  ['no zone', 'inconclusive', 'ns.unknown', noServers()],
]);

afterAll(() => {
  // Every finding that has a sentence has a fixture that shows it.
  expect(shown.missing('ns', 'consistent', 'edns')).toEqual([]);
});
