import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Verdict } from '../../check.ts';
import { readMailProfile } from '../profile.ts';
import { type Zone, zoneResolver } from '../testing/zone.ts';
import { spfCheck, spfSendersCheck } from './checks.ts';
import { parseSpf } from './record.ts';

const profile = readMailProfile({});
const long = `v=spf1 ${'ip4:192.0.2.1 '.repeat(40)}-all`;
const includes = (count: number) => Array.from({ length: count }, (_, at) => `include:i${at}.test`).join(' ');
const includeZone = (count: number): Zone =>
  Object.fromEntries(Array.from({ length: count }, (_, at) => [`i${at}.test`, { TXT: [`v=spf1 ip4:192.0.2.${at}`] }]));

/** record or zone → verdict and one code that must be there, null for none but `spf.remainder`. */
const cases: [what: string, zone: Zone | string, verdict: Verdict, code: string | null][] = [
  ['strict record', 'v=spf1 ip4:192.0.2.0/24 -all', 'pass', null],
  ['soft record', 'v=spf1 ip4:192.0.2.0/24 ~all', 'pass', null],
  ['sends nothing', 'v=spf1 -all', 'pass', null],
  ['redirect', { 'd.test': { TXT: ['v=spf1 redirect=r.test'] }, 'r.test': { TXT: ['v=spf1 -all'] } }, 'pass', null],
  ['ten lookups', { 'd.test': { TXT: [`v=spf1 ${includes(10)} -all`] }, ...includeZone(10) }, 'pass', null],
  [
    'eleven lookups',
    { 'd.test': { TXT: [`v=spf1 ${includes(11)} -all`] }, ...includeZone(11) },
    'fail',
    'spf.many-lookups',
  ],
  ['no record', {}, 'fail', 'spf.none'],
  ['other text only', 'v=spf10 -all', 'fail', 'spf.none'],
  ['two records', { 'd.test': { TXT: ['v=spf1 -all', 'v=spf1 ~all'] } }, 'fail', 'spf.several-records'],
  ['everybody passes', 'v=spf1 +all', 'fail', 'spf.open'],
  ['all without sign', 'v=spf1 all', 'fail', 'spf.open'],
  ['half the addresses twice', 'v=spf1 ip4:0.0.0.0/1 ip4:128.0.0.0/1 -all', 'fail', 'spf.open'],
  ['every IPv6 address', 'v=spf1 ip6:::/0 -all', 'fail', 'spf.open'],
  ['a with no bits', { 'd.test': { TXT: ['v=spf1 a/0 -all'], A: ['192.0.2.1'] } }, 'fail', 'spf.open'],
  [
    'exists that always is',
    { 'd.test': { TXT: ['v=spf1 exists:x.test -all'] }, 'x.test': { A: ['127.0.0.2'] } },
    'fail',
    'spf.open',
  ],
  [
    'includes who lets all pass',
    { 'd.test': { TXT: ['v=spf1 include:i.test -all'] }, 'i.test': { TXT: ['v=spf1 +all'] } },
    'fail',
    'spf.open',
  ],
  [
    'redirect to who lets all pass',
    { 'd.test': { TXT: ['v=spf1 redirect=i.test'] }, 'i.test': { TXT: ['v=spf1 +all'] } },
    'fail',
    'spf.open',
  ],
  [
    'rejects whom another lets pass',
    { 'd.test': { TXT: ['v=spf1 -include:i.test ~all'] }, 'i.test': { TXT: ['v=spf1 ip4:10.0.0.0/8'] } },
    'pass',
    null,
  ],
  ['a whole /8', 'v=spf1 ip4:10.0.0.0/8 -all', 'warn', 'spf.broad'],
  ['neutral', 'v=spf1 ?all', 'fail', 'spf.remainder'],
  ['no end', 'v=spf1 ip4:192.0.2.1', 'fail', 'spf.remainder'],
  [
    'include ends nothing',
    { 'd.test': { TXT: ['v=spf1 include:i.test'] }, 'i.test': { TXT: ['v=spf1 -all'] } },
    'fail',
    'spf.remainder',
  ],
  ['unknown mechanism', 'v=spf1 mix -all', 'fail', 'spf.syntax'],
  ['bad address', 'v=spf1 ip4:192.0.2.256 -all', 'fail', 'spf.syntax'],
  [
    'fault in what is included',
    { 'd.test': { TXT: ['v=spf1 include:i.test -all'] }, 'i.test': { TXT: ['v=spf1 a: -all'] } },
    'fail',
    'spf.syntax',
  ],
  ['include without record', 'v=spf1 include:i.test -all', 'fail', 'spf.target-without-record'],
  ['include of itself', 'v=spf1 include:d.test -all', 'fail', 'spf.many-lookups'],
  ['redirect to itself', 'v=spf1 redirect=d.test', 'fail', 'spf.many-lookups'],
  ['ptr', 'v=spf1 ptr -all', 'warn', 'spf.ptr'],
  ['too long', long, 'warn', 'spf.long'],
  ['term after all', 'v=spf1 -all a', 'warn', 'spf.after-all'],
  ['redirect beside all', 'v=spf1 -all redirect=r.test', 'warn', 'spf.redirect-unused'],
  ['unknown modifier', 'v=spf1 foo=bar -all', 'warn', 'spf.unknown-modifier'],
  ['a void lookup', 'v=spf1 a:n1.test -all', 'warn', 'spf.void'],
  ['three void lookups', 'v=spf1 a:n1.test a:n2.test mx:n3.test -all', 'fail', 'spf.many-void-lookups'],
  [
    'eleven exchangers',
    {
      'd.test': {
        TXT: ['v=spf1 mx -all'],
        MX: Array.from({ length: 11 }, (_, at) => ({ preference: at, exchange: `m${at}.test` })),
      },
    },
    'fail',
    'spf.many-exchangers',
  ],
  ['impossible name', `v=spf1 a:${'x'.repeat(64)}.test -all`, 'warn', 'spf.impossible-name'],
  ['type 99 beside it', { 'd.test': { TXT: ['v=spf1 -all'], SPF: ['v=spf1 -all'] } }, 'warn', 'spf.type-99'],
  ['no answer', { 'd.test': { error: true } }, 'inconclusive', 'spf.dns'],
  [
    'no answer further on',
    { 'd.test': { TXT: ['v=spf1 include:i.test -all'] }, 'i.test': { error: true } },
    'inconclusive',
    'spf.dns',
  ],
  ['macro in an include', 'v=spf1 include:%{ir}.i.test -all', 'inconclusive', 'spf.macro-target'],
];

