import { base32hex, nsec3Hash } from '../dnssec/nsec3.ts';
import {
  commonAncestor,
  compareNames,
  isBelow,
  labelsOf,
  type Name,
  nameOf,
  nameToWire,
  parentOf,
  parseName,
} from '../wire/name.ts';
import { type DnsRecord, type RRset, rrsetsOf } from '../wire/record.ts';
import { TYPE } from '../wire/types.ts';
import { bitmap, numbers, rawRecord, record } from './records.ts';
import { newKey, type Period, type SigningKey, signSet } from './signing-key.ts';

export interface Nsec3Settings {
  iterations?: number;
  salt?: string;
  optOut?: boolean;
}

export interface ZoneSettings {
  /** Records besides SOA, NS and keys. */
  records?: DnsRecord[];
  servers?: string[];
  serial?: number;
  /** No keys, no signatures. */
  keys?: SigningKey[];
  denial?: 'nsec' | Nsec3Settings;
  period?: Period;
  /** A last look at each set with its signatures, to break it. */
  change?: (set: RRset) => void;
}

/** A zone as its server holds it: sets with signatures, and how it denies. */
export interface Zone {
  name: Name;
  keys: SigningKey[];
  sets: Map<Name, RRset[]>;
  nsec: RRset[];
  nsec3: { sets: RRset[]; settings: Nsec3Settings } | null;
}

/** When the tests take place, in seconds; signatures are good from a day before to thirty days after. */
export const NOW = 1_790_000_000;
export const PERIOD: Period = { inception: NOW - 86_400, expiration: NOW + 30 * 86_400 };

/**
 * Makes and signs a zone: every set that is the zone's own, by every key; DNSKEY by entry points if there are any (RFC
 * 4035 section 2).
 */
export function makeZone(apex: string, settings: ZoneSettings = {}): Zone {
  const name = parseName(apex);
  const keys = settings.keys ?? [newKey(15)];
  const servers = settings.servers ?? [`ns1.${apex === '.' ? 'root' : name}`];
  const records = [
    record(
      apex,
      'SOA',
      `${servers[0]} hostmaster.${apex === '.' ? 'root' : name} ${settings.serial ?? 1} 7200 3600 1209600 300`,
    ),
    ...servers.map((server) => record(apex, 'NS', server)),
    ...keys.map(({ dnskey }) => rawRecord(name, TYPE.DNSKEY, dnskey.data)),
    ...(settings.records ?? []),
  ];
  if (keys.length > 0 && typeof settings.denial === 'object')
    records.push(
      rawRecord(name, TYPE.NSEC3PARAM, Buffer.concat([numbers([1, 1], [0, 1]), parameters(settings.denial)])),
    );
  const zone: Zone = { name, keys, sets: new Map(), nsec: [], nsec3: null };
  const cuts = records.filter((one) => one.type === TYPE.NS && one.name !== name).map((one) => one.name);
  const sets = rrsetsOf(records);
  const finish = (set: RRset): RRset => {
    if (isOwn(set, cuts)) sign(set, zone, settings.period ?? PERIOD);
    settings.change?.(set);
    return set;
  };
  for (const set of sets) zone.sets.set(set.name, [...(zone.sets.get(set.name) ?? []), set]);
  for (const set of sets) finish(set);
  if (keys.length === 0) return zone;
  if (typeof settings.denial === 'object') {
    zone.nsec3 = { sets: hashedChain(zone, cuts, settings.denial).map(finish), settings: settings.denial };
  } else {
    zone.nsec = plainChain(zone, cuts).map(finish);
    for (const set of zone.nsec) zone.sets.get(set.name)?.push(set);
  }
  return zone;
}

/** Neither glue below a cut nor the NS set at it is the zone's to sign. */
const isOwn = (set: RRset, cuts: readonly Name[]): boolean =>
  !cuts.some((cut) => isBelow(set.name, cut) || (set.name === cut && set.type !== TYPE.DS && set.type !== TYPE.NSEC));

