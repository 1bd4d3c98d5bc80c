import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type CheckResult, createProber, loadProbeProfile } from '@proviso/probes';
import { inParallel } from './parallel.ts';
import type { Lab } from './servers.ts';
import type { Tally } from './tally.ts';
import type { LabZone } from './zones.ts';

const run = promisify(execFile);

/** What both of us look for: what it is called here, by codes of observations, and by zonemaster's tags. */
interface Concern {
  what: string;
  ours: readonly string[];
  theirs: readonly string[];
  /** Looked at only where the zone is secure: what nobody vouches for is not judged here. */
  ofSecure?: true;
}

const CONCERNS: readonly Concern[] = [
  {
    what: 'no signatures',
    ours: ['dnssec.insecure'],
    theirs: ['NOT_SIGNED', 'DNSKEY_BUT_NOT_DS'],
  },
  {
    what: 'bogus',
    ours: ['dnssec.bogus'],
    theirs: [
      'DS_BUT_NOT_DNSKEY',
      'DS02_DNSKEY_NOT_SIGNED_BY_ANY_DS',
      'DS02_NO_VALID_DNSKEY_FOR_ANY_DS',
      'DS02_NO_MATCH_DS_DNSKEY',
      'DS08_DNSKEY_RRSIG_EXPIRED',
      'DS08_DNSKEY_RRSIG_NOT_YET_VALID',
      'DS08_MISSING_RRSIG_IN_RESPONSE',
      'DS08_NO_MATCHING_DNSKEY',
      'DS08_RRSIG_NOT_VALID_BY_DNSKEY',
      'DS09_MISSING_RRSIG_IN_RESPONSE',
      'DS09_NO_MATCHING_DNSKEY',
      'DS09_RRSIG_NOT_VALID_BY_DNSKEY',
      'DS09_SOA_RRSIG_EXPIRED',
      'DS09_SOA_RRSIG_NOT_YET_VALID',
      'DS11_DS_BUT_UNSIGNED_ZONE',
    ],
  },
  {
    what: 'many iterations',
    ofSecure: true,
    ours: ['nsec3.iterations'],
    theirs: ['MANY_ITERATIONS', 'TOO_MANY_ITERATIONS'],
  },
  {
    what: 'poor algorithm',
    ours: ['algorithm.forbidden', 'algorithm.discouraged', 'dnssec.unsupported'],
    theirs: ['ALGORITHM_DEPRECATED', 'ALGORITHM_NOT_RECOMMENDED', 'DS01_DS_ALGO_DEPRECATED', 'DS01_DS_ALGO_RESERVED'],
  },
  {
    what: 'short key',
    ofSecure: true,
    ours: ['algorithm.short-key', 'algorithm.weak-key'],
    theirs: ['DNSKEY_SMALLER_THAN_REC', 'DNSKEY_TOO_SMALL_FOR_ALGO'],
  },
  {
    what: 'signatures that end soon',
    ofSecure: true,
    ours: ['expiry.close', 'expiry.soon'],
    theirs: ['REMAINING_SHORT'],
  },
  {
    what: 'DS without a key',
    ofSecure: true,
    ours: ['ds.stray'],
    theirs: ['DS02_NO_DNSKEY_FOR_DS', 'DS02_NO_MATCH_DS_DNSKEY'],
  },
  {
    what: 'algorithm that does not sign',
    ofSecure: true,
    ours: ['ds.algorithm-unsigned'],
    theirs: ['DS13_ALGO_NOT_SIGNED_DNSKEY', 'DS13_ALGO_NOT_SIGNED_NS', 'DS13_ALGO_NOT_SIGNED_SOA'],
  },
  { what: 'wish to be unsigned', ofSecure: true, ours: ['ds.cds-delete'], theirs: ['DS16_DELETE_CDS'] },
  { what: 'few name servers', ours: ['ns.few'], theirs: ['NOT_ENOUGH_NS_CHILD'] },
  {
    what: 'few name servers at IPv6',
    ours: ['ns.few-ipv6'],
    theirs: ['NO_IPV6_NS_CHILD', 'NOT_ENOUGH_IPV6_NS_CHILD'],
  },
  {
    what: 'lame server',
    ours: ['ns.lame'],
    theirs: ['IS_NOT_AUTHORITATIVE', 'CN01_SOA_RECORD_NOT_AA_UDP', 'CN01_MISSING_SOA_RECORD_UDP'],
  },
  {
    what: 'server silent over UDP',
    ours: ['ns.silent-udp'],
    theirs: ['CN01_NO_RESPONSE_UDP', 'CN01_NO_RESPONSE_SOA_QUERY_UDP', 'CN01_UNEXPECTED_RCODE_SOA_QUERY_UDP'],
  },
  {
    what: 'server silent over TCP',
    ours: ['ns.silent-tcp'],
    theirs: ['CN02_NO_RESPONSE_TCP', 'CN02_NO_RESPONSE_SOA_QUERY_TCP', 'CN02_UNEXPECTED_RCODE_SOA_QUERY_TCP'],
  },
  { what: 'server named by an alias', ours: ['ns.alias'], theirs: ['NS_IS_CNAME'] },
  { what: 'server without an address', ours: ['ns.no-address'], theirs: ['CAN_NOT_BE_RESOLVED', 'NO_RESOLUTION'] },
  {
    what: 'no EDNS',
    ours: ['edns.missing'],
    theirs: ['NO_EDNS_SUPPORT', 'EDNS_RESPONSE_WITHOUT_EDNS'],
  },
  { what: 'silent to EDNS', ours: ['edns.unknown timeout'], theirs: ['BREAKS_ON_EDNS'] },
  {
    what: 'EDNS version',
    ours: ['edns.version'],
    theirs: ['N10_UNEXPECTED_RCODE', 'N10_EDNS_RESPONSE_ERROR', 'EDNS_VERSION_ERROR'],
  },
  { what: 'EDNS option', ours: ['edns.option'], theirs: ['N11_RETURNS_UNKNOWN_OPTION_CODE', 'N11_UNEXPECTED_RCODE'] },
  { what: 'EDNS flag', ours: ['edns.flag'], theirs: ['Z_FLAGS_NOTCLEAR'] },
  { what: 'serials differ', ours: ['consistent.serial'], theirs: ['MULTIPLE_SOA_SERIALS'] },
  {
    what: 'starts of authority differ',
    ours: ['consistent.soa'],
    theirs: ['MULTIPLE_SOA_RNAMES', 'MULTIPLE_SOA_MNAMES', 'MULTIPLE_SOA_TIME_PARAMETER_SET'],
  },
  { what: 'name servers differ', ours: ['consistent.ns'], theirs: ['MULTIPLE_NS_SET'] },
  { what: 'parent names more', ours: ['consistent.parent-more'], theirs: ['EXTRA_NAME_PARENT'] },
  { what: 'parent names less', ours: ['consistent.parent-less'], theirs: ['EXTRA_NAME_CHILD'] },
  {
    what: 'glue differs',
    ours: ['consistent.glue'],
    theirs: ['IN_BAILIWICK_ADDR_MISMATCH', 'OUT_OF_BAILIWICK_ADDR_MISMATCH', 'EXTRA_ADDRESS_CHILD'],
  },
];

