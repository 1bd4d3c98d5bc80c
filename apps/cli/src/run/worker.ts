import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import {
  type Document,
  isArchive,
  listMembers,
  openMember,
  parse,
  signatureOf,
  UnreadableError,
} from '@proviso/documents';
import { loadReadingData, nullReading, read } from '@proviso/reading';
import { loadRegistry } from '@proviso/standards';
import type { ReadJob, ReadResult } from './job.ts';

const registry = loadRegistry();
const data = loadReadingData();
/** An archive up to this size is kept while its members are read, one job each. */
const KEEP_ARCHIVE_BYTES = 32 * 1024 * 1024;

interface Opened {
  bytes: Uint8Array;
  name: string;
}

/** Parses and reads one document; runs in a child process that can be killed. */
export default async function handle(job: ReadJob): Promise<ReadResult> {
  const source = { path: job.path, sha256: job.sha256, bytes: job.bytes, manifest: job.manifest };
  const context = { engine: job.engine, asOf: job.asOf };
  try {
    const opened = await documentOf(job, source);
    if ('members' in opened) return { kind: 'archive', ...opened };
    const { document, comments } = opened;
    const isTender = job.lint === 'described';
    const whole = { ...context, registry, data, source, messageLanguage: job.language, isTender };
    const linted =
      job.lint !== 'no'
        ? (await import('./lint-worker.ts')).lintIn(document, comments, whole, job.withText, job.own)
        : null;
    const reading = linted?.reading ?? read(document, whole);
    if (job.withText) reading.text = document.text;
    return { kind: 'reading', reading, signature: signatureOf(document.text), lint: linted?.lint ?? null };
  } catch (error) {
    if (!(error instanceof UnreadableError)) throw error;
    return { kind: 'reading', reading: nullReading(source, context, [error.problem]), signature: null, lint: null };
  }
}

interface Parsed {
  document: Document;
  /** Text that holds comments which the reader leaves out; only for linting, where marks stand in them. */
  comments: string[];
}

/** The document, or what the archive holds. The bytes are let go of here: reading needs the room. */
async function documentOf(
  job: ReadJob,
  source: { sha256: string; bytes: number },
): Promise<Parsed | Awaited<ReturnType<typeof listMembers>>> {
  const { bytes, name } = await open(job);
  if (job.members.length > 0) {
    source.sha256 = createHash('sha256').update(bytes).digest('hex');
    source.bytes = bytes.length;
  }
  if (isArchive(bytes, name)) return listMembers(bytes, name);
  const document = await parse(bytes, name);
  return {
    document,
    comments: job.lint !== 'no' ? (await import('./lint-worker.ts')).commentsIn(document, bytes) : [],
  };
}

/** The archive that the last job opened, and the archives inside it on the way to its document; outermost first. */
let kept: { key: string; opened: Opened }[] = [];

/** The bytes a job is about. What it opens on the way stays open for the next job, which is mostly about the same archive. */
async function open(job: ReadJob): Promise<Opened> {
  const way: typeof kept = [];
  let key = `${job.sha256}\n${job.file}`;
  for (let level = 0; ; level++) {
    if (level > 0) key += `\n${job.members[level - 1]}`;
    const held = kept[level]?.key === key ? kept[level]?.opened : undefined;
    const last = way.at(-1)?.opened;
    const opened =
      held ??
      (last === undefined
        ? { bytes: await readFile(job.file), name: job.path }
        : await openMember(last.bytes, job.members[level - 1] ?? ''));
    if (level === job.members.length) {
      kept = way.every((step) => step.opened.bytes.length <= KEEP_ARCHIVE_BYTES) ? way : [];
      return opened;
    }
    way.push({ key, opened });
  }
}
