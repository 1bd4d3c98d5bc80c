import { ADDRESS } from './addresses.ts';
import { addressOf, FAULTS, type Fault } from './faulty-servers.ts';

/** What a validator comes to. */
export type Status = 'secure' | 'insecure' | 'bogus' | 'indeterminate';

/** A key of a zone, and what is done with it. */
export interface LabKey {
  /** By its name in ldns; that of the zone unless given. */
  algorithm?: string;
  bits?: number;
  /** The flag of an entry key; without it a zone key. */
  entry: boolean;
  /** Published in the zone, yet signs nothing. */
  idle?: boolean;
  /** Whether the parent has a DS of it; entry keys that sign have one unless this says otherwise. */
  ds?: boolean;
}

/** A name server by its name, below the zone unless it ends with a dot, and its addresses. */
export interface LabServer {
  name: string;
  addresses: readonly string[];
}

/** One zone of the lab below `test`: how it is signed, what its parent says of it, and how it is spoiled after it was signed. */
export interface LabZone {
  name: string;
  /** The worst that Unbound must say to all that is asked, so that a case that is not what it is for is found out; secure unless given. */
  means?: Status;
  /** An algorithm by its name in ldns; null leaves the zone unsigned. */
  algorithm?: string | null;
  /** One key that does both unless given. */
  keys?: readonly LabKey[];
  nsec3?: { iterations: number; salt?: string; optOut?: boolean };
  /** Days from today at which signatures begin and end. */
  days?: readonly [number, number];
  ds?:
    | 'good'
    | 'none'
    | 'wrong-digest'
    | 'other-key'
    | 'sha1'
    | 'sha384'
    | 'with-stray'
    | 'unknown-algorithm'
    | 'unknown-digest';
  /** Further records, the start of authority, name servers, and those that the parent names where they differ. */
  records?: readonly string[];
  soa?: string;
  servers?: readonly LabServer[];
  parentServers?: readonly LabServer[];
  /** The zone as the second server has it. */
  twin?: { soa?: string; servers?: readonly LabServer[] };
  /** Lines that stand as another signing of the same zone made them. */
  replaced?: { lines: RegExp; by: Pick<LabZone, 'keys' | 'days'> };
  spoil?: (zone: string) => string;
  /** What is asked: a name that is there, one that is not, and a type that is not, unless given; and what further. */
  only?: readonly [name: string, type: string][];
  ask?: readonly [name: string, type: string][];
}

const without = (pattern: RegExp) => (zone: string) =>
  zone
    .split('\n')
    .filter((line) => !pattern.test(line))
    .join('\n');
const changed = (from: RegExp, to: string) => (zone: string) => zone.replace(from, to);
/** Turns the first letters of the signatures over a type. */
const forged = (type: string) => (zone: string) =>
  zone.replace(
    new RegExp(`(\\tRRSIG\\t${type} .*\\. )(....)`, 'g'),
    (_, head: string, four: string) => head + [...four].reverse().join(''),
  );

const ENTRY: LabKey = { entry: true };
const ZONE: LabKey = { entry: false };
const LEAF: LabServer = { name: 'ns', addresses: [ADDRESS.leaf] };
const PAIR: readonly LabServer[] = [
  { name: 'ns1', addresses: [ADDRESS.leaf, ADDRESS.leaf6] },
  { name: 'ns2', addresses: [ADDRESS.twin, ADDRESS.leaf6] },
];
const IPV4_PAIR: readonly LabServer[] = [LEAF, { name: 'ns2', addresses: [ADDRESS.twin] }];
const behind = (fault: Fault): LabServer => ({ name: 'ns', addresses: [addressOf(fault)] });

/** What a zone means whose only server has the fault; secure where it is not said. */
const BEHIND: Partial<Record<Fault, Status>> = {
  'edns-formerr': 'bogus',
  'edns-ignored': 'bogus',
  'dnssec-stripped': 'bogus',
  refuses: 'indeterminate',
  servfails: 'indeterminate',
  silent: 'indeterminate',
  'udp-silent': 'indeterminate',
  'edns-dropped': 'indeterminate',
};
const HERE: readonly [string, string][] = [['www', 'A']];

