import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Outcome } from '@proviso/documents';
import { nullReading, type Reading } from '@proviso/reading';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { ResultCache } from './cache.ts';
import type { ReadJob, ReadResult } from './job.ts';
import { type ReadAllOptions, type ReadDocument, readAll } from './read-all.ts';
import type { SourceFile } from './sources.ts';

let folder: string;
const sources: SourceFile[] = [];

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'proviso-read-all-'));
  for (let i = 0; i < 12; i++) {
    const path = join(folder, `${String(i).padStart(2, '0')}.txt`);
    writeFileSync(path, 'x'.repeat((i * 7) % 12));
    sources.push({ path, bytes: (i * 7) % 12 });
  }
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function readingOf(job: ReadJob): Outcome<ReadResult> {
  const reading = nullReading(
    { path: job.path, sha256: job.sha256, bytes: job.bytes, manifest: null },
    { engine: 'test', asOf: '2026-01-01' },
    [],
  );
  return { ok: true, value: { kind: 'reading', reading, signature: null, lint: null } };
}

function options(perform: ReadAllOptions['perform'], more: Partial<ReadAllOptions> = {}): ReadAllOptions {
  return {
    perform,
    concurrency: 3,
    engine: 'test',
    asOf: '2026-01-01',
    withText: false,
    lint: 'no',
    language: 'en',
    manifestFor: () => null,
    cache: null,
    duplicateOf: () => null,
    onExpect: () => {},
    onDone: () => {},
    ...more,
  };
}

async function collect(from: AsyncGenerator<ReadDocument>): Promise<Reading[]> {
  const readings: Reading[] = [];
  for await (const { reading } of from) readings.push(reading);
  return readings;
}

const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

test('readings come in input order however long each takes, and no more run at once than allowed', async () => {
  let running = 0;
  let most = 0;
  const perform = async (job: ReadJob): Promise<Outcome<ReadResult>> => {
    most = Math.max(most, ++running);
    await pause((job.bytes * 5) % 11);
    running -= 1;
    return readingOf(job);
  };
  const readings = await collect(readAll(sources, options(perform)));
  expect(readings.map((reading) => reading.source.path)).toEqual(sources.map((source) => source.path));
  expect(most).toBe(3);
});

test('a killed job and a missing file become readings without answers, and the run goes on', async () => {
  const perform = async (job: ReadJob): Promise<Outcome<ReadResult>> =>
    job.path.endsWith('03.txt')
      ? { ok: false, problem: { code: 'too-slow', message: 'It took too long.', fatal: true } }
      : readingOf(job);
  const missing: SourceFile = { path: 'gone.pdf', bytes: 0, missing: 'There is no such file.' };
  const readings = await collect(readAll([...sources.slice(0, 5), missing], options(perform)));
  expect(readings.map((reading) => reading.problems.map((problem) => problem.code))).toEqual([
    [],
    [],
    [],
    ['too-slow'],
    [],
    ['not-found'],
  ]);
  expect(readings[3]?.scope.value).toBeNull();
});

test('an archive gives its members in its place, even with one job at a time', async () => {
  const perform = async (job: ReadJob): Promise<Outcome<ReadResult>> => {
    if (job.path.endsWith('01.txt')) {
      return {
        ok: true,
        value: {
          kind: 'archive',
          problems: [],
          members: [
            { name: 'a', bytes: 1 },
            { name: 'b.zip', bytes: 9 },
          ],
        },
      };
    }
    if (job.path.endsWith('b.zip'))
      return { ok: true, value: { kind: 'archive', problems: [], members: [{ name: 'c', bytes: 1 }] } };
    return readingOf(job);
  };
  const readings = await collect(readAll(sources.slice(0, 3), options(perform, { concurrency: 1 })));
  const archive = sources[1]?.path;
  expect(readings.map((reading) => reading.source.path)).toEqual([
    sources[0]?.path,
    `${archive}!/a`,
    `${archive}!/b.zip!/c`,
    sources[2]?.path,
  ]);
});

