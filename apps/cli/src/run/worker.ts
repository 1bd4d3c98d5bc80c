import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { isArchive, listMembers, openMember, parse, signatureOf, UnreadableError } from '@proviso/documents';
import { loadReadingData, nullReading, read } from '@proviso/reading';
import { loadRegistry } from '@proviso/standards';
import type { ReadJob, ReadResult } from './job.ts';

const registry = loadRegistry();
const data = loadReadingData();

/** Parses and reads one document; runs in a child process that can be killed. */
export default async function handle(job: ReadJob): Promise<ReadResult> {
  const source = { path: job.path, sha256: job.sha256, bytes: job.bytes, manifest: job.manifest };
  const context = { engine: job.engine, asOf: job.asOf };
  try {
    let bytes: Uint8Array = await readFile(job.file);
    let name = job.path;
    for (const member of job.members) {
      const inner = await openMember(bytes, member);
      bytes = inner.bytes;
      name = inner.name;
    }
    if (job.members.length > 0) {
      source.sha256 = createHash('sha256').update(bytes).digest('hex');
      source.bytes = bytes.length;
    }
    if (isArchive(bytes, name)) {
      const { members, problems } = await listMembers(bytes, name);
      return { kind: 'archive', members, problems };
    }
    const document = await parse(bytes, name);
    const whole = { ...context, registry, data, source, messageLanguage: job.language };
    const linted = job.lint
      ? await (await import('./lint-worker.ts')).lintIn(document, bytes, whole, job.withText)
      : null;
    const reading = linted?.reading ?? read(document, whole);
    if (job.withText) reading.text = document.text;
    return { kind: 'reading', reading, signature: signatureOf(document.text), lint: linted?.lint ?? null };
  } catch (error) {
    if (!(error instanceof UnreadableError)) throw error;
    return { kind: 'reading', reading: nullReading(source, context, [error.problem]), signature: null, lint: null };
  }
}