function sign(set: RRset, zone: Zone, period: Period): void {
  const entry = zone.keys.filter(({ dnskey }) => (dnskey.flags & 1) !== 0);
  const others = zone.keys.filter(({ dnskey }) => (dnskey.flags & 1) === 0);
  const chosen = set.type === TYPE.DNSKEY ? entry : others.length > 0 ? others : entry;
  set.signatures = chosen.map((key) => signSet(set, key, zone.name, period));
}

function typesAt(zone: Zone, name: Name, cuts: readonly Name[], extra: number[]): Buffer {
  const sets = zone.sets.get(name) ?? [];
  const signed = sets.some((set) => set.signatures.length > 0 || isOwn(set, cuts));
  return bitmap([...sets.map((set) => set.type), ...(signed ? [TYPE.RRSIG] : []), ...extra]);
}

const ownNames = (zone: Zone, cuts: readonly Name[]): Name[] =>
  [...zone.sets.keys()].filter((name) => !cuts.some((cut) => isBelow(name, cut))).sort(compareNames);

function plainChain(zone: Zone, cuts: readonly Name[]): RRset[] {
  const names = ownNames(zone, cuts);
  return names.map((name, index) => {
    const next = names[(index + 1) % names.length] as Name;
    const data = Buffer.concat([nameToWire(next), typesAt(zone, name, cuts, [TYPE.NSEC, TYPE.RRSIG])]);
    return { name, type: TYPE.NSEC, class: 1, ttl: 300, data: [data], signatures: [] };
  });
}

const parameters = ({ iterations = 0, salt = '' }: Nsec3Settings): Buffer =>
  Buffer.concat([numbers([iterations, 2], [salt.length / 2, 1]), Buffer.from(salt, 'hex')]);

function hashedChain(zone: Zone, cuts: readonly Name[], settings: Nsec3Settings): RRset[] {
  const isUnsigned = (name: Name): boolean =>
    cuts.includes(name) && !(zone.sets.get(name) ?? []).some((set) => set.type === TYPE.DS);
  const listed = ownNames(zone, cuts).filter((name) => !(settings.optOut && isUnsigned(name)));
  const names = new Set<Name>();
  // Empty non-terminals are hashed as well (RFC 5155 section 7.1).
  for (const name of listed)
    for (let at = name; at !== parentOf(zone.name) || at === zone.name; at = parentOf(at)) {
      names.add(at);
      if (at === zone.name) break;
    }
  const salt = Buffer.from(settings.salt ?? '', 'hex');
  const hashed = [...names]
    .map((name) => ({ name, hash: nsec3Hash(name, salt, settings.iterations ?? 0) }))
    .sort((one, other) => Buffer.compare(one.hash, other.hash));
  return hashed.map(({ name, hash }, index) => {
    const next = (hashed[(index + 1) % hashed.length] as (typeof hashed)[number]).hash;
    const fixed = Buffer.concat([
      numbers([1, 1], [settings.optOut ? 1 : 0, 1]),
      parameters(settings),
      numbers([20, 1]),
      next,
    ]);
    return {
      name: nameOf([base32hex(hash), ...labelsOf(zone.name)]),
      type: TYPE.NSEC3,
      class: 1,
      ttl: 300,
      data: [Buffer.concat([fixed, zone.sets.has(name) ? typesAt(zone, name, cuts, []) : Buffer.alloc(0)])],
      signatures: [],
    };
  });
}

/** Is there anything at the name or below it? */
export function exists(zone: Zone, name: Name): boolean {
  return [...zone.sets.keys()].some((one) => one === name || isBelow(one, name));
}

/** The longest existing ancestor of a name that does not exist. */
export function encloserIn(zone: Zone, name: Name): Name {
  return [...zone.sets.keys()]
    .map((one) => commonAncestor(one, name))
    .sort((one, other) => labelsOf(other).length - labelsOf(one).length)[0] as Name;
}
