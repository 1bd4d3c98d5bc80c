import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import type { Outcome, Problem } from '@proviso/documents';
import type { ManifestRow, MessageLanguage, Reading } from '@proviso/reading';
import type { ResultCache } from './cache.ts';
import type { Linting, LintPart, ReadJob, ReadResult } from './job.ts';
import { type SourceFile, whyMissing } from './sources.ts';

/** Jobs among which the largest goes first: keeps every core busy to the end, and the output moving. */
const WINDOW = 1000;
/** A larger file is not opened at all. */
const MAX_FILE_BYTES = 1024 * 1024 * 1024;
const MAX_ARCHIVE_LEVELS = 3;

export interface ReadAllOptions {
  perform: (job: ReadJob) => Promise<Outcome<ReadResult>>;
  /** Jobs under way at once. */
  concurrency: number;
  engine: string;
  asOf: string;
  withText: boolean;
  lint: Linting;
  own?: ReadJob['own'] | undefined;
  /** Of the findings' messages. */
  language: MessageLanguage;
  manifestFor: (sha256: string, path: string) => ManifestRow | null;
  cache: ResultCache<ReadResult> | null;
  /** First document that is nearly the same as this one, in the order of output. */
  duplicateOf: (path: string, signature: number[]) => string | null;
  onExpect: (count: number, bytes: number) => void;
  onDone: (bytes: number, path: string) => void;
  signal?: AbortSignal;
}

interface Task {
  source: SourceFile;
  path: string;
  members: string[];
  /** Of the file, where it is known because an archive in it was opened. */
  sha256: string | null;
  settle: (items: Item[]) => void;
  fail: (error: unknown) => void;
}

/** A reading, and what linting adds to it where that was asked for. */
export interface ReadDocument {
  reading: Reading;
  lint: LintPart | null;
}

interface Item extends ReadDocument {
  signature: number[] | null;
}

/**
 * Reads every source and yields the readings in input order, as soon as the next in order is there. A document that cannot be
 * read yields a reading with `null` answers and the reason; nothing a document does ends the run. Stops early, without
 * an error, when `signal` is aborted.
 */
export async function* readAll(
  sources: Iterable<SourceFile> | AsyncIterable<SourceFile>,
  options: ReadAllOptions,
): AsyncGenerator<ReadDocument> {
  const run = new Run(options);
  const slots: Promise<Item[]>[] = [];
  let woken = Promise.withResolvers<void>();
  let ended = false;
  const intake = (async () => {
    for await (const source of sources) {
      if (options.signal?.aborted) break;
      slots.push(run.enqueue(source, source.name ?? source.path));
      woken.resolve();
    }
  })().finally(() => {
    ended = true;
    woken.resolve();
  });
  for (let next = 0; ; ) {
    const slot = slots[next];
    if (slot === undefined) {
      if (ended) break;
      await woken.promise;
      woken = Promise.withResolvers<void>();
      continue;
    }
    slots[next++] = EMPTY;
    for (const item of await slot) {
      if (options.signal?.aborted) return;
      if (item.signature)
        item.reading.source.duplicateOf = options.duplicateOf(item.reading.source.path, item.signature);
      yield { reading: item.reading, lint: item.lint };
    }
    if (options.signal?.aborted) return;
  }
  await intake;
}

const EMPTY: Promise<Item[]> = Promise.resolve([]);

class Run {
  private readonly options: ReadAllOptions;
  private readonly pending: Task[] = [];
  private running = 0;

  constructor(options: ReadAllOptions) {
    this.options = options;
  }

  enqueue(source: SourceFile, path: string, members: string[] = [], sha256: string | null = null): Promise<Item[]> {
    this.options.onExpect(1, source.bytes);
    return new Promise((settle, fail) => {
      this.pending.push({ source, path, members, sha256, settle, fail });
      // Let the intake list more files first, so that the largest is known.
      setImmediate(() => this.dispatch());
    });
  }

  private dispatch(): void {
    while (this.running < this.options.concurrency && this.pending.length > 0) {
      const task = this.takeLargest();
      this.running += 1;
      this.perform(task)
        .then(task.settle, task.fail)
        .finally(() => {
          this.running -= 1;
          this.options.onDone(task.source.bytes, task.path);
          this.dispatch();
        });
    }
  }

  private takeLargest(): Task {
    let best = 0;
    const end = Math.min(WINDOW, this.pending.length);
    for (let i = 1; i < end; i++) {
      if ((this.pending[i]?.source.bytes ?? 0) > (this.pending[best]?.source.bytes ?? 0)) best = i;
    }
    const [task] = this.pending.splice(best, 1);
    if (task === undefined) throw new Error('no task is pending');
    return task;
  }

