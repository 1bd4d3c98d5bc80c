import { base32hex, nsec3Hash } from '../dnssec/nsec3.ts';
import { decodeMessage, type Message } from '../wire/message.ts';
import {
  compareNames,
  isBelow,
  isWithin,
  labelsOf,
  type Name,
  nameOf,
  nameToWire,
  parentOf,
  wildcardAt,
} from '../wire/name.ts';
import { readTarget } from '../wire/rdata.ts';
import type { DnsRecord, RRset } from '../wire/record.ts';
import { RCODE, TYPE } from '../wire/types.ts';
import { numbers, rawRecord } from './records.ts';
import { encloserIn, exists, type Zone } from './zone.ts';

/** What a server is about to say; tests may still change it. */
export interface Answer {
  rcode: number;
  authoritative: boolean;
  answer: DnsRecord[];
  authority: DnsRecord[];
  additional: DnsRecord[];
  /** Options of the OPT record, `null` for none. */
  edns: { version: number; flags: number; options: Buffer } | null;
}

/**
 * What an authoritative server with these zones says (RFC 1034 section 4.3.2, RFC 4035 section 3.1, RFC 5155 section
 * 7.2).
 */
export function answerFrom(zones: readonly Zone[], query: Message): Answer {
  const edns = query.edns ? { version: 0, flags: query.edns.dnssecOk ? 0x8000 : 0, options: Buffer.alloc(0) } : null;
  const said: Answer = { rcode: 0, authoritative: true, answer: [], authority: [], additional: [], edns };
  if (query.edns && query.edns.version > 0) return { ...said, rcode: RCODE.BADVERS };
  const { name, type } = query.question as NonNullable<Message['question']>;
  const zone = zoneFor(zones, name, type);
  if (!zone) return { ...said, rcode: RCODE.REFUSED, authoritative: false };
  respond(zones, zone, name, type, said, query.edns?.dnssecOk === true, 0);
  return said;
}

/** The deepest zone with the name; for DS the one above the cut, where that is here. */
function zoneFor(zones: readonly Zone[], name: Name, type: number): Zone | undefined {
  const holding = zones
    .filter((zone) => isWithin(name, zone.name))
    .sort((one, other) => labelsOf(other.name).length - labelsOf(one.name).length);
  return type === TYPE.DS && holding[0]?.name === name && holding[1] ? holding[1] : holding[0];
}

function respond(
  zones: readonly Zone[],
  zone: Zone,
  name: Name,
  type: number,
  said: Answer,
  dnssec: boolean,
  depth: number,
): void {
  const add = (section: DnsRecord[], set: RRset, owner = set.name): void => {
    section.push(...set.data.map((data) => rawRecord(owner, set.type, data, set.ttl)));
    if (dnssec) section.push(...set.signatures.map((data) => rawRecord(owner, TYPE.RRSIG, data, set.ttl)));
  };
  const setAt = (owner: Name, wanted: number): RRset | undefined =>
    zone.sets.get(owner)?.find((set) => set.type === wanted);
  const deny = (...names: Name[]): void => {
    if (dnssec) for (const set of new Set(names.flatMap((one) => proofFor(zone, one)))) add(said.authority, set);
  };
  const soa = (): void => add(said.authority, setAt(zone.name, TYPE.SOA) as RRset);
  const labels = labelsOf(name);
  for (let at = labels.length - labelsOf(zone.name).length - 1; at >= 0; at -= 1) {
    const above = nameOf(labels.slice(at));
    const cut = setAt(above, TYPE.NS);
    if (cut && !(above === name && type === TYPE.DS)) {
      said.authoritative = depth > 0;
      add(said.authority, cut);
      const ds = setAt(above, TYPE.DS);
      if (ds && dnssec) add(said.authority, ds);
      else if (zone.keys.length > 0) deny(above);
      for (const server of cut.data.map(readTarget))
        for (const set of zone.sets.get(server) ?? []) add(said.additional, set);
      return;
    }
    const dname = above === name ? undefined : setAt(above, TYPE.DNAME);
    if (dname) {
      add(said.answer, dname);
      const target = nameOf([...labels.slice(0, at), ...labelsOf(readTarget(dname.data[0] as Buffer))]);
      said.answer.push(rawRecord(name, TYPE.CNAME, nameToWire(target)));
      follow(target);
      return;
    }
  }
  const here = exists(zone, name) ? name : wildcardAt(encloserIn(zone, name));
  const wild = here !== name;
  if (wild && !exists(zone, here)) {
    said.rcode = RCODE.NXDOMAIN;
    soa();
    deny(name, here);
    return;
  }
  const set = setAt(here, type) ?? setAt(here, TYPE.CNAME);
  if (!set) {
    soa();
    deny(...(wild ? [name, here] : [name]));
    return;
  }
  add(said.answer, set, name);
  if (wild) deny(name);
  if (set.type === TYPE.CNAME && type !== TYPE.CNAME) follow(readTarget(set.data[0] as Buffer));

  function follow(target: Name): void {
    const next = zoneFor(zones, target, type);
    if (next && depth < 8) respond(zones, next, target, type, said, dnssec, depth + 1);
  }
}

