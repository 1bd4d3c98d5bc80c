import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import type { ProbeOutcome } from '@proviso/probes';
import { unwritten } from '../exit.ts';

/**
 * Runs a task for each name, so many at a time, and hands the outcomes on as they come. Names are taken only as fast as they are worked off.
 * Ends early where the signal fires; what was under way then is not handed on.
 */
export async function probeAll(
  names: AsyncIterable<string> | Iterable<string>,
  { jobs, signal }: { jobs: number; signal: AbortSignal },
  task: (name: string) => Promise<void>,
): Promise<void> {
  const running = new Set<Promise<void>>();
  let failure: unknown;
  for await (const name of names) {
    if (signal.aborted || failure !== undefined) break;
    const one = task(name)
      .catch((error: unknown) => {
        failure ??= error;
      })
      .finally(() => running.delete(one));
    running.add(one);
    if (running.size >= jobs) await Promise.race(running);
  }
  await Promise.all(running);
  if (failure !== undefined) throw failure;
}

/** Adds lines to a file, each whole, in the order in which they are handed in. @throws OutputError, UsageError when writing fails */
export class LineAppender {
  private readonly file: string;
  private readonly stream: ReturnType<typeof createWriteStream>;
  private broken: Error | undefined;
  private opened = false;

  constructor(file: string) {
    this.file = file;
    this.stream = createWriteStream(file, { flags: 'a' });
    this.stream.once('open', () => {
      this.opened = true;
    });
    this.stream.on('error', (error) => {
      this.broken ??= unwritten(this.file, error, this.opened);
    });
  }

  async add(line: string): Promise<void> {
    if (this.broken) throw this.broken;
    await new Promise<void>((done) => this.stream.write(`${line}\n`, () => done()));
    if (this.broken) throw this.broken;
  }

  async close(): Promise<void> {
    this.stream.end();
    if (!this.stream.closed) await once(this.stream, 'close').catch(() => {});
    if (this.broken) throw this.broken;
  }
}

/** Hands outcomes on in the order of their names, whatever order they come in. */
export class InOrder {
  private readonly waiting = new Map<number, ProbeOutcome | null>();
  private readonly hand: (outcome: ProbeOutcome) => Promise<void>;
  private next = 0;

  constructor(hand: (outcome: ProbeOutcome) => Promise<void>) {
    this.hand = hand;
  }

  /** @param outcome null where there is none for that place */
  async put(place: number, outcome: ProbeOutcome | null): Promise<void> {
    this.waiting.set(place, outcome);
    for (let one = this.waiting.get(this.next); one !== undefined; one = this.waiting.get(this.next)) {
      this.waiting.delete(this.next);
      this.next += 1;
      if (one) await this.hand(one);
    }
  }
}
