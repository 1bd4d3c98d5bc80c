import { type ChildProcess, fork } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Problem, ProblemCode } from './model.ts';
import { Guard } from './pool-guard.ts';
import { residentMegabytes } from './pool-memory.ts';

export interface PoolOptions {
  /** Module whose default export is `(job) => value | Promise<value>`; each child imports it once. */
  module: URL;
  /** Children at work at once. */
  size: number;
  /** Time one job may take, in milliseconds; the start of a child does not count. */
  timeoutMs: number;
  /** Resident memory one child may take, in MB (2^20 bytes). */
  memoryMb: number;
}

/** What became of a job. A job that broke its limits or its child is a problem, not an exception. */
export type Outcome<Value> = { ok: true; value: Value } | { ok: false; problem: Problem };

export interface Pool<Job, Value> {
  /** Runs a job in a child of its own. Never rejects: a stopped or killed job has a fatal problem. */
  run(job: Job, options?: { signal?: AbortSignal }): Promise<Outcome<Value>>;
  /** Ends all children; jobs still waiting are given up. */
  close(): Promise<void>;
}

interface Task<Job, Value> {
  job: Job;
  resolve(outcome: Outcome<Value>): void;
  signal: AbortSignal | undefined;
  onAbort: () => void;
}

interface Worker<Job, Value> {
  child: ChildProcess;
  ready: boolean;
  task: Task<Job, Value> | null;
  timer: NodeJS.Timeout | undefined;
  /** Why the parent killed it. */
  killed: Problem | null;
  complaint: string;
}

/** What a child says: that it is ready, an answer, or what went wrong. */
export type ChildMessage = { kind: 'ready' } | { kind: 'value'; value: unknown } | { kind: 'error'; message: string };

/** Has the C library of Linux give memory back; by default it keeps what buffers and strings took, in eight places. */
const LEAN_ALLOCATION = { MALLOC_ARENA_MAX: '1', MALLOC_TRIM_THRESHOLD_: '131072', MALLOC_MMAP_THRESHOLD_: '65536' };
/**
 * Where Node keeps what it has compiled, its own default. A child compiles the same files each time: half its start otherwise. Said by
 * environment, since a call in the child would come too late for the child's first module and load the whole stripper of types for it.
 */
const COMPILE_CACHE = join(tmpdir(), 'node-compile-cache');
const POLL_MS = 25;
/** What a child holds outside the heap of its scripts: the program, the registry, buffers, the young generation. */
const OUTSIDE_HEAP_MB = 185;
/** A child that cannot even load its module in this time is given up. */
const START_MS = 60_000;
/** An idle child that holds more than this share of its memory is replaced before the next job. */
const RENEW_SHARE = 0.75;

/** Starts a pool. The first child starts at once, the others when there is work for them. */
export function createPool<Job, Value>(options: PoolOptions): Pool<Job, Value> {
  return new ChildPool<Job, Value>(options);
}

class ChildPool<Job, Value> implements Pool<Job, Value> {
  private readonly options: PoolOptions;
  private readonly workers = new Set<Worker<Job, Value>>();
  private readonly waiting: Task<Job, Value>[] = [];
  private readonly exits = new Set<Promise<void>>();
  private readonly guard = new Guard();
  private closed = false;
  private poll: NodeJS.Timeout | undefined;

  constructor(options: PoolOptions) {
    this.options = options;
    this.spawn();
  }

  run(job: Job, { signal }: { signal?: AbortSignal } = {}): Promise<Outcome<Value>> {
    return new Promise((resolve) => {
      if (this.closed || signal?.aborted) {
        resolve(stopped());
        return;
      }
      const task: Task<Job, Value> = { job, resolve, signal, onAbort: () => this.abort(task) };
      signal?.addEventListener('abort', task.onAbort, { once: true });
      this.waiting.push(task);
      this.dispatch();
    });
  }

  async close(): Promise<void> {
    this.closed = true;
    clearInterval(this.poll);
    for (const task of this.waiting.splice(0)) this.settle(task, stopped());
    for (const worker of this.workers) this.kill(worker, null);
    await Promise.all(this.exits);
    this.guard.close();
  }

  private dispatch(): void {
    while (this.waiting.length > 0 && !this.closed) {
      const idle = [...this.workers].filter((worker) => worker.task === null && worker.killed === null);
      const worker = idle.find((candidate) => candidate.ready) ?? idle[0];
      if (worker === undefined) {
        if (this.workers.size >= this.options.size) return;
        this.spawn();
        continue;
      }
      const task = this.waiting.shift();
      if (task !== undefined) this.give(worker, task);
    }
  }

  private give(worker: Worker<Job, Value>, task: Task<Job, Value>): void {
    worker.task = task;
    worker.child.ref();
    worker.child.channel?.ref();
    worker.child.send({ job: task.job });
    if (worker.ready) this.startClock(worker);
    this.poll ??= setInterval(() => this.watch(), POLL_MS).unref();
  }

  private startClock(worker: Worker<Job, Value>): void {
    clearTimeout(worker.timer);
    const seconds = Math.round(this.options.timeoutMs / 1000);
    worker.timer = setTimeout(() => {
      this.kill(
        worker,
        problem(
          'too-slow',
          `Reading took longer than ${seconds} s and was stopped. Split the document, or allow more time.`,
        ),
      );
    }, this.options.timeoutMs);
  }

