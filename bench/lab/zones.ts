/** One zone of the lab below `test`: how it is signed, what its parent says of it, and how it is spoiled after it was signed. */
export interface LabZone {
  name: string;
  /** An algorithm by its name in ldns; null leaves the zone unsigned. */
  algorithm?: string | null;
  nsec3?: { iterations: number; salt?: string; optOut?: boolean };
  /** Days from today at which signatures begin and end. */
  days?: [number, number];
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
  /** A second entry key, as in a rollover. */
  twoKeys?: boolean;
  records?: string[];
  spoil?: (zone: string) => string;
  /** Further questions, beside a name that is there, one that is not, and a type that is not. */
  ask?: [name: string, type: string][];
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
    new RegExp(`(\\tRRSIG\\t${type}\\t.*\\. )(....)`, 'g'),
    (_, head: string, four: string) => head + [...four].reverse().join(''),
  );

const ALGORITHMS = ['RSASHA1', 'RSASHA256', 'RSASHA512', 'ECDSAP256SHA256', 'ECDSAP384SHA384', 'ED25519', 'ED448'];

export const LAB_ZONES: readonly LabZone[] = [
  ...ALGORITHMS.map((algorithm): LabZone => ({ name: `alg-${algorithm.toLowerCase()}`, algorithm })),
  { name: 'unsigned', algorithm: null, ds: 'none' },
  { name: 'signed-no-ds', ds: 'none' },
  { name: 'unsigned-with-ds', algorithm: null, ds: 'other-key' },
  { name: 'ds-wrong-digest', ds: 'wrong-digest' },
  { name: 'ds-other-key', ds: 'other-key' },
  { name: 'ds-sha1', ds: 'sha1' },
  { name: 'ds-sha384', ds: 'sha384' },
  { name: 'ds-with-stray', ds: 'with-stray' },
  { name: 'ds-unknown-algorithm', ds: 'unknown-algorithm' },
  { name: 'ds-unknown-digest', ds: 'unknown-digest' },
  { name: 'expired', days: [-60, -30] },
  { name: 'not-yet', days: [30, 60] },
  { name: 'ends-tomorrow', days: [-10, 1] },
  { name: 'rollover', twoKeys: true },
  ...[0, 1, 10, 50, 100, 150, 151, 500].map(
    (iterations): LabZone => ({ name: `nsec3-${iterations}`, nsec3: { iterations } }),
  ),
  { name: 'nsec3-salt', nsec3: { iterations: 0, salt: 'aabbccdd' } },
  { name: 'nsec3-long-salt', nsec3: { iterations: 5, salt: 'ab'.repeat(64) } },
  {
    name: 'nsec3-opt-out',
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
    records: [
      'here CNAME www',
      'there CNAME www.unsigned.test.',
      'broken CNAME www.expired.test.',
      'loop CNAME pool',
      'pool CNAME loop',
      'gone CNAME nothing',
      'far CNAME here.aliases-too.test.',
    ],
    ask: [
      ['here', 'A'],
      ['there', 'A'],
      ['broken', 'A'],
      ['gone', 'A'],
      ['far', 'A'],
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
  { name: 'forged-a', spoil: forged('A') },
  { name: 'forged-nsec', spoil: forged('NSEC') },
  { name: 'forged-dnskey', spoil: forged('DNSKEY') },
  { name: 'forged-soa', spoil: forged('SOA') },
  { name: 'changed-a', spoil: changed(/192\.0\.2\.1(?=\s)/, '192.0.2.2') },
  { name: 'stripped-a', spoil: without(/\tRRSIG\tA\t/) },
  { name: 'stripped-nsec', spoil: without(/\t(RRSIG\t)?NSEC\t/) },
  { name: 'stripped-dnskey', spoil: without(/\tRRSIG\tDNSKEY\t/) },
  { name: 'stripped-all', spoil: without(/\tRRSIG\t/) },
  { name: 'keyless', spoil: without(/\t(RRSIG\t)?DNSKEY\t/) },
  { name: 'stripped-nsec3', nsec3: { iterations: 0 }, spoil: without(/\t(RRSIG\t)?NSEC3\t/) },
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
];
