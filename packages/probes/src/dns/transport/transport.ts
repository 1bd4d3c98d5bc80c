import type { Failure, Server } from '../ask/ask.ts';

/** One attempt, one way. */
export interface Exchange {
  server: Server;
  via: 'udp' | 'tcp';
  message: Buffer;
  /** Milliseconds. */
  timeout: number;
  /**
   * Is this the answer? Datagrams that are not are passed over, a stream that starts with another answer is given up.
   */
  accepts: (bytes: Buffer) => boolean;
  signal: AbortSignal;
}

/** Sends a DNS message and waits for its answer; the only door to the network. Never rejects. */
export type Transport = (exchange: Exchange) => Promise<Buffer | Failure>;
