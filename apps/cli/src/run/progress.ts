import { printable } from '../terminal.ts';

/**
 * One status line on a terminal, rewritten in place: what is done, how fast, how long still. Silent when standard error is no
 * terminal. Time left is told from bytes, since documents differ by a factor of a thousand.
 */
export class Progress {
  private readonly out: NodeJS.WriteStream;
  private readonly shown: boolean;
  private readonly started: number;
  private readonly now: () => number;
  private readonly unit: string;
  private total = 0;
  private totalBytes = 0;
  private done = 0;
  private doneBytes = 0;
  private lastDrawn = 0;

  constructor(options: { out: NodeJS.WriteStream; quiet: boolean; now: () => number; unit?: string }) {
    this.out = options.out;
    this.shown = options.out.isTTY === true && !options.quiet;
    this.now = options.now;
    this.started = options.now();
    this.unit = options.unit ?? 'documents';
  }

  expect(count: number, bytes: number): void {
    this.total += count;
    this.totalBytes += bytes;
  }

  advance(bytes: number, name: string): void {
    this.done += 1;
    this.doneBytes += bytes;
    if (!this.shown) return;
    const now = this.now();
    if (now - this.lastDrawn < 100 && this.done < this.total) return;
    this.lastDrawn = now;
    this.out.write(`\r\u001b[2K${statusLine(this.snapshot(now), name, this.out.columns ?? 80, this.unit)}`);
  }

  clear(): void {
    if (this.shown) this.out.write('\r\u001b[2K');
  }

  private snapshot(now: number): ProgressState {
    return {
      done: this.done,
      total: this.total,
      doneBytes: this.doneBytes,
      totalBytes: this.totalBytes,
      seconds: (now - this.started) / 1000,
    };
  }
}

export interface ProgressState {
  done: number;
  total: number;
  doneBytes: number;
  totalBytes: number;
  seconds: number;
}

/** `120/290 documents · 35/s · 5 s left · name`, cut to `width` columns. */
export function statusLine(state: ProgressState, name: string, width: number, unit = 'documents'): string {
  const rate = state.seconds > 0 ? state.done / state.seconds : 0;
  const left = state.doneBytes > 0 ? (state.seconds * (state.totalBytes - state.doneBytes)) / state.doneBytes : null;
  const parts = [
    `${state.done}/${state.total} ${unit}`,
    `${rate < 10 ? rate.toFixed(1) : Math.round(rate)}/s`,
    ...(left === null ? [] : [`${duration(left)} left`]),
    printable(name),
  ];
  return parts.join(' · ').slice(0, Math.max(20, width - 1));
}

/** `45 s`, `3 min`, `2 h 5 min`. */
export function duration(seconds: number): string {
  if (seconds < 90) return `${Math.max(0, Math.round(seconds))} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 90 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
