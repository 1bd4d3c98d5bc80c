import { askOne, type Enquiry, type Failure, messageOf, type Question } from '../ask/ask.ts';
import { isTooOld, MOST_SERVERS, referralIn, serversIn } from '../resolve/referral.ts';
import type { Message } from '../wire/message.ts';
import { type Name, parentOf, ROOT } from '../wire/name.ts';
import { readAddress, readEach, readSoa, type Soa } from '../wire/rdata.ts';
import { findRRset } from '../wire/record.ts';
import { RCODE, rcodeName, TYPE } from '../wire/types.ts';

/** A message, or why there is none. */
export type Seen = Message | Failure;

/** What one address of a name server said to each question of `PROBES`. */
export interface ServerView {
  name: Name;
  address: string;
  seen: Record<Probe, Seen>;
}

export interface HostView {
  name: Name;
  /** All that are known, sorted: its own and those that the parent hands out. */
  addresses: string[];
  own: string[];
  glue: string[];
  alias: boolean;
  /** Why an address could not be looked up, where one could not. */
  unknown: string | null;
}

/** A zone as its parent and each of its servers show it. */
export interface ZoneView {
  zone: Name;
  /**
   * Name servers by the parent, null where that could not be seen: `parentUnknown` says why, or is null where there is
   * nothing to see.
   */
  delegated: Name[] | null;
  parentUnknown: string | null;
  /** Name servers by the zone itself; null with the reason in `unknown` where it did not say. */
  own: Name[] | null;
  unknown: string;
  hosts: HostView[];
  servers: ServerView[];
  /** Addresses beyond the limit. */
  leftOut: number;
}

const PROBES = {
  soaUdp: { type: TYPE.SOA, via: 'udp' },
  soaTcp: { type: TYPE.SOA, via: 'tcp' },
  ns: { type: TYPE.NS },
  plain: { type: TYPE.SOA, via: 'udp', dress: 'plain' },
  edns: { type: TYPE.SOA, via: 'udp', dress: 'edns' },
  ednsVersion: { type: TYPE.SOA, via: 'udp', dress: 'edns-version' },
  ednsOption: { type: TYPE.SOA, via: 'udp', dress: 'edns-option' },
  ednsFlag: { type: TYPE.SOA, via: 'udp', dress: 'edns-flag' },
} satisfies Record<string, Omit<Question, 'name'>>;
export type Probe = keyof typeof PROBES;

const MOST_ADDRESSES = 40;
const PORT = 53;

/**
 * Looks at a zone from its parent and at each of its servers. Pure; at most 8 questions an address and about 60
 * besides.
 */
export function* inspectZone(zone: Name): Enquiry<ZoneView> {
  const own = messageOf(yield* askOne({ name: zone, type: TYPE.NS }));
  const ownNames = namesIn(own, zone);
  const parent = zone === ROOT ? nothing(null) : yield* askParent(zone);
  const all = [...new Set([...(parent.names ?? []), ...(ownNames ?? [])])].sort();
  const hosts = yield* findHosts(all.slice(0, MOST_SERVERS), parent.glue);
  const pairs = hosts.flatMap(({ name, addresses }) => addresses.map((address) => ({ name, address })));
  const looked = pairs.slice(0, MOST_ADDRESSES);
  return {
    zone,
    delegated: parent.names,
    parentUnknown: parent.unknown,
    own: ownNames,
    unknown: reasonOf(own),
    hosts,
    servers: yield* probe(zone, looked),
    leftOut: pairs.length - looked.length + Math.max(0, all.length - MOST_SERVERS),
  };
}

/** Why a message says nothing: the failure, or the response code. */
export const reasonOf = (seen: Seen): string => (typeof seen === 'string' ? seen : rcodeName(seen.rcode));

function namesIn(seen: Seen, zone: Name): Name[] | null {
  if (typeof seen === 'string') return null;
  const names = serversIn(seen, zone);
  if (names) return names;
  return seen.rcode === RCODE.NOERROR || seen.rcode === RCODE.NXDOMAIN ? [] : null;
}

interface ParentView {
  names: Name[] | null;
  glue: Map<Name, string[]>;
  unknown: string | null;
}

const nothing = (unknown: string | null): ParentView => ({ names: null, glue: new Map(), unknown });

