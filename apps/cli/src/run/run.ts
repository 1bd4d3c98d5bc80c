import type { Pool } from '@proviso/documents/pool';
import { SimilarIndex } from '@proviso/documents/similar';
import type { ManifestRow, MessageLanguage, Reading } from '@proviso/reading';
import { EXIT } from '../exit.ts';
import { engineId } from '../version.ts';
import { defaultCacheFolder, ResultCache } from './cache.ts';
import type { Linting, LintPart, ReadJob, ReadResult } from './job.ts';
import { Progress } from './progress.ts';
import { readAll } from './read-all.ts';
import { poolSize, type ReadingPoolOptions, startReading } from './reading-pool.ts';
import type { SourceFile } from './sources.ts';

export interface RunOptions extends ReadingPoolOptions {
  /** Children that were started before; they are ended with the run. */
  pool?: Pool<ReadJob, ReadResult> | undefined;
  /** What counts as today, `2026-01-31`. */
  asOf: string;
  withText?: boolean | undefined;
  lint?: Linting | undefined;
  /** Words of an organisation's own requirements, for linting. */
  own?: ReadJob['own'] | undefined;
  /** Of the findings' messages; English when absent. */
  language?: MessageLanguage | undefined;
  /** Called when the first document is on its way to a child: the time to load what its reading is needed for. */
  onUnderWay?: (() => void) | undefined;
  useCache: boolean;
  quiet?: boolean | undefined;
  manifestFor?: ((sha256: string, path: string) => ManifestRow | null) | undefined;
}

export interface RunEnd {
  documents: number;
  /** Documents none of which could be read. */
  unread: number;
  interrupted: boolean;
  seconds: number;
}

/**
 * Reads sources with child processes, cache, progress line and Ctrl-C in place, handing each reading on in input order.
 * @returns what became of the run; the readings themselves are not kept.
 */
export async function runReadings(
  sources: Iterable<SourceFile> | AsyncIterable<SourceFile>,
  options: RunOptions,
  each: (reading: Reading, lint: LintPart | null) => void | Promise<void>,
): Promise<RunEnd> {
  const started = performance.now();
  const size = poolSize(options);
  const engine = engineId();
  const progress = new Progress({ out: process.stderr, quiet: options.quiet === true, now: () => performance.now() });
  const stop = new AbortController();
  const onInterrupt = (): void => {
    if (stop.signal.aborted) process.exit(EXIT.interrupted);
    stop.abort();
  };
  process.on('SIGINT', onInterrupt);
  const pool = options.pool ?? startReading(options);
  const similar = new SimilarIndex();
  let underWay = false;
  const end: RunEnd = { documents: 0, unread: 0, interrupted: false, seconds: 0 };
  try {
    const readings = readAll(sources, {
      perform: (job) => {
        const outcome = pool.run(job, { signal: stop.signal });
        if (!underWay) options.onUnderWay?.();
        underWay = true;
        return outcome;
      },
      concurrency: size + 1,
      engine,
      asOf: options.asOf,
      withText: options.withText === true,
      lint: options.lint ?? 'no',
      own: options.own,
      language: options.language ?? 'en',
      manifestFor: options.manifestFor ?? (() => null),
      cache: options.useCache ? new ResultCache(defaultCacheFolder(process.env), [engine, options.asOf]) : null,
      duplicateOf: (path, signature) => similar.add(path, signature),
      onExpect: (count, bytes) => progress.expect(count, bytes),
      onDone: (bytes, path) => progress.advance(bytes, path),
      signal: stop.signal,
    });
    for await (const { reading, lint } of readings) {
      end.documents += 1;
      if (reading.problems.some((problem) => problem.fatal)) end.unread += 1;
      progress.clear();
      await each(reading, lint);
    }
  } finally {
    progress.clear();
    process.off('SIGINT', onInterrupt);
    await pool.close();
  }
  end.interrupted = stop.signal.aborted;
  end.seconds = (performance.now() - started) / 1000;
  return end;
}