  private spawn(): void {
    const entry = fileURLToPath(new URL('./pool-child.ts', import.meta.url));
    const child = fork(entry, [this.options.module.href], {
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      // Nothing of a caller's own flags (inspector, coverage) may reach a child; a small young generation keeps it small.
      env: { NODE_COMPILE_CACHE: COMPILE_CACHE, ...process.env, ...LEAN_ALLOCATION },
      execArgv: ['--max-semi-space-size=8', `--max-old-space-size=${heapMegabytes(this.options.memoryMb)}`],
    });
    const worker: Worker<Job, Value> = {
      child,
      ready: false,
      task: null,
      timer: undefined,
      killed: null,
      complaint: '',
    };
    this.workers.add(worker);
    this.guard.watch(child.pid);
    worker.timer = setTimeout(
      () => this.kill(worker, problem('crashed', 'The reader did not start. Try again.')),
      START_MS,
    ).unref();
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      worker.complaint = (worker.complaint + text).slice(-4000);
    });
    child.on('message', (message: ChildMessage) => this.hear(worker, message));
    // What `send` could not deliver shows as an exit.
    child.on('error', () => child.kill('SIGKILL'));
    const { promise, resolve } = Promise.withResolvers<void>();
    this.exits.add(promise);
    child.once('exit', (code, signal) => {
      resolve();
      this.exits.delete(promise);
      this.bury(worker, code, signal);
    });
    this.rest(worker);
  }

  private hear(worker: Worker<Job, Value>, message: ChildMessage): void {
    if (worker.killed !== null) return;
    if (message.kind === 'ready') {
      worker.ready = true;
      clearTimeout(worker.timer);
      if (worker.task !== null) this.startClock(worker);
      return;
    }
    const { task } = worker;
    clearTimeout(worker.timer);
    worker.task = null;
    if (task !== null) {
      const outcome: Outcome<Value> =
        message.kind === 'value'
          ? { ok: true, value: message.value as Value }
          : {
              ok: false,
              problem: problem(
                'crashed',
                `The reader failed on this document (${message.message}). Try another format of it, and report the failure.`,
              ),
            };
      this.settle(task, outcome);
    }
    if (residentMegabytes(worker.child.pid) > this.options.memoryMb * RENEW_SHARE) this.kill(worker, null);
    else this.rest(worker);
    this.dispatch();
  }

  /** An idle child does not keep the parent alive. */
  private rest(worker: Worker<Job, Value>): void {
    if (worker.task !== null) return;
    worker.child.unref();
    worker.child.channel?.unref();
  }

  private watch(): void {
    let busy = false;
    for (const worker of this.workers) {
      if (worker.task === null || worker.killed !== null) continue;
      busy = true;
      if (residentMegabytes(worker.child.pid) > this.options.memoryMb) {
        const message = `Reading took more than ${this.options.memoryMb} MB of memory and was stopped. Split the document, or allow more memory.`;
        this.kill(worker, problem('too-much-memory', message));
      }
    }
    if (!busy) {
      clearInterval(this.poll);
      this.poll = undefined;
    }
  }

  private abort(task: Task<Job, Value>): void {
    const at = this.waiting.indexOf(task);
    if (at >= 0) {
      this.waiting.splice(at, 1);
      this.settle(task, stopped());
      return;
    }
    for (const worker of this.workers) if (worker.task === task) this.kill(worker, stopped().problem);
  }

  private kill(worker: Worker<Job, Value>, why: Problem | null): void {
    worker.killed ??= why ?? stopped().problem;
    clearTimeout(worker.timer);
    worker.child.ref();
    worker.child.kill('SIGKILL');
  }

  private bury(worker: Worker<Job, Value>, code: number | null, signal: NodeJS.Signals | null): void {
    clearTimeout(worker.timer);
    this.workers.delete(worker);
    this.guard.forget(worker.child.pid);
    const { task } = worker;
    worker.task = null;
    if (task !== null) this.settle(task, { ok: false, problem: worker.killed ?? causeOf(worker, code, signal) });
    this.dispatch();
  }

  private settle(task: Task<Job, Value>, outcome: Outcome<Value>): void {
    task.signal?.removeEventListener('abort', task.onAbort);
    task.resolve(outcome);
  }
}

/** Share of a child's memory that its scripts may fill: near it the collector works harder, instead of the parent killing the child. */
function heapMegabytes(memoryMb: number): number {
  return Math.max(64, Math.round(memoryMb) - OUTSIDE_HEAP_MB);
}

function causeOf(
  worker: { complaint: string; ready: boolean },
  code: number | null,
  signal: NodeJS.Signals | null,
): Problem {
  if (/heap out of memory|heap limit|allocation failed/i.test(worker.complaint)) {
    return problem(
      'too-much-memory',
      'Reading took more memory than allowed and was stopped. Split the document, or allow more memory.',
    );
  }
  const how = signal === null ? `code ${code}` : signal;
  const last = worker.complaint.split('\n').findLast((line) => /^\w*Error\b/.test(line)) ?? '';
  const when = worker.ready ? 'on this document' : 'at its start';
  return problem(
    'crashed',
    `The reader broke down ${when} (${[how, last].filter(Boolean).join(': ')}). Try another format of it, and report the failure.`,
  );
}

function problem(code: ProblemCode, message: string): Problem {
  return { code, message, fatal: true };
}

function stopped(): { ok: false; problem: Problem } {
  return { ok: false, problem: problem('crashed', 'Reading was stopped before it ended. Run it again.') };
}