const ALGORITHMS = ['RSASHA1', 'RSASHA256', 'RSASHA512', 'ECDSAP256SHA256', 'ECDSAP384SHA384', 'ED25519', 'ED448'];

export const LAB_ZONES: readonly LabZone[] = [
  ...ALGORITHMS.map((algorithm): LabZone => ({ name: `alg-${algorithm.toLowerCase()}`, algorithm })),
  { name: 'alg-rsasha1-nsec3', algorithm: 'RSASHA1-NSEC3-SHA1', nsec3: { iterations: 0 } },
  { name: 'unsigned', means: 'insecure', algorithm: null, ds: 'none' },
  { name: 'signed-no-ds', means: 'insecure', ds: 'none' },
  { name: 'unsigned-with-ds', means: 'bogus', algorithm: null, ds: 'other-key' },
  { name: 'ds-wrong-digest', means: 'bogus', ds: 'wrong-digest' },
  { name: 'ds-other-key', means: 'bogus', ds: 'other-key' },
  { name: 'ds-sha1', ds: 'sha1' },
  { name: 'ds-sha384', ds: 'sha384' },
  { name: 'ds-with-stray', ds: 'with-stray' },
  { name: 'ds-unknown-algorithm', means: 'insecure', ds: 'unknown-algorithm' },
  { name: 'ds-unknown-digest', means: 'insecure', ds: 'unknown-digest' },
  { name: 'expired', means: 'bogus', days: [-60, -30] },
  { name: 'not-yet', means: 'bogus', days: [30, 60] },
  { name: 'ends-tomorrow', days: [-10, 1] },
  // Keys that roll over (RFC 6781 section 4.1, RFC 7583), and where that goes wrong.
  { name: 'keys-split', keys: [ENTRY, ZONE] },
  { name: 'zone-key-published', keys: [ENTRY, ZONE, { entry: false, idle: true }] },
  { name: 'zone-key-both-sign', keys: [ENTRY, ZONE, ZONE] },
  {
    name: 'zone-key-gone',
    means: 'bogus',
    keys: [ENTRY, ZONE],
    replaced: { lines: /\tDNSKEY\t256|\tRRSIG\tDNSKEY/, by: { keys: [ENTRY, { entry: false }] } },
  },
  { name: 'entry-key-both', keys: [ENTRY, ENTRY] },
  { name: 'entry-key-old-ds', keys: [ENTRY, { entry: true, ds: false }, ZONE] },
  { name: 'entry-key-new-ds', keys: [{ entry: true, ds: false }, ENTRY, ZONE] },
  { name: 'entry-key-published', keys: [ENTRY, { entry: true, idle: true }, ZONE] },
  {
    name: 'entry-key-idle-ds',
    means: 'bogus',
    keys: [{ entry: true, ds: false }, { entry: true, idle: true, ds: true }, ZONE],
  },
  { name: 'algorithm-rollover', keys: [{ entry: true, algorithm: 'RSASHA256' }, ENTRY] },
  {
    name: 'algorithm-rollover-old-ds',
    keys: [
      { entry: true, algorithm: 'RSASHA256' },
      { entry: true, ds: false },
    ],
  },
  { name: 'algorithm-half-signed', keys: [ENTRY, { entry: true, algorithm: 'RSASHA256', idle: true, ds: true }] },
  { name: 'short-rsa', keys: [{ entry: true, algorithm: 'RSASHA256', bits: 512 }] },
  { name: 'stale-a', means: 'bogus', replaced: { lines: /\tRRSIG\tA /, by: { days: [-60, -30] } } },
  { name: 'stale-soa', means: 'bogus', replaced: { lines: /\tRRSIG\tSOA /, by: { days: [-60, -30] } } },
  { name: 'stale-keys', means: 'bogus', replaced: { lines: /\tRRSIG\tDNSKEY /, by: { days: [-60, -30] } } },
  ...[0, 1, 10, 50, 100, 150, 151, 500].map(
    (iterations): LabZone => ({
      name: `nsec3-${iterations}`,
      nsec3: { iterations },
      ...(iterations > 150 ? { means: 'insecure' } : {}),
    }),
  ),
  { name: 'nsec3-salt', nsec3: { iterations: 0, salt: 'aabbccdd' } },
  { name: 'nsec3-long-salt', nsec3: { iterations: 5, salt: 'ab'.repeat(64) } },
  {
    name: 'nsec3-opt-out',
    means: 'insecure',
    nsec3: { iterations: 0, optOut: true },
    records: ['child NS ns.child', 'ns.child A 127.0.53.3'],
    ask: [
      ['child', 'DS'],
      ['other', 'DS'],
    ],
  },
  {
    name: 'wildcard',
    records: ['* A 192.0.2.9', '*.deep TXT "x"'],
    ask: [
      ['any', 'A'],
      ['a.b.deep', 'TXT'],
      ['any', 'TXT'],
      ['a.deep', 'A'],
    ],
  },
  {
    name: 'wildcard-nsec3',
    nsec3: { iterations: 0 },
    records: ['* A 192.0.2.9', '*.deep TXT "x"'],
    ask: [
      ['any', 'A'],
      ['a.b.deep', 'TXT'],
      ['any', 'TXT'],
      ['a.deep', 'A'],
    ],
  },
  {
    name: 'empty-between',
    records: ['a.b.c A 192.0.2.9'],
    ask: [
      ['b.c', 'A'],
      ['c', 'A'],
      ['x.b.c', 'A'],
    ],
  },
  {
    name: 'empty-between-nsec3',
    nsec3: { iterations: 1, salt: 'aa' },
    records: ['a.b.c A 192.0.2.9'],
    ask: [
      ['b.c', 'A'],
      ['c', 'A'],
      ['x.b.c', 'A'],
    ],
  },
  {
    name: 'aliases',
    means: 'bogus',
    records: [
      'here CNAME www',
      'there CNAME www.unsigned.test.',
      'broken CNAME www.expired.test.',
      'loop CNAME pool',
      'pool CNAME loop',
      'gone CNAME nothing',
      'far CNAME here.aliases-too.test.',
      ...Array.from({ length: 30 }, (_, at) => `step${at} CNAME ${at === 29 ? 'www' : `step${at + 1}`}`),
    ],
    ask: [
      ['here', 'A'],
      ['there', 'A'],
      ['broken', 'A'],
      ['gone', 'A'],
      ['far', 'A'],
      ['loop', 'A'],
      ['step0', 'A'],
      ['step26', 'A'],
    ],
  },
  {
    name: 'aliases-too',
    nsec3: { iterations: 0 },
    records: ['here CNAME www.alg-ed25519.test.'],
    ask: [['here', 'A']],
  },
  {
    name: 'tree',
    records: ['old DNAME new', 'a.new A 192.0.2.9'],
    ask: [
      ['a.old', 'A'],
      ['b.old', 'A'],
    ],
  },
  { name: 'forged-a', means: 'bogus', spoil: forged('A') },
  { name: 'forged-nsec', means: 'bogus', spoil: forged('NSEC') },
  { name: 'forged-dnskey', means: 'bogus', spoil: forged('DNSKEY') },
  { name: 'forged-soa', means: 'bogus', spoil: forged('SOA') },
  { name: 'changed-a', means: 'bogus', spoil: changed(/192\.0\.2\.1(?=\s)/, '192.0.2.2') },
  { name: 'stripped-a', means: 'bogus', spoil: without(/\tRRSIG\tA /) },
  { name: 'stripped-nsec', means: 'bogus', spoil: without(/\t(RRSIG\t)?NSEC[\t ]/) },
  { name: 'stripped-dnskey', means: 'bogus', spoil: without(/\tRRSIG\tDNSKEY /) },
  { name: 'stripped-all', means: 'bogus', spoil: without(/\tRRSIG\t/) },
  { name: 'keyless', means: 'bogus', spoil: without(/\t(RRSIG\t)?DNSKEY[\t ]/) },
  { name: 'stripped-nsec3', means: 'bogus', nsec3: { iterations: 0 }, spoil: without(/\t(RRSIG\t)?NSEC3[\t ]/) },
  {
    name: 'mail',
    records: [
      `_25._tcp.www TLSA 3 1 1 ${'ab'.repeat(32)}`,
      '@ CAA 0 issue "ca.test"',
      '@ MX 10 www',
      '@ TXT "v=spf1 -all"',
    ],
    ask: [
      ['_25._tcp.www', 'TLSA'],
      ['', 'CAA'],
      ['', 'MX'],
      ['', 'TXT'],
      ['_443._tcp.www', 'TLSA'],
    ],
  },
  {
    name: 'large',
    records: Array.from({ length: 40 }, (_, at) => `many TXT "${String(at).padStart(200, 'x')}"`),
    ask: [['many', 'TXT']],
  },
  { name: 'cds-delete', records: ['@ CDS 0 0 0 00'], ask: [['', 'CDS']] },
  // Name servers that agree, and that do not.
  { name: 'pair', servers: PAIR },
  { name: 'pair-unsigned', means: 'insecure', algorithm: null, ds: 'none', servers: PAIR },
  { name: 'ipv4-pair', servers: IPV4_PAIR },
  ...Object.entries({
    'serials-differ': { twin: { soa: 'ns hostmaster 2 7200 3600 1209600 300' } },
    'mailboxes-differ': { twin: { soa: 'ns other 1 7200 3600 1209600 300' } },
    'times-differ': { twin: { soa: 'ns hostmaster 1 7200 3600 1209600 600' } },
    'servers-differ': {
      records: ['ns3 A 127.0.53.4'],
      twin: { servers: [...IPV4_PAIR, { name: 'ns3', addresses: [] }] },
    },
    'parent-knows-more': {
      records: ['ns3 A 127.0.53.4'],
      parentServers: [...IPV4_PAIR, { name: 'ns3', addresses: [ADDRESS.twin] }],
    },
    'parent-knows-less': { parentServers: [LEAF] },
    'glue-differs': { parentServers: [LEAF, { name: 'ns2', addresses: [ADDRESS.leaf] }] },
    'one-lame': { servers: [LEAF, { name: 'ns2', addresses: [ADDRESS.root] }] },
    'one-refuses': { servers: [LEAF, { name: 'ns2', addresses: [addressOf('refuses')] }] },
    'one-dead': { servers: [LEAF, { name: 'ns2', addresses: [ADDRESS.nobody] }] },
    'server-is-alias': { servers: [LEAF, { name: 'ns2', addresses: [] }], records: ['ns2 CNAME ns'] },
    'server-without-address': { servers: [LEAF, { name: 'ns2', addresses: [] }] },
  }).map(
    ([name, change]): LabZone => ({
      name,
      means: 'insecure',
      algorithm: null,
      ds: 'none',
      servers: IPV4_PAIR,
      ...change,
    }),
  ),
  {
    name: 'all-lame',
    means: 'indeterminate',
    algorithm: null,
    ds: 'none',
    servers: [{ name: 'ns', addresses: [ADDRESS.root] }],
    only: HERE,
  },
  // One server, with a fault or behind a firewall that makes it look so.
  ...FAULTS.map(
    (fault): LabZone => ({
      name: `behind-${fault}`,
      means: BEHIND[fault] ?? 'secure',
      servers: [behind(fault)],
      ...(BEHIND[fault] === 'indeterminate' ? { only: HERE } : {}),
    }),
  ),
  ...(['edns-formerr', 'edns-ignored'] as const).map(
    (fault): LabZone => ({
      name: `unsigned-${fault}`,
      means: 'insecure',
      algorithm: null,
      ds: 'none',
      servers: [behind(fault)],
    }),
  ),
];