  private async perform(task: Task): Promise<Item[]> {
    if (this.options.signal?.aborted) return [];
    const { source, path, members } = task;
    const job: ReadJob = {
      file: source.file ?? source.path,
      path,
      members,
      sha256: '',
      bytes: source.bytes,
      engine: this.options.engine,
      asOf: this.options.asOf,
      manifest: null,
      withText: this.options.withText,
      lint: this.options.lint,
      ...(this.options.own === undefined ? {} : { own: this.options.own }),
      language: this.options.language,
    };
    if (source.missing !== undefined)
      return [await this.unread(job, { code: 'not-found', message: source.missing, fatal: true })];
    if (source.bytes > MAX_FILE_BYTES) {
      const message = `The file is larger than ${MAX_FILE_BYTES / 1024 ** 3} GiB. Split it, or read its parts.`;
      return [await this.unread(job, { code: 'too-large', message, fatal: true })];
    }
    try {
      job.sha256 = task.sha256 ?? (await hashFile(source));
    } catch (error) {
      return [await this.unread(job, { code: 'not-found', message: whyMissing(error), fatal: true })];
    }
    // What is known of an archive is known of what it holds, unless its members are listed themselves.
    const { manifestFor } = this.options;
    job.manifest = (members.length > 0 ? manifestFor('', path) : null) ?? manifestFor(job.sha256, source.path);
    return this.deliver(source, job, await this.result(job));
  }

  private async result(job: ReadJob): Promise<Outcome<ReadResult>> {
    const { cache } = this.options;
    const extra = [
      job.members.join('\0'),
      job.withText,
      job.lint,
      job.language,
      JSON.stringify(job.manifest),
      nameEnding(job.path),
      ...(job.own === undefined ? [] : [JSON.stringify(job.own)]),
    ].join('\n');
    const kept = await cache?.get(job.sha256, extra);
    if (kept && isResult(kept)) {
      if (kept.kind === 'reading') kept.reading.source.path = job.path;
      return { ok: true, value: kept };
    }
    const outcome = await this.options.perform(job);
    // A killed job may fare better next time: only answers are kept.
    if (outcome.ok) await cache?.put(job.sha256, extra, outcome.value);
    return outcome;
  }

  private async deliver(source: SourceFile, job: ReadJob, outcome: Outcome<ReadResult>): Promise<Item[]> {
    if (!outcome.ok) return [await this.unread(job, outcome.problem)];
    const { value } = outcome;
    if (value.kind === 'reading') return [{ reading: value.reading, signature: value.signature, lint: value.lint }];
    const items = await Promise.all(value.problems.map((problem) => this.unread(job, { ...problem, fatal: true })));
    if (job.members.length >= MAX_ARCHIVE_LEVELS) {
      const message = `Archives inside archives are opened ${MAX_ARCHIVE_LEVELS} levels deep. Unpack this one by hand.`;
      return [...items, await this.unread(job, { code: 'too-deep', message, fatal: true })];
    }
    if (value.members.length === 0 && items.length === 0) {
      return [await this.unread(job, { code: 'empty', message: 'The archive holds no document.', fatal: true })];
    }
    // The archive's own place in the count is given back by its members, which wait for a free child.
    const inside = value.members.map((member) =>
      this.enqueue(
        { ...source, bytes: member.bytes },
        `${job.path}!/${member.name}`,
        [...job.members, member.name],
        job.sha256,
      ),
    );
    return this.yieldPlace(Promise.all(inside).then((lists) => [...items, ...lists.flat()]));
  }

  /** Waits without holding a place, so that an archive cannot starve its own members. */
  private async yieldPlace(work: Promise<Item[]>): Promise<Item[]> {
    this.running -= 1;
    this.dispatch();
    try {
      return await work;
    } finally {
      this.running += 1;
    }
  }

  private async unread(job: ReadJob, problem: Problem): Promise<Item> {
    // The whole room, which most runs leave to their children.
    const { nullReading } = await import('@proviso/reading');
    const reading = nullReading(
      { path: job.path, sha256: job.sha256, bytes: job.bytes, manifest: job.manifest },
      { engine: job.engine, asOf: job.asOf },
      [problem],
    );
    return { reading, signature: null, lint: null };
  }
}

/** Whether what stood in the cache is a result at all: a file there may have been written by anyone. */
function isResult(kept: Partial<ReadResult>): kept is ReadResult {
  if (kept.kind === 'archive') return Array.isArray(kept.members) && Array.isArray(kept.problems);
  return kept.kind === 'reading' && typeof kept.reading?.source === 'object' && Array.isArray(kept.reading.problems);
}

/** Small files at one go, which is faster; large ones in a stream, so that memory stays bounded. */
async function hashFile(source: SourceFile): Promise<string> {
  const hash = createHash('sha256');
  const file = source.file ?? source.path;
  if (source.bytes <= 64 * 1024 * 1024) hash.update(await readFile(file));
  else await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}

/** The file name's ending shapes the answer (a JSON named .pdf is said to be mislabelled); the rest of the path does not. */
function nameEnding(path: string): string {
  return /\.[^./\\]{1,8}$/.exec(path)?.[0]?.toLowerCase() ?? '';
}
