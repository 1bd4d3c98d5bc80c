import { messageOf, questionKey, type Reply } from '../dns/ask/ask.ts';
import type { Source } from '../dns/ask/drive.ts';
import { Queue } from '../dns/transport/queue.ts';
import { TYPE } from '../dns/wire/types.ts';
import { OUT_OF_TIME, type TlsEvidence } from '../tls/index.ts';

/** Octets that answers take which are kept, in all; and how long, in seconds, whatever an answer says. */
const MOST_OCTETS = 24 * 1024 * 1024;
/** How many octets of memory one octet of a message takes, once it was read. */
const READ_FACTOR = 8;
const SHORTEST = 5;
const LONGEST = 3600;
/** What gave no answer is asked again after this many seconds. */
const FAILED = 30;

/**
 * Answers from memory what was answered before and is still good by its time to live (RFC 2181 section 8), so that names under one zone or
 * with the same exchangers share it. Questions for one server always go there: whether it answers is what is asked.
 */
export function rememberingSource(source: Source, now: () => number = Date.now): Source {
  const known = new Map<string, { reply: Reply; until: number; octets: number }>();
  const open = new Map<string, Promise<Reply>>();
  let octets = 0;
  const forget = (key: string): void => {
    octets -= known.get(key)?.octets ?? 0;
    known.delete(key);
  };
  const keep = (key: string, reply: Reply): void => {
    const size = 600 + ('bytes' in reply ? reply.bytes.length * READ_FACTOR : 0);
    known.set(key, { reply, until: now() + 1000 * secondsOf(reply), octets: size });
    octets += size;
    for (const oldest of known.keys()) {
      if (octets <= MOST_OCTETS) break;
      forget(oldest);
    }
  };
  return async (question, signal) => {
    if (question.at) return source(question, signal);
    const key = questionKey(question);
    const found = known.get(key);
    forget(key);
    if (found && found.until > now()) {
      // The newest are at the end, so that what many names share stays.
      known.set(key, found);
      octets += found.octets;
      return found.reply;
    }
    const running = open.get(key);
    if (running) {
      const reply = await running;
      // Whoever asked first may have given up; that is nothing to us.
      if (!('failure' in reply && reply.failure === 'cancelled') || signal.aborted) return reply;
    }
    const asking = source(question, signal);
    open.set(key, asking);
    try {
      const reply = await asking;
      if (!('failure' in reply && reply.failure === 'cancelled')) keep(key, reply);
      return reply;
    } finally {
      if (open.get(key) === asking) open.delete(key);
    }
  };
}

function secondsOf(reply: Reply): number {
  const message = messageOf(reply);
  if (typeof message === 'string') return FAILED;
  const records = [...message.answer, ...message.authority].filter(({ type }) => type !== TYPE.OPT);
  const least = records.reduce((seconds, { ttl }) => Math.min(seconds, ttl), records.length === 0 ? FAILED : LONGEST);
  return Math.max(SHORTEST, least);
}

/** Endpoints that are remembered, a tenth of a megabyte each, and for how long. The exchangers that very many domains share are fewer. */
const MOST_ENDPOINTS = 100;
const ENDPOINT_MILLISECONDS = 60 * 60 * 1000;

/** What runs share: one visit at a time to an address, and what an exchanger of many domains said. */
export class Shared {
  private readonly endpoints = new Map<string, { evidence: Promise<TlsEvidence>; until: number }>();
  private readonly addresses: Queue;
  private readonly now: () => number;

  constructor(now: () => number = Date.now) {
    this.now = now;
    this.addresses = new Queue({ parallel: 1, pause: 0, now, sleep: async () => {} });
  }

  /** Runs a task that visits these addresses while nobody else does. */
  visit<T>(addresses: readonly string[], task: () => Promise<T>): Promise<T> {
    // Always in one order, so that two tasks never wait for each other.
    const [first, ...rest] = [...new Set(addresses)].sort();
    return first === undefined ? task() : this.addresses.run(first, () => this.visit(rest, task));
  }

  /** The evidence of an endpoint, gathered once an hour. One that was cut off is not kept for others. */
  async endpoint(key: string, gather: () => Promise<TlsEvidence>): Promise<TlsEvidence> {
    const known = this.endpoints.get(key);
    if (known && known.until > this.now()) {
      // The newest are at the end, so that what many names share stays.
      this.endpoints.delete(key);
      this.endpoints.set(key, known);
      const evidence = await known.evidence;
      if (isWhole(evidence)) return evidence;
    }
    const evidence = gather();
    this.endpoints.delete(key);
    this.endpoints.set(key, { evidence, until: this.now() + ENDPOINT_MILLISECONDS });
    for (const oldest of this.endpoints.keys()) {
      if (this.endpoints.size <= MOST_ENDPOINTS) break;
      this.endpoints.delete(oldest);
    }
    try {
      const whole = isWhole(await evidence);
      if (!whole) this.endpoints.delete(key);
    } catch (error) {
      this.endpoints.delete(key);
      throw error;
    }
    return evidence;
  }
}

const isWhole = ({ stopped }: TlsEvidence): boolean => stopped !== OUT_OF_TIME;
