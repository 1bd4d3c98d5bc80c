import { afterAll, describe, expect, it } from 'vitest';
import { rawRecord, record } from '../testing/records.ts';
import { dsFor, newKey, signSet } from '../testing/signing-key.ts';
import { goodZone, NS1, type StageSettings } from '../testing/stage.ts';
import { everywhere, type Row, Shown, silence } from '../testing/table.ts';
import { delegate } from '../testing/world.ts';
import { NOW, PERIOD } from '../testing/zone.ts';
import type { RRset } from '../wire/record.ts';
import { TYPE } from '../wire/types.ts';
import { delegation } from './delegation.ts';
import { denialSettings } from './denial-settings.ts';
import type { DnsCheck } from './evidence.ts';
import { expiry } from './expiry.ts';
import { dnsProfile } from './profile.ts';
import { algorithms, signed } from './signing.ts';

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

const plainZone = goodZone({ keys: [] });

const EXPIRED = { inception: NOW - 99_999, expiration: NOW - 60 };

table(signed, 'good.test', [
  ['as it should be', 'pass', 'dnssec.secure'],
  ['unsigned', 'fail', 'dnssec.insecure', { zone: plainZone }],
  ['unsigned where that may be', 'warn', 'dnssec.insecure', { zone: plainZone, profile: { unsigned: 'warn' } }],
  ['signed, but not known to the parent', 'fail', 'dnssec.insecure', { cut: delegate(goodZone(), false, NS1) }],
  ['expired', 'fail', 'dnssec.bogus', { zone: goodZone({ period: EXPIRED }) }],
  ['SHA-1 alone', 'fail', 'dnssec.unsupported', { zone: goodZone({ keys: [newKey(5)] }) }],
  ['no answer', 'inconclusive', 'dnssec.unknown', { hosts: everywhere(silence) }],
]);

table(signed, 'none.good.test', [
  ['a name that does not exist, in a signed zone', 'pass', 'dnssec.secure'],
  ['in an unsigned zone', 'fail', 'dnssec.insecure', { zone: plainZone }],
]);

table(algorithms, 'good.test', [
  ['Ed25519', 'pass', 'algorithm.good'],
  ['RSA with 2048 bits', 'pass', 'algorithm.good', { zone: goodZone({ keys: [newKey(8, 257, 2048)] }) }],
  ['RSA with 1024 bits', 'warn', 'algorithm.weak-key', { zone: goodZone({ keys: [newKey(8, 257, 1024)] }) }],
  ['RSA with 768 bits', 'fail', 'algorithm.short-key', { zone: goodZone({ keys: [newKey(8, 257, 768)] }) }],
  ['RSASHA512', 'warn', 'algorithm.discouraged', { zone: goodZone({ keys: [newKey(10, 257, 2048)] }) }],
  [
    'RSASHA1 beside another',
    'fail',
    'algorithm.forbidden',
    { zone: goodZone({ keys: [newKey(7, 257, 2048), newKey(15)] }) },
  ],
  ['an unknown one beside', 'warn', 'algorithm.unknown', { zone: withStrangeKey() }],
  ['a SHA-1 digest', 'fail', 'algorithm.forbidden', digestOnly(1)],
  ['unsigned', 'not-applicable', 'dnssec.insecure', { zone: plainZone }],
  ['expired', 'inconclusive', 'dnssec.unknown', { zone: goodZone({ period: EXPIRED }) }],
]);

function withStrangeKey() {
  return goodZone({ records: [rawRecord('good.test', TYPE.DNSKEY, Buffer.from([1, 0, 3, 222, 1, 2, 3, 4]))] });
}

function digestOnly(type: number): StageSettings {
  const zone = goodZone();
  return {
    zone,
    cut: [
      ...delegate(zone, false, NS1),
      rawRecord('good.test', TYPE.DS, dsFor('good.test', zone.keys[0] as never, type)),
    ],
  };
}

table(denialSettings, 'good.test', [
  ['NSEC', 'pass', 'nsec3.good'],
  ['NSEC3 as recommended', 'pass', 'nsec3.good', { zone: goodZone({ denial: {} }) }],
  ['iterations', 'fail', 'nsec3.iterations', { zone: goodZone({ denial: { iterations: 1 } }) }],
  [
    'iterations beyond what is validated',
    'fail',
    'nsec3.iterations',
    { zone: goodZone({ denial: { iterations: 500 } }) },
  ],
  [
    'iterations as agreed',
    'pass',
    'nsec3.good',
    {
      zone: goodZone({ denial: { iterations: 1 } }),
      profile: { nsec3: { mostIterations: 1, salt: 'warn', optOut: 'warn' } },
    },
  ],
  ['a salt', 'warn', 'nsec3.salt', { zone: goodZone({ denial: { salt: 'ab12' } }) }],
  ['opt-out', 'warn', 'nsec3.opt-out', { zone: goodZone({ denial: { optOut: true } }) }],
  [
    'a wildcard over it all',
    'fail',
    'nsec3.iterations',
    { zone: goodZone({ denial: { iterations: 1 }, records: [record('*.good.test', 'A', '192.0.2.9')] }) },
  ],
  ['unsigned', 'not-applicable', 'dnssec.insecure', { zone: plainZone }],
  [
    'unsigned absence',
    'inconclusive',
    'dnssec.unknown',
    { zone: goodZone({ change: (set) => set.type === TYPE.NSEC && set.signatures.splice(0) }) },
  ],
]);

