import { setTimeout as wait } from 'node:timers/promises';
import { isPublicAddress } from '@proviso/addresses';
import { pooledRandom } from '../../random.ts';
import type { Dress, Failure, Question, Reply, Server } from '../ask/ask.ts';
import { encodeQuery, type QuerySettings } from '../wire/message.ts';
import { Queue } from './queue.ts';
import { sockets } from './sockets.ts';
import type { Transport } from './transport.ts';

export interface ClientOptions {
  transport?: Transport;
  /** Which addresses may be spoken to; only public ones by default. */
  permits?: (address: string) => boolean;
  /** Milliseconds since 1970. */
  now?: () => number;
  sleep?: (milliseconds: number, signal: AbortSignal) => Promise<void>;
  random?: (octets: number) => Buffer;
  /** Milliseconds of the first attempt; each later one waits half as long again. */
  timeout?: number;
  /** Attempts over UDP; a stream is tried twice at most. */
  attempts?: number;
  /** Queries at a time to one server, and milliseconds between their starts. */
  parallel?: number;
  pause?: number;
  /** Largest answer asked for over UDP: 1232 octets, which pass everywhere without fragments (RFC 9715). */
  udpSize?: number;
  /** Mixed case in the question, which the answer must repeat. A few old servers do not. */
  mixCase?: boolean;
}

/**
 * An option code and a flag bit that nobody has been given (IANA registry of EDNS; RFC 8906 section 8.2 tries the
 * like).
 */
export const UNKNOWN_OPTION = 100;
const UNKNOWN_FLAG = 0x0040;

/**
 * Puts questions to DNS servers: random ids and ports, time-outs with back-off, TCP where UDP cuts off, politeness to
 * each server.
 */
export class DnsClient {
  private readonly options: Required<ClientOptions>;
  private readonly queue: Queue;

  constructor(options: ClientOptions = {}) {
    this.options = {
      transport: sockets,
      permits: isPublicAddress,
      now: Date.now,
      sleep: (milliseconds, signal) => wait(milliseconds, undefined, { signal }).catch(() => undefined),
      random: pooledRandom,
      timeout: 1500,
      attempts: 3,
      parallel: 6,
      pause: 0,
      udpSize: 1232,
      mixCase: false,
      ...options,
    };
    const never = new AbortController().signal;
    this.queue = new Queue({
      parallel: this.options.parallel,
      pause: this.options.pause,
      now: this.options.now,
      sleep: (milliseconds) => this.options.sleep(milliseconds, never),
    });
  }

  /** Puts a question to one server. In `recursion`: whether it is to find out for us. Never rejects. */
  async ask(question: Question, server: Server, recursion: boolean, signal: AbortSignal): Promise<Reply> {
    if (!this.options.permits(server.address)) return this.failed('not-permitted');
    return this.queue.run(`${server.address} ${server.port}`, async () => {
      if (signal.aborted) return this.failed('cancelled');
      const first = question.via ?? 'udp';
      const reply = await this.attempt(question, server, recursion, first, signal);
      const cut = 'bytes' in reply && first === 'udp' && (reply.bytes.readUInt8(2) & 0x02) !== 0;
      return cut && !question.via ? this.attempt(question, server, recursion, 'tcp', signal) : reply;
    });
  }

  private failed(failure: Failure): Reply {
    return { failure, time: this.options.now() };
  }

  private async attempt(
    question: Question,
    server: Server,
    recursion: boolean,
    via: 'udp' | 'tcp',
    signal: AbortSignal,
  ): Promise<Reply> {
    const { attempts, transport, now, sleep, timeout } = this.options;
    let failure: Failure = 'timeout';
    for (let turn = 0; turn < (via === 'tcp' ? Math.min(2, attempts) : attempts); turn += 1) {
      if (signal.aborted) return this.failed('cancelled');
      const message = this.encode(question, recursion);
      const outcome = await transport({
        server,
        via,
        message,
        timeout: timeout * 1.5 ** turn,
        accepts: (bytes) => answers(bytes, message),
        signal,
      });
      if (typeof outcome !== 'string') return { bytes: outcome, from: server, via, time: now() };
      failure = outcome;
      if (failure === 'cancelled' || failure === 'malformed') break;
      // What fails at once would only fail at once again.
      if (failure !== 'timeout') await sleep(50 * 2 ** turn, signal);
    }
    return this.failed(failure);
  }

  private encode(question: Question, recursion: boolean): Buffer {
    const { random, udpSize, mixCase } = this.options;
    const capitals = mixCase ? random(32) : null;
    return encodeQuery(question.name, question.type, {
      ...dressed(question.dress ?? 'dnssec', udpSize),
      id: random(2).readUInt16BE(0),
      recursionDesired: recursion,
      ...(capitals
        ? { capital: (letter) => ((capitals[(letter >> 3) % 32] as number) & (1 << (letter & 7))) !== 0 }
        : {}),
    });
  }
}

/** The settings of a query by its dress. */
function dressed(dress: Dress, udpSize: number): Pick<QuerySettings, 'edns' | 'checkingDisabled' | 'authenticData'> {
  const edns = { version: 0, udpSize, dnssecOk: false, otherFlags: 0, options: [] };
  const flags = { checkingDisabled: false, authenticData: false };
  switch (dress) {
    case 'dnssec':
      return { edns: { ...edns, dnssecOk: true }, checkingDisabled: true, authenticData: false };
    case 'trusting':
      return { edns: { ...edns, dnssecOk: true }, checkingDisabled: false, authenticData: true };
    case 'plain':
      return { edns: null, ...flags };
    case 'edns':
      return { edns, ...flags };
    case 'edns-version':
      return { edns: { ...edns, version: 1 }, ...flags };
    case 'edns-option':
      return { edns: { ...edns, options: [{ code: UNKNOWN_OPTION, data: Buffer.alloc(0) }] }, ...flags };
    case 'edns-flag':
      return { edns: { ...edns, otherFlags: UNKNOWN_FLAG }, ...flags };
  }
}

/** Where the question of a query ends: the header, the name of whole labels, type and class. */
function questionEnd(query: Buffer): number {
  let at = 12;
  while (query[at] !== 0) at += 1 + (query[at] as number);
  return at + 5;
}

/**
 * Is this an answer to the query: same id, same opcode, the same question to the letter (RFC 5452 section 9.1)? A
 * server that did not understand may leave the question out. Whether the rest can be read is for the reader to say.
 */
export function answers(bytes: Buffer, query: Buffer): boolean {
  if (bytes.length < 12 || bytes.readUInt16BE(0) !== query.readUInt16BE(0)) return false;
  if ((bytes.readUInt8(2) & 0xf8) !== 0x80) return false;
  const end = questionEnd(query);
  const repeats = bytes.readUInt16BE(4) === 1 && bytes.subarray(12, end).equals(query.subarray(12, end));
  const silent = bytes.readUInt16BE(4) === 0 && (bytes.readUInt8(3) & 15) !== 0;
  return repeats || silent;
}