test('archives without end and empty archives end in a problem', async () => {
  const perform = async (job: ReadJob): Promise<Outcome<ReadResult>> => ({
    ok: true,
    value: { kind: 'archive', problems: [], members: job.path.includes('01.txt') ? [{ name: 'again', bytes: 1 }] : [] },
  });
  const readings = await collect(readAll(sources.slice(0, 2), options(perform)));
  expect(readings.map((reading) => reading.problems[0]?.code)).toEqual(['empty', 'too-deep']);
});

test('a second run takes its answers from the cache, under the new path, and a killed job is tried again', async () => {
  const cache = new ResultCache<ReadResult>(join(folder, 'cache'), ['test']);
  const perform = vi.fn(
    async (job: ReadJob): Promise<Outcome<ReadResult>> =>
      job.bytes === 7
        ? { ok: false, problem: { code: 'crashed', message: 'It crashed.', fatal: true } }
        : readingOf(job),
  );
  const some = sources.slice(1, 4);
  await collect(readAll(some, options(perform, { cache })));
  expect(perform).toHaveBeenCalledTimes(3);
  const moved = join(folder, 'moved.txt');
  writeFileSync(moved, 'x'.repeat(2));
  const readings = await collect(readAll([...some, { path: moved, bytes: 2 }], options(perform, { cache })));
  expect(perform).toHaveBeenCalledTimes(4);
  expect(readings.at(-1)?.source.path).toBe(moved);
});

test.each([null, {}, [], 'text', { kind: 'reading' }, { kind: 'archive', members: 3 }])(
  'a cache entry that is no answer (%j) counts as absent',
  async (entry) => {
    const cache = new ResultCache<unknown>(mkdtempSync(join(folder, 'bad-')), ['test']);
    cache.get = async () => entry;
    const perform = vi.fn(async (job: ReadJob): Promise<Outcome<ReadResult>> => readingOf(job));
    const readings = await collect(
      readAll(sources.slice(1, 2), options(perform, { cache: cache as ResultCache<ReadResult> })),
    );
    expect(perform).toHaveBeenCalledTimes(1);
    expect(readings[0]?.problems).toEqual([]);
  },
);

test('an archive is hashed once, and its members know the hash of the file they stand in', async () => {
  const jobs: ReadJob[] = [];
  const perform = async (job: ReadJob): Promise<Outcome<ReadResult>> => {
    jobs.push(job);
    if (job.members.length > 0) return readingOf(job);
    // Gone once it was opened: only the hash in hand can serve.
    rmSync(archive);
    return { ok: true, value: { kind: 'archive', problems: [], members: [{ name: 'a', bytes: 1 }] } };
  };
  const archive = join(folder, 'archive.zip');
  writeFileSync(archive, 'zip');
  const readings = await collect(readAll([{ path: archive, bytes: 3 }], options(perform)));
  expect(readings.map((reading) => reading.problems)).toEqual([[]]);
  expect(new Set(jobs.map((job) => job.sha256)).size).toBe(1);
});

test('answers come while input is still open, so that it can stand in a pipe', async () => {
  const seen: string[] = [];
  let release = (): void => {};
  async function* slowly(): AsyncGenerator<SourceFile> {
    for (const source of sources.slice(0, 2)) {
      yield source;
      await new Promise<void>((done) => {
        release = done;
      });
    }
  }
  for await (const { reading } of readAll(
    slowly(),
    options(async (job) => readingOf(job)),
  )) {
    seen.push(reading.source.path);
    release();
  }
  expect(seen).toHaveLength(2);
});

test('stopping early yields only what was finished in order, without an error', async () => {
  const stop = new AbortController();
  const seen: string[] = [];
  const perform = async (job: ReadJob): Promise<Outcome<ReadResult>> => {
    await pause(2);
    return readingOf(job);
  };
  for await (const { reading } of readAll(sources, options(perform, { signal: stop.signal }))) {
    seen.push(reading.source.path);
    if (seen.length === 4) stop.abort();
  }
  expect(seen).toEqual(sources.slice(0, 4).map((source) => source.path));
});

test('a source that has a name goes by it', async () => {
  const source = { ...(sources[0] as SourceFile), name: 'standard-input' };
  const [reading] = await collect(
    readAll(
      [source],
      options(async (job) => readingOf(job)),
    ),
  );
  expect(reading?.source.path).toBe('standard-input');
});