/** What both say of a zone of which no server answers; then nothing else is compared, since we say nothing else. */
const UNANSWERED: Concern = {
  what: 'no server that answers',
  ours: ['no zone', 'ns.unknown'],
  theirs: ['NO_GLUE_PREVENTS_NAMESERVER_TESTS', 'NS_NO_RESPONSE'],
};

/** Where we mean to differ, and why. */
const WITHOUT_OPT =
  'an answer without OPT is from a server without EDNS (RFC 6891 section 7); zonemaster takes it for version 0, and then misses BADVERS';
const REASONS: Readonly<Record<string, string>> = {
  'behind-edns-ignored: no EDNS': WITHOUT_OPT,
  'behind-edns-ignored: EDNS version': WITHOUT_OPT,
  'unsigned-edns-ignored: no EDNS': WITHOUT_OPT,
  'unsigned-edns-ignored: EDNS version': WITHOUT_OPT,
  'behind-flag-echoed: EDNS flag':
    'the flag comes back, as dig shows it too ("MBZ: 0x0003"), and must not (RFC 6891 section 6.1.4); zonemaster 4.6 does not see it',
  'behind-tcp-only: server silent over UDP':
    'what it says over UDP is cut off, so that way is not known to work, nor to fail; zonemaster only asks whether anything came',
  'behind-edns-dropped: no server that answers':
    'asked with EDNS, as resolvers do, it is silent, so nothing is known, as with Unbound; zonemaster asks without it too (RFC 8906 section 8.2)',
  'one-refuses: lame server':
    'a refusal is a matter of policy (RFC 1035 section 4.1.1) and may be for us alone: inconclusive here, an error with zonemaster',
  'parent-knows-less: glue differs': 'follows from the name that the parent lacks, which both tell of',
  'servers-differ: parent names less':
    'one server names one more than the parent; told as differing lists of the servers',
  'servers-differ: glue differs': 'as for the name that one server has more',
  'servers-differ: server without an address':
    'the same name again, which zonemaster looks up by the parent, that does not know it',
  'ds-unknown-algorithm: poor algorithm':
    'a DS whose algorithm nobody knows leaves the zone unsigned (RFC 4035 section 5.2); zonemaster looks only at the algorithms of keys',
};