describe('mail.spf', () => {
  test.each(cases)('%s', async (_, given, verdict, code) => {
    const zone = typeof given === 'string' ? { 'd.test': { TXT: [given] } } : given;
    const evidence = await spfCheck.gather('d.test', null, profile, zoneResolver(zone));
    const result = spfCheck.judge(JSON.parse(JSON.stringify(evidence)), profile, 'd.test');
    const codes = result.observations.map((one) => one.code);
    if (code === null) expect(codes).toEqual(['spf.remainder']);
    else expect(codes).toContain(code);
    expect(result.verdict).toBe(verdict);
  });

  test('a fault is told with its term and its offset', async () => {
    const evidence = await spfCheck.gather(
      'd.test',
      null,
      profile,
      zoneResolver({ 'd.test': { TXT: ['v=spf1 a mx:b.test/33 -all'] } }),
    );
    expect(spfCheck.judge(evidence, profile, 'd.test').observations[0]?.values).toEqual({
      domain: 'd.test',
      problem: 'cidr-syntax',
      at: 18,
      term: 'mx:b.test/33',
    });
  });

  test('nothing recorded is inconclusive', () =>
    expect(spfCheck.judge({ declared: null, lookups: [] }, profile, 'd.test').verdict).toBe('inconclusive'));

  test('an endless tree of includes ends', async () => {
    const resolver = {
      lookup: async ({ name }: { name: string }) => ({
        status: 'found' as const,
        records: [[`v=spf1 include:a.${name.slice(-200)} include:b.${name.slice(-200)} -all`]],
      }),
    };
    const evidence = await spfCheck.gather('d.test', null, profile, resolver);
    expect(evidence.lookups.length).toBeLessThan(60);
    expect(spfCheck.judge(evidence, profile, 'd.test').verdict).toBe('fail');
  });
});

describe('mail.spf-senders', () => {
  const zone: Zone = {
    'd.test': { TXT: ['v=spf1 ip4:192.0.2.0/24 include:slow.test -all'] },
    'slow.test': { error: true },
  };
  const judged = async (addresses: string[]) => {
    const evidence = await spfSendersCheck.gather('d.test', { addresses }, profile, zoneResolver(zone));
    return spfSendersCheck.judge(evidence, profile, 'd.test').verdict;
  };
  test.each([
    [['192.0.2.7'], 'pass'],
    [['::ffff:192.0.2.7'], 'pass'],
    [['192.0.2.7', '203.0.113.1'], 'inconclusive'],
    [['not an address'], 'fail'],
    [[], 'not-applicable'],
  ] as const)('%j is %s', async (addresses, verdict) => expect(await judged([...addresses])).toBe(verdict));

  test('a sender that the record does not name fails', async () => {
    const evidence = await spfSendersCheck.gather(
      'd.test',
      { addresses: ['203.0.113.1'] },
      profile,
      zoneResolver({ 'd.test': { TXT: ['v=spf1 -all'] } }),
    );
    expect(spfSendersCheck.judge(evidence, profile, 'd.test').observations).toEqual([
      { code: 'spf.sender', verdict: 'fail', values: { address: '203.0.113.1', result: 'fail', term: '-all' } },
    ]);
  });
});

describe('records', () => {
  test('any text is read, and each fault lies inside it', () =>
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...'v=spf1 aimx:/%{}.-~?+all0359_\r\x80'), maxLength: 60 }),
        (tail) => {
          const record = parseSpf(`v=spf1 ${tail}`);
          for (const { at } of record.problems) expect(at).toBeLessThanOrEqual(record.text.length);
          const terms = record.text
            .slice(7)
            .split(' ')
            .filter((term) => term !== '');
          expect(record.mechanisms.length + record.modifiers.length + record.problems.length).toBe(terms.length);
        },
      ),
    ));
});
