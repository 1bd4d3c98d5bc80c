import { describe, expect, it } from 'vitest';
import { rawRecord, record } from '../testing/records.ts';
import { dsFor, newKey, signSet } from '../testing/signing-key.ts';
import { delegate, validated, type World, worldAbove } from '../testing/world.ts';
import { makeZone, NOW, PERIOD, type Zone, type ZoneSettings } from '../testing/zone.ts';
import type { DnsRecord, RRset } from '../wire/record.ts';
import { TYPE, type TypeName } from '../wire/types.ts';

const RECORDS = [
  record('www.good.test', 'A', '192.0.2.1'),
  record('www.good.test', 'AAAA', '2001:db8::1'),
  record('alias.good.test', 'CNAME', 'www.good.test'),
  record('away.good.test', 'CNAME', 'www.plain.test'),
  record('old.good.test', 'DNAME', 'good.test'),
  record('*.wild.good.test', 'TXT', 'any'),
  record('a.b.c.good.test', 'A', '192.0.2.2'),
  record('ins.good.test', 'NS', 'ns.ins.good.test'),
  record('loop1.good.test', 'CNAME', 'loop2.good.test'),
  record('loop2.good.test', 'CNAME', 'loop1.good.test'),
];

function world(good: ZoneSettings = {}): World {
  const zone = makeZone('good.test', { records: RECORDS, ...good });
  const plain = makeZone('plain.test', { keys: [], records: [record('www.plain.test', 'A', '192.0.2.3')] });
  return worldAbove([zone, plain]);
}

type Row = [name: string, type: TypeName, status: string, reason: string | null, absence: string | null];

const ROWS: Row[] = [
  ['www.good.test', 'A', 'secure', null, null],
  ['WWW.Good.Test.', 'AAAA', 'secure', null, null],
  ['good.test', 'SOA', 'secure', null, null],
  ['good.test', 'DS', 'secure', null, null],
  ['good.test', 'DNSKEY', 'secure', null, null],
  ['.', 'NS', 'secure', null, null],
  ['.', 'DS', 'secure', null, 'no-data'],
  ['alias.good.test', 'A', 'secure', null, null],
  ['away.good.test', 'A', 'insecure', 'no-ds', null],
  ['www.old.good.test', 'A', 'secure', null, null],
  ['x.wild.good.test', 'TXT', 'secure', null, null],
  ['x.wild.good.test', 'A', 'secure', null, 'no-data'],
  ['x.y.wild.good.test', 'TXT', 'secure', null, null],
  ['www.good.test', 'MX', 'secure', null, 'no-data'],
  ['b.c.good.test', 'A', 'secure', null, 'no-data'],
  ['none.good.test', 'A', 'secure', null, 'no-name'],
  ['deep.none.good.test', 'A', 'secure', null, 'no-name'],
  ['www.plain.test', 'A', 'insecure', 'no-ds', null],
  ['none.plain.test', 'A', 'insecure', 'no-ds', 'no-name'],
  ['plain.test', 'DS', 'secure', null, 'no-data'],
  ['ins.good.test', 'DS', 'secure', null, 'no-data'],
  ['loop1.good.test', 'A', 'indeterminate', 'alias-loop', null],
];

describe.each([
  ['NSEC', world()],
  ['NSEC3', world({ denial: { iterations: 3, salt: 'ab12' } })],
  ['NSEC3 without salt', world({ denial: {} })],
])('validate, %s', (_, made) => {
  it.each(ROWS)('%s %s is %s (%s, %s)', async (name, type, status, reason, absence) => {
    const result = await validated(made, name, type);
    expect([result.status, result.reason?.code ?? null, result.absence]).toEqual([status, reason, absence]);
  });
});

it('tells the chain from the anchor down, and the way through aliases', async () => {
  const result = await validated(world(), 'alias.good.test', 'A');
  expect(result.links.map(({ zone, by }) => [zone, by])).toEqual([
    ['.', 'anchor'],
    ['test', 'ds'],
    ['good.test', 'ds'],
  ]);
  expect([result.aliases, result.name, result.zone]).toEqual([['alias.good.test'], 'www.good.test', 'good.test']);
});

