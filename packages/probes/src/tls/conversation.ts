import type { Turn } from './channel.ts';
import type { Exchange } from './evidence.ts';
import { ENDPOINT_SHARE, exchange, type Wire } from './exchange.ts';
import { type Outcome, outcomesOf } from './outcome.ts';
import { type Offer, writeClientHello } from './wire/client-hello.ts';
import type { Flight } from './wire/flight.ts';
import { readSsl2Hello, writeSsl2Hello } from './wire/sslv2.ts';

interface SessionOptions {
  wire: Wire;
  connections: number;
  random: (bytes: number) => Uint8Array;
  pause: () => Promise<void>;
  /** Protocols that every offer names; most servers are asked without. */
  protocols: readonly string[];
}

/** Why an endpoint was not asked everything when the time of a run was up. */
export const OUT_OF_TIME = 'no time was left';
/** After so many connections in a row without any answer, an endpoint is left alone. */
const SILENT_LIMIT = 3;
const GONE: ReadonlySet<string> = new Set([
  'unreachable',
  'timeout',
  'limit',
  'starttls-absent',
  'starttls-busy',
  'starttls-strange',
]);

/** One connection after the other to one endpoint: counts them, keeps what was said, and knows when to stop. */
export class Session {
  readonly exchanges: Exchange[] = [];
  readonly transcript: string[] = [];
  /** What went over the first connection before TLS, byte for byte. */
  readonly turns: Turn[] = [];
  /** Why no more is asked. */
  stopped: string | null = null;
  last: Outcome | null = null;
  readonly #options: SessionOptions;
  #made = 0;
  #silent = 0;
  #read = 0;
  #spoken = false;

  constructor(options: SessionOptions) {
    this.#options = options;
  }

  get lastRefusal(): number | null {
    return this.last?.flight.refusal ?? null;
  }

  /** Sends one offer. Null where no more connections are made. */
  async ask(offer: Offer): Promise<Outcome | null> {
    this.last = null;
    const { protocols, random } = this.#options;
    const whole = protocols.length > 0 ? { ...offer, alpn: protocols } : offer;
    const done = await this.#exchange(writeClientHello(whole, random(32)));
    if (!done) return null;
    // What the one exchange says; silence is settled at the end, over all of them.
    const [outcome] = outcomesOf([done], false);
    this.last = outcome ?? null;
    this.#spoken ||= outcome?.result === 'accepted';
    return this.last;
  }

  async askSsl2(): Promise<void> {
    await this.#exchange(writeSsl2Hello(this.#options.random(16)), (received) => readSsl2Hello(received) !== null);
  }

  /**
   * Offers values and takes out what was chosen, until nothing in them is accepted any more: lists all that the endpoint has of them.
   * @param chosen What of the values an answer chose. Undefined or null where it is another thing, which ends it.
   */
  async removal(
    values: readonly number[],
    offer: (left: number[]) => Offer,
    chosen: (flight: Flight) => number | null | undefined,
    without: (value: number, left: number[]) => number[] = (value, left) => left.filter((one) => one !== value),
  ): Promise<void> {
    let left = [...new Set(values)];
    while (left.length > 0) {
      const outcome = await this.ask(offer(left));
      if (outcome?.result !== 'accepted') return;
      const value = chosen(outcome.flight);
      if (value == null || !left.includes(value)) return;
      left = without(value, left);
    }
  }

  /** A connection of another kind, counted with the rest. Null where no more are made. */
  async other<T>(use: (wire: Wire) => Promise<T>): Promise<T | null> {
    return (await this.#mayConnect()) ? use(this.#options.wire) : null;
  }

  async #exchange(hello: Uint8Array, isDone?: (received: Uint8Array) => boolean): Promise<Exchange | null> {
    if (!(await this.#mayConnect())) return null;
    const transcript = this.transcript.length === 0 ? this.transcript : [];
    const turns = this.exchanges.length === 0 ? this.turns : null;
    const done = await exchange(this.#options.wire, hello, { transcript, turns, ...(isDone && { isDone }) });
    this.exchanges.push(done);
    this.#read += Buffer.byteLength(done.received, 'base64');
    // What never spoke TLS and sends other things is not there either.
    const gone = GONE.has(done.ended) || (done.ended === 'garbage' && !this.#spoken);
    this.#silent = gone ? this.#silent + 1 : 0;
    if (done.ended === 'starttls-absent') this.stopped = `no STARTTLS: ${done.detail ?? ''}`;
    else if (this.#silent >= SILENT_LIMIT)
      this.stopped = `${SILENT_LIMIT} connections in a row had no answer: ${done.ended}`;
    return done;
  }

  async #mayConnect(): Promise<boolean> {
    if (this.stopped) return false;
    if (this.#options.wire.signal?.aborted) {
      this.stopped = OUT_OF_TIME;
      return false;
    }
    if (this.#made >= this.#options.connections) {
      this.stopped = `${this.#options.connections} connections were made, which is the limit`;
      return false;
    }
    const most = ENDPOINT_SHARE * this.#options.wire.limits.bytes;
    if (this.#read >= most) {
      this.stopped = `${this.#read} bytes were read; the limit is ${most}`;
      return false;
    }
    if (this.#made > 0) await this.#options.pause();
    this.#made += 1;
    return true;
  }
}
