import { availableParallelism } from 'node:os';
import { createPool, type Pool } from '@proviso/documents/pool';
import type { ReadJob, ReadResult } from './job.ts';

export interface ReadingPoolOptions {
  /** Documents at once; default one a core. */
  jobs?: number | undefined;
  timeoutSeconds: number;
  memoryMb: number;
}

/** Documents read at once. */
export function poolSize({ jobs }: ReadingPoolOptions): number {
  return Math.max(1, Math.floor(jobs ?? availableParallelism()));
}

/**
 * Starts the children that read. The first one starts at once, so that a command which calls this before it loads its own code has both
 * done in the time of one. An idle child keeps nothing waiting and goes with its parent.
 */
export function startReading(options: ReadingPoolOptions): Pool<ReadJob, ReadResult> {
  return createPool<ReadJob, ReadResult>({
    module: new URL('./worker.ts', import.meta.url),
    size: poolSize(options),
    timeoutMs: options.timeoutSeconds * 1000,
    memoryMb: options.memoryMb,
  });
}
