import type { Message } from '../wire/message.ts';
import { isBelow, isWithin, type Name } from '../wire/name.ts';
import { readAddress, readEach, readTarget } from '../wire/rdata.ts';
import { findRRset, rrsetsOf } from '../wire/record.ts';
import { RCODE, TYPE } from '../wire/types.ts';

/** A zone's name servers as its parent gives them: names, and the addresses that came along. */
export interface Delegation {
  zone: Name;
  servers: { name: Name; addresses: string[] }[];
}

/** More servers than a delegation of the real world has; the rest is not looked at. */
export const MOST_SERVERS = 20;

/**
 * The delegation in an answer of the servers of `from`, on the way to `name`; undefined where it is none. Only a zone
 * below `from` and above `name` can be meant, and only addresses of names within `from` are taken: others are not its
 * to give (RFC 2181 section 5.4.1).
 */
export function referralIn(message: Message, from: Name, name: Name): Delegation | undefined {
  if (message.authoritative && message.answer.length > 0) return undefined;
  const set = rrsetsOf(message.authority).find(
    (one) => one.type === TYPE.NS && isBelow(one.name, from) && isWithin(name, one.name),
  );
  if (!set) return undefined;
  const servers = readEach(readTarget, set.data)
    .slice(0, MOST_SERVERS)
    .map((server) => ({ name: server, addresses: isWithin(server, from) ? addressesIn(message, server) : [] }));
  return { zone: set.name, servers };
}

/** The name servers that an answer gives for the zone, or undefined where it holds none. */
export function serversIn(message: Message, zone: Name): Name[] | undefined {
  const set = findRRset(message.answer, zone, TYPE.NS);
  return set && readEach(readTarget, set.data);
}

/** Addresses of a name that a message holds in its answer or beside it, IPv4 first. */
export function addressesIn(message: Message, name: Name): string[] {
  const records = [...message.answer, ...message.additional];
  return [TYPE.A, TYPE.AAAA].flatMap((type) => readEach(readAddress, findRRset(records, name, type)?.data ?? []));
}

/** A server from before EDNS takes a question with it for a broken one, and answers the same without (RFC 6891 section 7). */
export const isTooOld = ({ rcode, edns }: Message): boolean => rcode === RCODE.FORMERR && edns === null;
