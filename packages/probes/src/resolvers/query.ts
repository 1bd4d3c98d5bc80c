import { encodeQuery, type Message, type Name, parseName, TYPE } from '../dns/index.ts';
import type { Purpose } from './evidence.ts';

/** Service bindings (RFC 9460), and the option of EDNS that only takes room (RFC 7830). */
export const TYPE_SVCB = 64;
export const PADDING = 12;
/** Queries are filled up to this many octets (RFC 8467 section 4.1). */
const QUERY_BLOCK = 128;

export interface Query {
  purpose: Purpose;
  name: Name;
  type: number;
  checkingDisabled: boolean;
}

/** What a resolver is asked, in order. `twice`: the first also by GET. */
export function queriesFor({ signed, bogus }: { signed: string; bogus: string }, twice: boolean): Query[] {
  const ask = (purpose: Purpose, name: string, type: number, checkingDisabled = false): Query => ({
    purpose,
    name: parseName(name),
    type,
    checkingDisabled,
  });
  return [
    ask('signed', signed, TYPE.A),
    ...(twice ? [ask('signed-get', signed, TYPE.A)] : []),
    ask('bogus', bogus, TYPE.A),
    ask('bogus-unchecked', bogus, TYPE.A, true),
    // Where a resolver says which encrypted ways it has (RFC 9462 section 4).
    ask('discovery', '_dns.resolver.arpa', TYPE_SVCB),
  ];
}

/** The octets of a query: padded (RFC 8467), with DO and AD set, so that the resolver says whether it validated (RFC 6840 section 5.7). */
export function writeQuery({ name, type, checkingDisabled }: Query, id: number): Buffer {
  const write = (padding: number): Buffer =>
    encodeQuery(name, type, {
      id,
      recursionDesired: true,
      checkingDisabled,
      authenticData: true,
      edns: {
        version: 0,
        udpSize: 1232,
        dnssecOk: true,
        otherFlags: 0,
        options: [{ code: PADDING, data: Buffer.alloc(padding) }],
      },
    });
  return write((QUERY_BLOCK - (write(0).length % QUERY_BLOCK)) % QUERY_BLOCK);
}

/** Is a message the answer to a query: its number and its question? */
export function isAnswer(message: Message, query: Message): boolean {
  const [said, asked] = [message.question, query.question];
  return (
    message.response &&
    message.opcode === 0 &&
    message.id === query.id &&
    said !== null &&
    asked !== null &&
    said.name === asked.name &&
    said.type === asked.type &&
    said.class === asked.class
  );
}