describe('opt-out (RFC 5155 section 6)', () => {
  const made = world({ denial: { optOut: true } });
  it.each<Row>([
    ['www.good.test', 'A', 'secure', null, null],
    ['ins.good.test', 'DS', 'insecure', 'opt-out', 'no-data'],
    ['none.good.test', 'A', 'insecure', 'opt-out', 'no-name'],
    ['x.wild.good.test', 'TXT', 'insecure', 'opt-out', null],
    ['www.good.test', 'MX', 'secure', null, 'no-data'],
  ])('%s %s is %s (%s, %s)', async (name, type, status, reason, absence) => {
    const result = await validated(made, name, type);
    expect([result.status, result.reason?.code ?? null, result.absence]).toEqual([status, reason, absence]);
  });
});

describe.each([8, 10, 13, 14, 15, 16])('algorithm %i', (algorithm) => {
  it('is verified, and a changed record is not', async () => {
    const keys = [newKey(algorithm, 257), newKey(algorithm, 256)];
    expect((await validated(world({ keys }), 'www.good.test', 'A')).status).toBe('secure');
    const change = onSet('www.good.test', 'A', (set) => {
      set.data = [Buffer.from([192, 0, 2, 99])];
    });
    const result = await validated(world({ keys, change }), 'www.good.test', 'A');
    expect([result.status, result.reason?.code]).toEqual(['bogus', 'signature-invalid']);
  });
});

describe('SHA-1 (RFC 9905 section 2)', () => {
  it.each([5, 7])('algorithm %i is insecure unless it is accepted', async (algorithm) => {
    const made = world({ keys: [newKey(algorithm)] });
    const result = await validated(made, 'www.good.test', 'A');
    expect([result.status, result.reason?.code]).toEqual(['insecure', 'algorithm-not-accepted']);
    expect((await validated(made, 'www.good.test', 'A', { algorithms: [algorithm, 15] })).status).toBe('secure');
  });
});

function onSet(name: string, type: TypeName, change: (set: RRset) => void): (set: RRset) => void {
  return (set) => {
    if (set.name === name && set.type === TYPE[type]) change(set);
  };
}

const unsign = (set: RRset): void => {
  set.signatures = [];
};

/** A world whose zone of tests is delegated with other DS records than it should be. */
function withDs(zone: Zone, data: Buffer[]): World {
  const cut = delegate(zone, false);
  const ds = data.map((rdata) => ({ name: 'good.test', type: TYPE.DS, class: 1, ttl: 300, rdata }));
  const made = worldAbove([], { test: { records: [...cut, ...ds] } });
  return { ...made, zones: [...made.zones, zone] };
}

describe('what makes a zone bogus', () => {
  const stranger = newKey(15);
  it.each<[string, ZoneSettings, string, TypeName, string]>([
    ['no signature', { change: onSet('www.good.test', 'A', unsign) }, 'www.good.test', 'A', 'signature-missing'],
    ['expired', { period: { inception: NOW - 999, expiration: NOW - 1 } }, 'www.good.test', 'A', 'signature-expired'],
    [
      'not yet',
      { period: { inception: NOW + 9, expiration: NOW + 99 } },
      'www.good.test',
      'A',
      'signature-not-yet-valid',
    ],
    [
      'a key that is not in the set',
      {
        change: onSet('www.good.test', 'A', (set) => (set.signatures = [signSet(set, stranger, 'good.test', PERIOD)])),
      },
      'www.good.test',
      'A',
      'signature-key-missing',
    ],
    [
      'a signature cut off',
      {
        change: onSet(
          'www.good.test',
          'A',
          (set) => (set.signatures = set.signatures.map((one) => one.subarray(0, -9))),
        ),
      },
      'www.good.test',
      'A',
      'signature-invalid',
    ],
    [
      'an unsigned absence',
      { change: (set) => set.type === TYPE.NSEC && unsign(set) },
      'none.good.test',
      'A',
      'signature-missing',
    ],
    [
      'an absence beside a start of authority whose signature is missing',
      { change: onSet('good.test', 'SOA', unsign) },
      'none.good.test',
      'A',
      'signature-missing',
    ],
    [
      'an absence beside a changed start of authority',
      { change: onSet('good.test', 'SOA', (set) => void set.data[0]?.writeUInt32BE(7, set.data[0].length - 4)) },
      'www.good.test',
      'MX',
      'signature-invalid',
    ],
    ['unsigned keys', { change: onSet('good.test', 'DNSKEY', unsign) }, 'www.good.test', 'A', 'signature-missing'],
    [
      'an unsigned alias',
      { change: onSet('alias.good.test', 'CNAME', unsign) },
      'alias.good.test',
      'A',
      'signature-missing',
    ],
  ])('%s', async (_, settings, name, type, reason) => {
    const result = await validated(world(settings), name, type);
    expect([result.status, result.reason?.code]).toEqual(['bogus', reason]);
  });

  it('DS of another key, of another digest, and only then good', async () => {
    const zone = makeZone('good.test', { records: RECORDS });
    const key = zone.keys[0] as (typeof zone.keys)[number];
    const good = dsFor('good.test', key);
    const wrong = Buffer.concat([good.subarray(0, 4), Buffer.alloc(32)]);
    const codes = [];
    for (const data of [[dsFor('good.test', newKey(15))], [wrong], [wrong, good], [dsFor('good.test', key, 4)]])
      codes.push((await validated(withDs(zone, data), 'www.good.test', 'A')).reason?.code ?? 'secure');
    expect(codes).toEqual(['key-not-delegated', 'key-not-delegated', 'secure', 'secure']);
  });

  it('SHA-1 does not count beside SHA-256 (RFC 4509 section 3)', async () => {
    const zone = makeZone('good.test', { records: RECORDS });
    const key = zone.keys[0] as (typeof zone.keys)[number];
    const broken = Buffer.concat([dsFor('good.test', key).subarray(0, 4), Buffer.alloc(32)]);
    const sha1 = dsFor('good.test', key, 1);
    expect((await validated(withDs(zone, [sha1]), 'www.good.test', 'A')).status).toBe('secure');
    expect((await validated(withDs(zone, [sha1, broken]), 'www.good.test', 'A')).status).toBe('bogus');
  });

  it('a signed zone that lost its keys', async () => {
    const zone = makeZone('good.test', { keys: [], records: RECORDS });
    const result = await validated(withDs(zone, [dsFor('good.test', newKey(15))]), 'www.good.test', 'A');
    expect([result.status, result.reason?.code]).toEqual(['bogus', 'key-missing']);
  });

  it('a revoked key, or one without the zone bit, trusts nothing (RFC 5011 section 2.1)', async () => {
    for (const flags of [257 | 128, 1])
      expect((await validated(world({ keys: [newKey(15, flags)] }), 'www.good.test', 'A')).status).toBe('bogus');
  });
});

