import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gatherRouting, originValidity, roaPresence, routingEvidence, type Tables } from './check.ts';
import { routeState, type Vrp } from './origin.ts';
import { addressBytes, covers, type Prefix, readPrefix } from './prefix.ts';
import { loadRoutingProfile } from './profile.ts';
import { readRoutes } from './routes.ts';
import { PrefixTrie, prefixText } from './trie.ts';
import { readVrps } from './vrps.ts';

const prefix = (text: string): Prefix => {
  const read = readPrefix(text);
  if (!read) throw new Error(text);
  return read;
};
const vrp = (text: string, asn: number, maxLength = prefix(text).length): Vrp => ({
  prefix: prefix(text),
  asn,
  maxLength,
});

describe('networks', () => {
  it.each([
    ['192.0.2.0/24', '192.0.2.0/24'],
    ['0.0.0.0/0', '0.0.0.0/0'],
    ['2001:DB8::/32', '2001:db8::/32'],
    ['2001:db8:0:0:1::/80', '2001:db8:0:0:1::/80'],
    ['::/0', '::/0'],
    ['::ffff:192.0.2.0/120', '::ffff:c000:200/120'],
  ])('reads %s', (text, written) => expect(prefixText(prefix(text))).toBe(written));

  it.each([
    '192.0.2.1/24',
    '192.0.2.0/33',
    '192.0.2/24',
    '2001:db8::/129',
    '2001:db8::1/64',
    'x/8',
    '192.0.2.0',
    '/8',
    '1.2.3.4/-1',
    'fe80::%1/64',
  ])('refuses %s', (text) => expect(readPrefix(text)).toBeNull());
});

const bytes = fc.oneof(fc.uint8Array({ minLength: 4, maxLength: 4 }), fc.uint8Array({ minLength: 16, maxLength: 16 }));
const anyPrefix = bytes.chain((all) =>
  fc.integer({ min: 0, max: all.length * 8 }).map((length): Prefix => {
    const masked = all.map((byte, at) => byte & (0xff00 >> Math.min(8, Math.max(0, length - at * 8))));
    return { bytes: masked, length };
  }),
);

describe('trie', () => {
  it('finds what a look at each entry finds', () => {
    fc.assert(
      fc.property(fc.array(anyPrefix, { maxLength: 40 }), anyPrefix, fc.nat(3), (list, asked, flips) => {
        // Near ones too: some asked for lie in what is there.
        const [first] = list;
        const wanted =
          first && flips > 0
            ? { bytes: first.bytes, length: Math.min(first.bytes.length * 8, first.length + flips) }
            : asked;
        const trie = new PrefixTrie();
        for (const [at, one] of list.entries()) trie.add(one, at + 1, one.length);
        const expected = list.flatMap((one, at) => (covers(one, wanted) ? [`${prefixText(one)} ${at + 1}`] : []));
        const found = trie.covering(wanted).map((one) => `${prefixText(one.prefix)} ${one.origin}`);
        expect(found.toSorted()).toEqual(expected.toSorted());
        expect(trie.size).toBe(list.length);
      }),
    );
  });

  it('keeps AS numbers of 32 bits', () => {
    const trie = new PrefixTrie();
    trie.add(prefix('10.0.0.0/8'), 4294967295, 24);
    expect(trie.covering(prefix('10.1.0.0/16'))).toMatchObject([{ origin: 4294967295, extra: 24 }]);
  });
});

describe('route origin validation (RFC 6811)', () => {
  const vrps = [
    vrp('10.0.0.0/16', 65001, 20),
    vrp('10.1.0.0/16', 0, 32),
    vrp('10.2.0.0/16', 65002),
    vrp('10.2.0.0/16', 65003, 24),
  ];
  it.each([
    ['10.0.0.0/16', 65001, 'valid'],
    ['10.0.16.0/20', 65001, 'valid'],
    ['10.0.16.0/21', 65001, 'invalid-length'],
    ['10.0.0.0/16', 65009, 'invalid-origin'],
    ['10.0.0.0/15', 65001, 'not-found'],
    ['10.1.0.0/16', 0, 'invalid-origin'],
    ['10.1.0.0/16', 65001, 'invalid-origin'],
    ['10.2.3.0/24', 65003, 'valid'],
    ['10.2.3.0/24', 65002, 'invalid-length'],
    ['10.3.0.0/16', 65001, 'not-found'],
    ['2001:db8::/32', 65001, 'not-found'],
  ])('%s by AS %i is %s', (route, origin, state) => expect(routeState(prefix(route), origin, vrps)).toBe(state));
});

