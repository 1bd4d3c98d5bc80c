import { z } from 'zod';
import { FormatError } from '../wire/format-error.ts';
import { decodeMessage, type Message } from '../wire/message.ts';

/** An address that was resolved already, and a port. */
export const server = z.object({ address: z.union([z.ipv4(), z.ipv6()]), port: z.int().min(1).max(65535) });
export type Server = z.infer<typeof server>;

/**
 * How a query is dressed.
 * `dnssec`: EDNS with DO and CD, so that signatures come and no resolver judges for us. `trusting`: EDNS with DO, the
 * resolver validates.
 * `plain`: no EDNS. The other four try a server's EDNS (RFC 8906 section 8.2): bare, a version that does not exist, an
 * option and a flag that are unknown.
 */
export const DRESSES = ['dnssec', 'trusting', 'plain', 'edns', 'edns-version', 'edns-option', 'edns-flag'] as const;
export type Dress = (typeof DRESSES)[number];

/**
 * One question. Without `at` it goes to whoever resolves for us; with it to that server, and no recursion is desired.
 */
export const question = z.object({
  name: z.string().max(1100),
  type: z.int().min(0).max(65535),
  dress: z.enum(DRESSES).optional(),
  at: server.optional(),
  /** Only this way; without it UDP, and TCP where the answer was cut off. */
  via: z.enum(['udp', 'tcp']).optional(),
});
export type Question = z.infer<typeof question>;

/**
 * Why there is no answer. `refused`: the host said no (ICMP, reset). `not-permitted`: the address is not public.
 * `flooded`: too many datagrams that answer something else. `limit`: a bound of our own. `not-recorded`: the recording
 * that is replayed does not hold it.
 */
export const FAILURES = [
  'timeout',
  'refused',
  'unreachable',
  'not-permitted',
  'flooded',
  'malformed',
  'cancelled',
  'no-server',
  'limit',
  'not-recorded',
] as const;
export type Failure = (typeof FAILURES)[number];

/** What came of a question: the octets as they came, from whom and when (milliseconds since 1970); or why none. */
export type Reply =
  | { bytes: Buffer; from: Server; via: 'udp' | 'tcp'; time: number }
  | { failure: Failure; time: number };

/**
 * A line of enquiry: a generator that hands out questions that can be asked at once and is handed the replies in the
 * same order. It is pure: live it is driven by `drive`, from a recording by `replay`, and comes to the same end.
 */
export type Enquiry<T> = Generator<readonly Question[], T, readonly Reply[]>;

/** Asks one question. */
export function* askOne(one: Question): Enquiry<Reply> {
  const [reply] = yield [one];
  return reply as Reply;
}

/** One string for equal questions; also the key in a recording. */
export function questionKey({ name, type, dress, at, via }: Question): string {
  return JSON.stringify([name, type, dress ?? 'dnssec', at ? `${at.address} ${at.port}` : '', via ?? '']);
}

const DECODED = new WeakMap<Buffer, Message | null>();

/**
 * The message of a reply, decoded once; or why there is none. The octets may come from a recording, so they are read
 * again with care.
 */
export function messageOf(reply: Reply): Message | Failure {
  if ('failure' in reply) return reply.failure;
  let message = DECODED.get(reply.bytes);
  if (message === undefined) {
    try {
      message = decodeMessage(reply.bytes);
    } catch (error) {
      if (!(error instanceof FormatError)) throw error;
      message = null;
    }
    DECODED.set(reply.bytes, message);
  }
  return message?.response ? message : 'malformed';
}
