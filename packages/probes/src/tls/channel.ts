import type { Duplex } from 'node:stream';

/** One side's bytes in base64, in the order in which they went over the wire. */
export interface Turn {
  from: 'server' | 'client';
  bytes: string;
}

/** Why a conversation with a server ended before it was over. */
export type Stop = 'closed' | 'reset' | 'timeout' | 'limit';

export class Stopped extends Error {
  override name = 'Stopped';
  readonly why: Stop;

  constructor(why: Stop) {
    super(why);
    this.why = why;
  }
}

const CHANGES = ['readable', 'end', 'error', 'close'] as const;

/**
 * Reads and writes a stream, bounded in bytes and by a signal. It takes nothing from the stream before it is asked to, so that the stream can
 * be handed on.
 */
export class Channel {
  readonly #stream: Duplex;
  readonly #signal: AbortSignal;
  #turns: Turn[] | null;
  /** Bytes that were put back into the stream, and will be read again. */
  #again = 0;
  #left: number;
  #failed = false;
  #listening = false;
  #waiting: (() => void) | null = null;
  readonly #wake = () => {
    this.#waiting?.();
    this.#waiting = null;
  };

  /**
   * @param bytes How many bytes may be read in all.
   * @param turns Takes what goes either way, until `forget`.
   */
  constructor(stream: Duplex, bytes: number, signal: AbortSignal, turns: Turn[] | null = null) {
    this.#stream = stream;
    this.#left = bytes;
    this.#signal = signal;
    this.#turns = turns;
    stream.on('error', () => {
      this.#failed = true;
    });
  }

  /** From here on nothing is kept in turns. */
  forget(): void {
    this.#turns = null;
  }

  write(bytes: Uint8Array | string): void {
    if (this.#turns) this.#keep('client', typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes);
    if (this.#stream.writable) this.#stream.write(bytes);
  }

  /** The next bytes that come. @throws Stopped where none can come any more, or no more are wanted. */
  async read(): Promise<Uint8Array> {
    while (true) {
      if (this.#signal.aborted) throw new Stopped('timeout');
      const chunk: Uint8Array | null = this.#stream.read();
      if (chunk) {
        this.#left -= chunk.length;
        if (this.#left < 0) throw new Stopped('limit');
        const again = Math.min(this.#again, chunk.length);
        this.#again -= again;
        this.#keep('server', chunk.subarray(again));
        return chunk;
      }
      if (this.#failed) throw new Stopped('reset');
      if (this.#stream.readableEnded || this.#stream.destroyed) throw new Stopped('closed');
      await this.#change();
    }
  }

  /** One line of text without its end. @throws Stopped, also where a line is longer than 4,096 bytes. */
  async line(): Promise<string> {
    let line = Buffer.alloc(0);
    while (true) {
      const chunk = await this.read();
      const end = chunk.indexOf(10);
      line = Buffer.concat([line, end < 0 ? chunk : chunk.subarray(0, end)]);
      if (line.length > 4096) throw new Stopped('limit');
      if (end < 0) continue;
      const after = chunk.subarray(end + 1);
      this.#left += after.length;
      this.#again += after.length;
      if (after.length > 0) this.#stream.unshift(after);
      return line.toString('latin1').replace(/\r$/, '');
    }
  }

  close(): void {
    this.#release();
    this.#stream.destroy();
  }

  /** The stream, which nothing here reads from any more. */
  handOver(): Duplex {
    this.#release();
    return this.#stream;
  }

  #release(): void {
    if (!this.#listening) return;
    for (const event of CHANGES) this.#stream.off(event, this.#wake);
    this.#signal.removeEventListener('abort', this.#wake);
    this.#listening = false;
  }

  #keep(from: Turn['from'], bytes: Uint8Array): void {
    if (bytes.length > 0) this.#turns?.push({ from, bytes: Buffer.from(bytes).toString('base64') });
  }

  #change(): Promise<void> {
    if (!this.#listening) {
      this.#listening = true;
      for (const event of CHANGES) this.#stream.on(event, this.#wake);
      this.#signal.addEventListener('abort', this.#wake);
    }
    return new Promise((resolve) => {
      this.#waiting = resolve;
    });
  }
}