table(delegation, 'good.test', [
  ['as it should be', 'pass', 'ds.good'],
  [
    'a DS without key beside',
    'warn',
    'ds.stray',
    withDs((key) => [dsFor('good.test', key), dsFor('good.test', newKey(15))]),
  ],
  [
    'an algorithm without signature',
    'fail',
    'ds.algorithm-unsigned',
    withDs((key) => [dsFor('good.test', key), dsFor('good.test', newKey(13))]),
  ],
  ['a forged signature is none', 'fail', 'ds.algorithm-unsigned', forged()],
  ['SHA-1 alone', 'fail', 'ds.digest-forbidden', digestOnly(1)],
  ['SHA-1 beside SHA-256', 'pass', 'ds.good', withDs((key) => [dsFor('good.test', key), dsFor('good.test', key, 1)])],
  ['CDS as published', 'pass', 'ds.good', withCds((key) => dsFor('good.test', key))],
  ['CDS with another digest of the key', 'pass', 'ds.good', withCds((key) => dsFor('good.test', key, 4))],
  ['CDS of another key', 'warn', 'ds.cds-differs', withCds(() => dsFor('good.test', newKey(15)))],
  ['CDS to delete', 'warn', 'ds.cds-delete', withCds(() => Buffer.from([0, 0, 0, 0, 0]))],
  ['unsigned', 'not-applicable', 'dnssec.insecure', { zone: plainZone }],
  ['no match at all', 'inconclusive', 'dnssec.unknown', withDs(() => [dsFor('good.test', newKey(15))])],
]);

table(delegation, '.', [['the root', 'not-applicable', 'ds.root']]);

type Key = ReturnType<typeof newKey>;

function withDs(make: (key: Key) => Buffer[]): StageSettings {
  const zone = goodZone();
  const ds = make(zone.keys[0] as Key).map((data) => rawRecord('good.test', TYPE.DS, data));
  return { zone, cut: [...delegate(zone, false, NS1), ...ds] };
}

function withCds(make: (key: Key) => Buffer): StageSettings {
  const key = newKey(15);
  return { zone: goodZone({ keys: [key], records: [rawRecord('good.test', TYPE.CDS, make(key))] }) };
}

/** A second algorithm at the parent whose signature in the zone is made of another set. */
function forged(): StageSettings {
  const [key, other] = [newKey(15), newKey(13)];
  const zone = goodZone({
    keys: [key],
    records: [rawRecord('good.test', TYPE.DNSKEY, other.dnskey.data)],
    change: (set) => {
      if (set.type === TYPE.DNSKEY)
        set.signatures.push(signSet({ ...set, ttl: 1, data: [Buffer.alloc(4)] }, other, 'good.test', PERIOD));
    },
  });
  const ds = [key, other].map((one) => rawRecord('good.test', TYPE.DS, dsFor('good.test', one)));
  return { zone, cut: [...delegate(zone, false, NS1), ...ds] };
}

const ending = (hours: number): StageSettings => ({
  zone: goodZone({ period: { inception: NOW - 9999, expiration: NOW + hours * 3600 + 60 } }),
  profile: { expiry: { leastHours: 6, wantedHours: 48 } },
});

table(expiry, 'good.test', [
  ['thirty days', 'pass', 'expiry.good'],
  ['48 hours', 'pass', 'expiry.good', ending(48)],
  ['47 hours', 'warn', 'expiry.soon', ending(47)],
  ['5 hours', 'fail', 'expiry.close', ending(5)],
  ['a forged later one does not help', 'fail', 'expiry.close', laterForged()],
  ['buried under rubbish', 'inconclusive', 'expiry.none', { zone: goodZone({ change: bury }) }],
  ['expired', 'inconclusive', 'dnssec.unknown', { zone: goodZone({ period: EXPIRED }) }],
  ['unsigned', 'not-applicable', 'dnssec.insecure', { zone: plainZone }],
]);

function bury(set: RRset): void {
  const [first] = set.signatures;
  // The same signature by keys that are not there.
  const rubbish = Array.from({ length: 60 }, (_, at) =>
    Buffer.concat([
      first?.subarray(0, 16) ?? Buffer.alloc(0),
      Buffer.from([0, at]),
      first?.subarray(18) ?? Buffer.alloc(0),
    ]),
  );
  if (first && [TYPE.SOA, TYPE.NS, TYPE.DNSKEY].some((type) => type === set.type)) set.signatures.unshift(...rubbish);
}

function laterForged(): StageSettings {
  const key = newKey(15);
  const made = ending(5);
  const zone = goodZone({
    keys: [key],
    period: { inception: NOW - 9999, expiration: NOW + 5 * 3600 },
    change: (set) => {
      if (set.signatures.length > 0)
        set.signatures.push(signSet({ ...set, data: [Buffer.alloc(3)] }, key, 'good.test', PERIOD));
    },
  });
  return { ...made, zone };
}

it('refuses a subject that is no name', () => {
  expect(() => signed.enquire('a..b', { at: NOW })).toThrow('empty label');
});

afterAll(() => {
  // Every finding that has a sentence has a fixture that shows it.
  expect(shown.missing('dnssec', 'algorithm', 'nsec3', 'ds', 'expiry')).toEqual([]);
});
