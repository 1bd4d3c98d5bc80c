/** Servers remembered before those that are idle are forgotten. */
const MOST_LINES = 5_000;

/** Lets so many through at a time for each key, with a pause between starts; the others wait in line. */
export class Queue {
  private readonly lines = new Map<string, { running: number; next: number; waiting: (() => void)[] }>();
  private readonly parallel: number;
  private readonly pause: number;
  private readonly now: () => number;
  private readonly sleep: (milliseconds: number) => Promise<void>;

  constructor(options: {
    parallel: number;
    pause: number;
    now: () => number;
    sleep: (milliseconds: number) => Promise<void>;
  }) {
    this.parallel = options.parallel;
    this.pause = options.pause;
    this.now = options.now;
    this.sleep = options.sleep;
  }

  async run<T>(key: string, task: () => Promise<T>): Promise<T> {
    const line = this.lines.get(key) ?? { running: 0, next: 0, waiting: [] };
    if (this.lines.size >= MOST_LINES) this.forgetIdle();
    this.lines.set(key, line);
    if (line.running < this.parallel) line.running += 1;
    // The place is handed over by whoever ends, so nobody can step in between.
    else await new Promise<void>((go) => line.waiting.push(go));
    try {
      const wait = line.next - this.now();
      line.next = Math.max(line.next, this.now()) + this.pause;
      if (wait > 0) await this.sleep(wait);
      return await task();
    } finally {
      const next = line.waiting.shift();
      if (next) next();
      else line.running -= 1;
      if (line.running === 0 && line.next <= this.now()) this.lines.delete(key);
    }
  }

  private forgetIdle(): void {
    for (const [key, { running, next }] of this.lines) if (running === 0 && next <= this.now()) this.lines.delete(key);
  }
}