describe('what is insecure', () => {
  it('a DS of unknown algorithm or digest alone (RFC 4035 section 5.2)', async () => {
    const zone = makeZone('good.test', { records: RECORDS });
    for (const ds of [
      Buffer.concat([Buffer.from([0, 1, 200, 2]), Buffer.alloc(32)]),
      Buffer.concat([Buffer.from([0, 1, 15, 99]), Buffer.alloc(32)]),
    ]) {
      const result = await validated(withDs(zone, [ds]), 'www.good.test', 'A');
      expect([result.status, result.reason?.code]).toEqual(['insecure', 'algorithm-not-accepted']);
    }
  });

  it('hashed more often than is done (RFC 9276 section 3.2)', async () => {
    const made = world({ denial: { iterations: 151 } });
    const result = await validated(made, 'none.good.test', 'A');
    expect([result.status, result.reason?.code]).toEqual(['insecure', 'nsec3-iterations']);
    expect((await validated(made, 'www.good.test', 'A')).status).toBe('secure');
  });
});

describe('what a server between cannot do', () => {
  it('strip the signatures of a signed zone', async () => {
    const stripped = (said: { answer: { type: number }[]; authority: { type: number }[] }) => ({
      ...said,
      answer: said.answer.filter(({ type }) => type !== TYPE.RRSIG),
      authority: said.authority.filter(({ type }) => type !== TYPE.RRSIG && type !== TYPE.NSEC),
    });
    const belowRoot = (said: never, query: { question?: { name: string } }) =>
      query.question?.name === '.' ? said : stripped(said);
    for (const name of ['www.good.test', 'none.good.test']) {
      expect((await validated(world(), name, 'A', { say: belowRoot as never })).status).toBe('bogus');
      // Where even the root's are gone, it is the network here, and nothing is known of the zone.
      const nowhere = await validated(world(), name, 'A', { say: stripped as never });
      expect([nowhere.status, nowhere.reason]).toEqual([
        'indeterminate',
        { code: 'root-changed', name: '.', type: TYPE.DNSKEY, detail: 'signature-missing' },
      ]);
    }
  });

  it('call a signed zone unsigned with the denial of another name', async () => {
    const made = world();
    const test = made.zones[1] as Zone;
    const other = test.nsec.find((set) => set.name === 'plain.test') as RRset;
    const result = await validated(made, 'www.good.test', 'A', {
      say: (said, query) => {
        if (query.question?.type === TYPE.A)
          return { ...said, answer: said.answer.filter(({ type }) => type !== TYPE.RRSIG) };
        const isCut = query.question?.type === TYPE.DS && query.question.name === 'good.test';
        return isCut ? { ...said, answer: [], authority: recordsOf(other) } : said;
      },
    });
    expect([result.status, result.reason?.code]).toEqual(['bogus', 'denial-wrong']);
  });

  it('deny a record that is there, or a name that is', async () => {
    const made = world();
    const zone = made.zones.find(({ name }) => name === 'good.test') as Zone;
    for (const rcode of [0, 3]) {
      const result = await validated(made, 'www.good.test', 'A', {
        say: (said, query) =>
          query.question?.type === TYPE.A
            ? { ...said, rcode, answer: [], authority: zone.nsec.flatMap((set) => recordsOf(set)) }
            : said,
      });
      expect([result.status, result.reason?.code]).toEqual(['bogus', 'denial-wrong']);
    }
  });

  it('deny with the records of a delegation what is below it (RFC 6840 section 4.1)', async () => {
    const made = world();
    const zone = made.zones.find(({ name }) => name === 'good.test') as Zone;
    const result = await validated(made, 'ins.good.test', 'A', {
      say: (said, query) =>
        query.question?.type === TYPE.A
          ? { ...said, authoritative: true, answer: [], authority: zone.nsec.flatMap((set) => recordsOf(set)) }
          : said,
    });
    expect([result.status, result.reason?.code]).toEqual(['bogus', 'denial-wrong']);
  });

  it('use a wildcard where a closer name exists', async () => {
    const records = [...RECORDS, record('there.wild.good.test', 'TXT', 'own'), record('*.good.test', 'TXT', 'far')];
    const made = world({ records });
    const zone = made.zones.find(({ name }) => name === 'good.test') as Zone;
    const far = (zone.sets.get('*.good.test') ?? []).find((set) => set.type === TYPE.TXT) as RRset;
    const result = await validated(made, 'there.wild.good.test', 'TXT', {
      say: (said, query) =>
        query.question?.type === TYPE.TXT
          ? {
              ...said,
              answer: recordsOf(far, 'there.wild.good.test'),
              authority: zone.nsec.flatMap((set) => recordsOf(set)),
            }
          : said,
    });
    expect([result.status, result.reason?.code]).toEqual(['bogus', 'denial-wrong']);
  });
});