function* askParent(zone: Name): Enquiry<ParentView> {
  let parent = parentOf(zone);
  let servers: Name[] = [];
  for (;;) {
    const seen = messageOf(yield* askOne({ name: parent, type: TYPE.NS }));
    const names = namesIn(seen, parent);
    if (names === null) return nothing(reasonOf(seen));
    if (names.length > 0) servers = names.slice(0, 3);
    if (names.length > 0 || parent === ROOT) break;
    parent = parentOf(parent);
  }
  let unknown = 'no-server';
  for (const { addresses } of yield* findHosts(servers, new Map())) {
    for (const address of addresses.slice(0, 2)) {
      const seen = messageOf(yield* askOne({ name: zone, type: TYPE.NS, at: { address, port: PORT } }));
      unknown = reasonOf(seen);
      if (typeof seen === 'string') continue;
      const referral = referralIn(seen, parent, zone);
      if (referral?.zone === zone)
        return {
          names: referral.servers.map(({ name }) => name),
          glue: new Map(referral.servers.map(({ name, addresses: given }) => [name, given])),
          unknown: null,
        };
      // A server that holds both zones answers for the lower one, so nobody who comes from above meets the delegation.
      if (seen.authoritative && serversIn(seen, zone)) return nothing(null);
    }
  }
  return nothing(unknown);
}

function* findHosts(names: readonly Name[], glue: ReadonlyMap<Name, string[]>): Enquiry<HostView[]> {
  const types = [TYPE.A, TYPE.AAAA];
  const replies = yield names.flatMap((name) => types.map((type) => ({ name, type })));
  return names.map((name, index) => {
    const seen = types.map((_, at) => messageOf(replies[index * 2 + at] as NonNullable<(typeof replies)[number]>));
    const own = seen.flatMap((one, at) =>
      typeof one === 'string'
        ? []
        : readEach(readAddress, findRRset(one.answer, name, types[at] as number)?.data ?? []),
    );
    const given = glue.get(name) ?? [];
    const failed = seen.find(
      (one) => typeof one === 'string' || (one.rcode !== RCODE.NOERROR && one.rcode !== RCODE.NXDOMAIN),
    );
    return {
      name,
      addresses: [...new Set([...own, ...given])].sort(),
      own,
      glue: given,
      alias: seen.some((one) => typeof one !== 'string' && findRRset(one.answer, name, TYPE.CNAME) !== undefined),
      unknown: failed === undefined ? null : reasonOf(failed),
    };
  });
}

function* probe(zone: Name, targets: readonly { name: Name; address: string }[]): Enquiry<ServerView[]> {
  const kinds = Object.entries(PROBES) as [Probe, Omit<Question, 'name'>][];
  // An address that two names share is asked once: equal questions are one.
  const replies = yield targets.flatMap(({ address }) =>
    kinds.map(([, settings]) => ({ name: zone, at: { address, port: PORT }, ...settings })),
  );
  return targets.map((target, index) => ({
    ...target,
    seen: Object.fromEntries(
      kinds.map(([kind], at) => [
        kind,
        messageOf(replies[index * kinds.length + at] as NonNullable<(typeof replies)[number]>),
      ]),
    ) as Record<Probe, Seen>,
  }));
}

/** The start of authority that a server gives, or why it gives none. */
export type Authority = { soa: Soa } | { lame: string } | { failure: string };

/**
 * The start of authority that a server gives for its own zone. Else `failure` where it gave no answer, would not or could not answer, or cut its
 * answer off, which says nothing about the zone; or `lame` where its answer is not that of a server of the zone.
 */
export function authorityIn(seen: Seen, zone: Name): Authority {
  if (typeof seen === 'string') return { failure: seen };
  const { rcode } = seen;
  if (rcode === RCODE.REFUSED || rcode === RCODE.SERVFAIL || isTooOld(seen)) return { failure: rcodeName(rcode) };
  if (rcode !== RCODE.NOERROR) return { lame: rcodeName(rcode) };
  // "There is more over TCP": so answers whoever limits how often it is asked, too.
  if (seen.truncated) return { failure: 'truncated' };
  const [soa] = readEach(readSoa, findRRset(seen.answer, zone, TYPE.SOA)?.data ?? []);
  if (!soa) return { lame: 'no SOA' };
  return seen.authoritative ? { soa } : { lame: 'not authoritative' };
}

/** What a server says over one way. One that is too old for EDNS gave its answer without it, and over TCP showed that it can be reached. */
export function authorityAt({ seen }: ServerView, via: 'soaUdp' | 'soaTcp', zone: Name): Authority {
  const one = seen[via];
  return authorityIn(typeof one !== 'string' && isTooOld(one) ? seen.plain : one, zone);
}