/**
 * The records that show there is nothing at a name, or what there is: its own, else the one that covers it and those of
 * its encloser.
 */
function proofFor(zone: Zone, name: Name): RRset[] {
  if (!zone.nsec3) {
    const own = zone.nsec.find((set) => set.name === name);
    const before = zone.nsec.filter((set) => compareNames(set.name, name) < 0).at(-1);
    return own ? [own] : before ? [before] : zone.nsec.slice(-1);
  }
  const { sets, settings } = zone.nsec3;
  const labelOf = (one: Name): string =>
    base32hex(nsec3Hash(one, Buffer.from(settings.salt ?? '', 'hex'), settings.iterations ?? 0));
  const first = (set: RRset): string => labelsOf(set.name)[0] as string;
  const match = (one: Name): RRset | undefined => sets.find((set) => first(set) === labelOf(one));
  const cover = (one: Name): RRset => sets.filter((set) => first(set) < labelOf(one)).at(-1) ?? (sets.at(-1) as RRset);
  const own = match(name);
  if (own) return [own];
  let next = name;
  while (next !== zone.name && !match(parentOf(next))) next = parentOf(next);
  const encloser = match(parentOf(next)) as RRset;
  const wildcard = wildcardAt(parentOf(next));
  return [encloser, cover(next), ...(isBelow(wildcard, zone.name) ? [match(wildcard) ?? cover(wildcard)] : [])];
}

/** The octets of an answer to a query. `truncate` keeps the question alone and sets TC. */
export function encodeAnswer(query: Buffer, said: Answer, truncate = false): Buffer {
  const { question } = decodeMessage(query);
  const end = 12 + (question ? nameToWire(question.name).length + 4 : 0);
  const header = Buffer.from(query.subarray(0, 12));
  header.writeUInt16BE(
    0x8000 |
      (said.authoritative ? 0x0400 : 0) |
      (truncate ? 0x0200 : 0) |
      (query.readUInt16BE(2) & 0x0110) |
      (said.rcode & 15),
    2,
  );
  const sections = truncate ? [[], [], []] : [said.answer, said.authority, said.additional];
  for (const [index, records] of sections.entries())
    header.writeUInt16BE(records.length + (index === 2 && said.edns ? 1 : 0), 6 + index * 2);
  const opt = said.edns
    ? [
        Buffer.concat([
          numbers([0, 1], [TYPE.OPT, 2], [1232, 2], [said.rcode >> 4, 1], [said.edns.version, 1], [said.edns.flags, 2]),
          numbers([said.edns.options.length, 2]),
          said.edns.options,
        ]),
      ]
    : [];
  return Buffer.concat([header, query.subarray(12, end), ...sections.flat().map(encodeRecord), ...opt]);
}

function encodeRecord({ name, type, class: klass, ttl, rdata }: DnsRecord): Buffer {
  return Buffer.concat([nameToWire(name), numbers([type, 2], [klass, 2], [ttl, 4], [rdata.length, 2]), rdata]);
}