/** A set with its signatures as records, under another name if one is given. */
function recordsOf(set: RRset, name = set.name): DnsRecord[] {
  return [
    ...set.data.map((data) => rawRecord(name, set.type, data, set.ttl)),
    ...set.signatures.map((data) => rawRecord(name, TYPE.RRSIG, data, set.ttl)),
  ];
}

describe('what is indeterminate', () => {
  it.each<[string, Parameters<typeof validated>[3], string]>([
    ['no answer', { say: () => 'timeout' }, 'no-answer'],
    ['a failing server', { say: (said) => ({ ...said, rcode: 2 }) }, 'server-failure'],
    ['no message', { say: () => Buffer.from('nothing of the kind') }, 'malformed'],
    [
      'an answer to something else',
      { say: (_, query) => Buffer.concat([Buffer.from([0, 1, 0x84, 0, 0, 0, 0, 0, 0, 0, 0, query.id & 0])]) },
      'malformed',
    ],
    ['no anchor', { anchors: [] }, 'no-anchor'],
    ['too many questions', { limits: { signatures: 200, hashes: 9, questions: 2 } }, 'limit'],
    ['too many signatures', { limits: { signatures: 2, hashes: 9, questions: 99 } }, 'limit'],
  ])('%s', async (_, options, reason) => {
    const result = await validated(world(), 'www.good.test', 'A', options);
    expect([result.status, result.reason?.code]).toEqual(['indeterminate', reason]);
  });

  it('many keys of one tag (CVE-2023-50387): the work is bounded', async () => {
    const key = newKey(15, 256);
    // Octets of equal weight keep the tag when they change places.
    const twins = Array.from({ length: 6 }, (_, at) => {
      const data = Buffer.from(key.dnskey.data);
      const [a, b] = [data[6 + 2 * at] as number, data[8 + 2 * at] as number];
      data[6 + 2 * at] = b;
      data[8 + 2 * at] = a;
      return { ...key, dnskey: { ...key.dnskey, data, publicKey: data.subarray(4) } };
    });
    const made = world({ keys: [newKey(15, 257), ...twins] });
    const result = await validated(made, 'www.good.test', 'A');
    expect([result.status, result.reason?.code]).toEqual(['indeterminate', 'limit']);
  });
});
