import { within } from '../deadline.ts';
import { Channel, Stopped, type Turn } from './channel.ts';
import type { Dial } from './dial.ts';
import type { Ended, Exchange } from './evidence.ts';
import { type Prologue, PrologueRefused } from './prologue.ts';
import { RecordCutter } from './wire/records.ts';

/** What bounds one connection. */
export interface Limits {
  /** From the dial to the end, in milliseconds. */
  milliseconds: number;
  /** Bytes that are read at most. */
  bytes: number;
}

export const LIMITS: Limits = { milliseconds: 10_000, bytes: 256 * 1024 };

/** So many times the bytes of one connection are read of one endpoint over all of them. With 6 KB an answer, 15 connections take a third of one. */
export const ENDPOINT_SHARE = 16;

/** How much of an answer tells what kind it is. */
const HEAD = 1024;

export interface Wire {
  dial: Dial;
  prologue: Prologue | null;
  limits: Limits;
  /** Ends whatever is under way. */
  signal?: AbortSignal | undefined;
}

/** One connection, as long as it may take: to its limit, or until all is ended. */
export function bounded<T>({ limits, signal }: Wire, task: (signal: AbortSignal) => Promise<T>): Promise<T> {
  return within(limits.milliseconds, signal, task);
}

/** Why a conversation failed, in the words of evidence. */
export function endOf(cause: unknown): { ended: Ended; detail: string } {
  if (cause instanceof Stopped) return { ended: cause.why, detail: '' };
  if (cause instanceof PrologueRefused) return { ended: `starttls-${cause.why}`, detail: cause.message };
  return { ended: 'unreachable', detail: cause instanceof Error ? cause.message.slice(0, 500) : String(cause) };
}

/**
 * Opens a channel and says what comes before TLS; `turns` takes the bytes of that. The channel is closed where it fails. @throws
 * PrologueRefused, Stopped, or as `dial`.
 */
export async function open(
  wire: Wire,
  signal: AbortSignal,
  transcript: string[],
  turns: Turn[] | null = null,
): Promise<Channel> {
  const stream = await wire.dial(signal);
  const channel = new Channel(stream, wire.limits.bytes, signal, turns);
  try {
    await wire.prologue?.(channel, transcript);
    channel.forget();
    return channel;
  } catch (cause) {
    channel.close();
    throw cause;
  }
}

/**
 * One connection: sends a hello and takes what comes, until the server has said all it says before the client must speak, or a limit is
 * reached. Never throws: what went wrong is how it ended. @param isDone Knows, by its first 1,024 bytes, an answer that is no
 * TLS record, such as one of SSL 2.0.
 */
export function exchange(wire: Wire, hello: Uint8Array, options: ExchangeOptions = {}): Promise<Exchange> {
  return bounded(wire, (signal) => exchangeUnder(signal, wire, hello, options));
}

interface ExchangeOptions {
  transcript?: string[];
  turns?: Turn[] | null;
  isDone?: (head: Uint8Array) => boolean;
}

async function exchangeUnder(
  signal: AbortSignal,
  wire: Wire,
  hello: Uint8Array,
  { transcript = [], turns = null, isDone }: ExchangeOptions,
): Promise<Exchange> {
  const sent = Buffer.from(hello).toString('base64');
  const received: Uint8Array[] = [];
  const end = (ended: Ended, detail = ''): Exchange => {
    const all = Buffer.concat(received).toString('base64');
    return { sent, received: all, ended, ...(detail && { detail }) };
  };
  let channel: Channel | null = null;
  try {
    channel = await open(wire, signal, transcript, turns);
    channel.write(hello);
    const cutter = new RecordCutter();
    let head = Buffer.alloc(0);
    while (true) {
      const chunk = await channel.read();
      received.push(chunk);
      cutter.push(chunk);
      if (isDone && head.length < HEAD) head = Buffer.concat([head, chunk]).subarray(0, HEAD);
      if (isDone?.(head) || cutter.done) return end('answered');
      if (cutter.fault && !isDone) return end('garbage', cutter.fault);
    }
  } catch (cause) {
    const { ended, detail } = endOf(cause);
    return end(ended, detail);
  } finally {
    channel?.close();
  }
}
