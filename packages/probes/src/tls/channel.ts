import type { Duplex } from 'node:stream';

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

/**
 * Reads and writes a stream, bounded in bytes and by a signal. It takes nothing from the stream before it is asked to, so that the stream can
 * be handed on.
 */
export class Channel {
  readonly stream: Duplex;
  readonly #signal: AbortSignal;
  #left: number;
  #failed = false;

  /** @param bytes How many bytes may be read in all. */
  constructor(stream: Duplex, bytes: number, signal: AbortSignal) {
    this.stream = stream;
    this.#left = bytes;
    this.#signal = signal;
    stream.on('error', () => {
      this.#failed = true;
    });
  }

  write(bytes: Uint8Array | string): void {
    if (this.stream.writable) this.stream.write(bytes);
  }

  /** The next bytes that come. @throws Stopped where none can come any more, or no more are wanted. */
  async read(): Promise<Uint8Array> {
    while (true) {
      if (this.#signal.aborted) throw new Stopped('timeout');
      const chunk: Uint8Array | null = this.stream.read();
      if (chunk) {
        this.#left -= chunk.length;
        if (this.#left < 0) throw new Stopped('limit');
        return chunk;
      }
      if (this.#failed) throw new Stopped('reset');
      if (this.stream.readableEnded || this.stream.destroyed) throw new Stopped('closed');
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
      if (after.length > 0) this.stream.unshift(after);
      return line.toString('latin1').replace(/\r$/, '');
    }
  }

  close(): void {
    this.stream.destroy();
  }

  #change(): Promise<void> {
    return new Promise((resolve) => {
      const events = ['readable', 'end', 'error', 'close'] as const;
      const done = () => {
        for (const event of events) this.stream.off(event, done);
        this.#signal.removeEventListener('abort', done);
        resolve();
      };
      for (const event of events) this.stream.once(event, done);
      this.#signal.addEventListener('abort', done, { once: true });
    });
  }
}