const RPKI_CLIENT = JSON.stringify(
  {
    metadata: { buildmachine: 'a "{" b', buildtime: '2026-11-20T10:00:00Z' },
    roas: [
      { asn: 65001, prefix: '192.0.2.0/24', maxLength: 24, ta: 'ripe', expires: 1 },
      { asn: 4200000000, prefix: '2001:db8::/32', maxLength: 48, ta: 'ripe', expires: 1 },
    ],
    aspas: [{ customer_asid: 1, providers: [2] }],
  },
  null,
  2,
);
const ROUTINATOR = JSON.stringify({
  metadata: { generated: 1795168800, generatedTime: '2026-11-20T10:00:00Z' },
  roas: [{ asn: 'AS65001', prefix: '192.0.2.0/24', maxLength: 24, ta: 'ripe' }],
});

describe('VRPs', () => {
  it('reads what rpki-client writes, in pieces of any size', async () => {
    for (const size of [1, 7, 10_000]) {
      const pieces = Array.from({ length: Math.ceil(RPKI_CLIENT.length / size) }, (_, at) =>
        RPKI_CLIENT.slice(at * size, (at + 1) * size),
      );
      const { trie, count, made } = await readVrps(pieces);
      expect([count, made]).toEqual([2, Date.parse('2026-11-20T10:00:00Z')]);
      expect(trie.covering(prefix('2001:db8:1::/48'))).toMatchObject([{ origin: 4200000000, extra: 48 }]);
    }
  });

  it('reads what routinator writes', async () => {
    const { trie, made } = await readVrps([ROUTINATOR]);
    expect(trie.covering(prefix('192.0.2.7/32'))).toMatchObject([{ origin: 65001, extra: 24 }]);
    expect(made).toBe(1795168800000);
  });

  it.each([
    ['is cut off', ROUTINATOR.slice(0, -20), /too early/],
    ['has none', '{"roas":[]}', /no VRPs/],
    ['is empty', '', /too early/],
    ['has a wrong network', '{"roas":[{"asn":1,"prefix":"192.0.2.1/24"}]}', /No VRP/],
    ['has a wrong length', '{"roas":[{"asn":1,"prefix":"192.0.2.0/24","maxLength":40}]}', /No VRP/],
    ['has a wrong AS', '{"roas":[{"asn":4294967296,"prefix":"192.0.2.0/24"}]}', /No VRP/],
    ['is no JSON', '{"roas":[{asn}]}', /no JSON/],
    ['closes too much', `${ROUTINATOR}}`, /closes more/],
    ['never closes an object', `{"roas":[{"x":"${'y'.repeat(70_000)}`, /more than/],
  ])('refuses a file that %s', async (_, text, message) => {
    await expect(readVrps([text])).rejects.toThrow(message);
  });
});