/** Looks at every zone, and so does zonemaster; of each concern that one of us has, whether the other has it too. */
export async function compareZonemaster(
  lab: Lab,
  folder: string,
  zones: readonly LabZone[],
  tally: Tally,
): Promise<void> {
  const compare = tally.with('zonemaster', REASONS);
  const impatient = join(folder, 'zonemaster.json');
  writeFileSync(impatient, JSON.stringify({ resolver: { defaults: { retry: 1, retrans: 1, timeout: 2 } } }));
  const profile = loadProbeProfile('strict');
  // As zonemaster measures: 100 iterations, and half a day.
  const dns = {
    ...profile.dns,
    anchors: lab.anchors(),
    nsec3: { ...profile.dns.nsec3, mostIterations: 100 },
    expiry: { leastHours: 0, wantedHours: 12 },
  };
  const prober = createProber({
    profile: { ...profile, dns },
    families: ['dns'],
    program: 'lab',
    allowPrivate: true,
    ipv6: true,
    most: 20_000,
    network: { root: lab.root },
  });
  // Those whose servers are silent take longest, and are last in the list.
  await inParallel(zones.filter(isForZonemaster).toReversed(), 6, async ({ name }) => {
    const zone = `${name}.test`;
    const [{ outcome }, tags] = await Promise.all([prober.probe(zone), tagsOf(zone, lab.hints, impatient)]);
    const codes = codesIn(outcome.results);
    let quiet = true;
    const weigh = ({ what, ours, theirs }: Concern): boolean => {
      const seen = ours.filter((code) => codes.has(code));
      const told = theirs.filter((tag) => tags.has(tag));
      if (seen.length + told.length === 0) return false;
      quiet = false;
      const word = (found: readonly string[]) => (found.length > 0 ? 'seen' : 'not seen');
      compare(`${name}: ${what}`, `${zone}: ${what}`, word(seen), word(told), [...seen, ...told].join(', '));
      return seen.length > 0;
    };
    if (weigh(UNANSWERED)) return;
    for (const concern of CONCERNS) if (!concern.ofSecure || codes.has('dnssec.secure')) weigh(concern);
    if (quiet) compare(`${name}: nothing`, `${zone}: any of this`, 'not seen', 'not seen');
  });
}

/** Half a second of work each: those that are alike to it are left out, as it asks only for what stands at the top of a zone. */
const isForZonemaster = ({ name, ask }: LabZone): boolean =>
  ask === undefined &&
  !/^(nsec3-(1|10|50|151)|(forged|changed|stripped|stale)-(a|nsec)|alg-(rsasha512|ecdsap384sha384))$/.test(name);

/** Codes of what was seen, each also with its reason; whether a zone is signed as the check of that alone says it. */
function codesIn(results: readonly CheckResult[]): Set<string> {
  const codes = new Set<string>();
  for (const { check, observations } of results)
    for (const { code, values } of observations) {
      if (code === 'dnssec.insecure' && check !== 'dnssec.signed') continue;
      codes.add(code);
      if (values?.reason !== undefined) codes.add(`${code} ${values.reason}`);
    }
  if (!results.some(({ check }) => check === 'dns.name-servers')) codes.add('no zone');
  return codes;
}

async function tagsOf(zone: string, hints: string, impatient: string): Promise<Set<string>> {
  const modules = ['Basic', 'Connectivity', 'Consistency', 'DNSSEC', 'Delegation', 'Nameserver'];
  const { stdout } = await run(
    'zonemaster-cli',
    [
      '--raw',
      '--level',
      'INFO',
      '--hints',
      hints,
      '--profile',
      impatient,
      '--no-progress',
      ...modules.flatMap((one) => ['--test', one]),
      zone,
    ],
    { timeout: 60_000 },
  );
  return new Set([...stdout.matchAll(/^\s*[\d.]+\s+[A-Z]+\s+(\S+)/gm)].map(([, tag = '']) => tag));
}