describe('routes', () => {
  it.each([
    ['bgpdump', ['TABLE_DUMP2|1|B|192.0.2.9|2914|192.0.2.0/24|2914 65001|IGP|x|0|0||NAG||'], [65001]],
    ['bgpdump with a set', ['TABLE_DUMP2|1|B|192.0.2.9|2914|192.0.2.0/24|2914 {65001,65002}|IGP'], [0]],
    ['RISwhois', ['% comment', '65001\t192.0.2.0/24\t300', '65002\t192.0.2.0/24\t2'], [65001, 65002]],
    ['pfx2as', ['192.0.2.0\t24\t65001_65002'], [65001, 65002]],
    ['pfx2as with a set', ['192.0.2.0\t24\t65001,65002'], [0]],
    [
      'JSON in an array',
      ['[', '{"prefix":"192.0.2.0/24","origin":65001},', '{"prefix":"192.0.2.0/24","asn":"AS65002"}', ']'],
      [65001, 65002],
    ],
  ])('reads %s', async (_, lines, origins) => {
    const { trie } = await readRoutes(lines);
    expect(
      trie
        .covering(prefix('192.0.2.1/32'))
        .map(({ origin }) => origin)
        .toSorted(),
    ).toEqual(origins);
  });

  it.each([[['hello world', 'again']], [[]], [['{"prefix":1}']], [['65001 192.0.2.0/24', 'x', 'y']]])(
    'refuses %j',
    async (lines) => {
      await expect(readRoutes(lines)).rejects.toThrow(/No table of routes/);
    },
  );
});

describe('checks of routing', () => {
  const at = new Date('2026-11-20T12:00:00Z');
  const profile = loadRoutingProfile('internet-nl');
  const tables = async (routes: string[] | null, roas: object[]): Promise<Tables> => ({
    vrps: await readVrps([
      JSON.stringify({
        metadata: { buildtime: '2026-11-20T10:00:00Z' },
        roas: [...roas, { asn: 1, prefix: '198.51.100.0/24' }],
      }),
    ]),
    vrpsName: 'rpki-client',
    routes: routes && (await readRoutes(routes)),
    routesName: 'RISwhois',
  });
  const good = { asn: 65001, prefix: '192.0.2.0/24' };
  it.each([
    ['valid', ['65001 192.0.2.0/24'], [good], 'pass', 'pass'],
    [
      'valid with a more specific one',
      ['65001 192.0.2.0/24', '65001 192.0.2.0/25'],
      [{ ...good, maxLength: 25 }],
      'pass',
      'pass',
    ],
    ['hijacked by a more specific route', ['65001 192.0.2.0/24', '65009 192.0.2.0/25'], [good], 'pass', 'fail'],
    ['too long', ['65001 192.0.2.0/25'], [good], 'pass', 'fail'],
    ['without a ROA', ['65001 192.0.2.0/24'], [], 'warn', 'not-applicable'],
    ['partly without a ROA', ['65001 192.0.2.0/24', '65001 192.0.0.0/16'], [good], 'warn', 'pass'],
    ['not in the table of routes', ['65001 203.0.113.0/24'], [good], 'inconclusive', 'inconclusive'],
    ['with a ROA and no table of routes', null, [good], 'pass', 'inconclusive'],
    ['without a ROA and no table of routes', null, [], 'warn', 'inconclusive'],
  ])('an address that is %s', async (_, routes, roas, roa, origin) => {
    const evidence = gatherRouting([{ address: '192.0.2.1', of: 'ns1.example' }], await tables(routes, roas), at);
    const replayed = routingEvidence.parse(JSON.parse(JSON.stringify(evidence)));
    expect(roaPresence.judge(replayed, profile, 's').verdict).toBe(roa);
    expect(originValidity.judge(replayed, profile, 's').verdict).toBe(origin);
  });

  it('does not pass on old VRPs, nor on VRPs of no date', async () => {
    const evidence = gatherRouting(
      [{ address: '192.0.2.1', of: 'x' }],
      await tables(['65001 192.0.2.0/24'], [good]),
      new Date('2026-11-22T12:00:00Z'),
    );
    expect(originValidity.judge(evidence, profile, 's').verdict).toBe('inconclusive');
    const dateless = { ...evidence, vrps: { ...evidence.vrps, made: null } };
    expect(roaPresence.judge(dateless, profile, 's').verdict).toBe('inconclusive');
  });

  it('says what is no address', async () => {
    const given = await tables(null, [good]);
    expect(() => gatherRouting([{ address: 'example.org', of: 'x' }], given, at)).toThrow(/no IP address/);
    expect(addressBytes('192.0.2.256')).toBeNull();
  });

  it('names the profiles that there are', () => expect(() => loadRoutingProfile('x')).toThrow(/internet-nl/));
});
