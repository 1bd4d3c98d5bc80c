import { readFile } from 'node:fs/promises';
import { isArchive, parse, UnreadableError } from '@proviso/documents';
import type { AnnotateResult } from '@proviso/publishing/word';
import { nullFacts, nullReading } from '@proviso/reading';
import type { Checked, CheckJob, ChildJob, ReadDocument, ReadJob } from './child-job.ts';
import { passagesOf } from './passages.ts';

/** Parses what others sent; runs in a child process that can be killed. What reading needs is loaded with the first document that is read. */
export default async function handle(job: ChildJob): Promise<Checked | ReadDocument | AnnotateResult> {
  if (job.kind === 'check') return await check(job);
  return job.kind === 'read' ? await readIt(job) : await (await import('@proviso/publishing/word')).annotateFile(job);
}

async function check({ file, name }: CheckJob): Promise<Checked> {
  const bytes = await readFile(file);
  // An archive of evidence is opened by the people who look at it.
  if (isArchive(bytes, name)) return { format: 'zip', problem: 'archive' };
  try {
    const { format, problems } = await parse(bytes, name);
    return { format, problem: problems[0]?.code ?? null };
  } catch (error) {
    if (!(error instanceof UnreadableError)) throw error;
    return { format: null, problem: error.problem.code };
  }
}

let loaded: ReturnType<typeof load> | undefined;

async function load() {
  const [{ loadCatalogue }, reading, { loadRegistry }] = await Promise.all([
    import('@proviso/catalogue'),
    import('@proviso/reading'),
    import('@proviso/standards'),
  ]);
  return {
    lintDocument: reading.lintDocument,
    wordsWith: reading.catalogueWords(loadCatalogue().requirements),
    registry: loadRegistry(),
    data: reading.loadReadingData(),
  };
}

async function readIt(job: ReadJob): Promise<ReadDocument> {
  const manifest = job.country === null ? null : { ...NOTHING_KNOWN, country: job.country };
  const source = { path: job.name, sha256: job.sha256, bytes: job.bytes, manifest };
  const context = { engine: job.engine, asOf: job.asOf };
  try {
    const bytes = await readFile(job.file);
    if (isArchive(bytes, job.name))
      throw new UnreadableError({
        code: 'unsupported',
        message: 'This is an archive. Unpack it, and upload what is in it.',
      });
    const document = await parse(bytes, job.name);
    loaded ??= load();
    const { lintDocument, wordsWith, registry, data } = await loaded;
    const whole = { ...context, registry, data, source, messageLanguage: job.language, isTender: job.isTender };
    const { reading, facts } = lintDocument(document, whole, wordsWith(job.own));
    const blocks = document.blocks.map(({ kind, start, end, level, page }) => ({
      kind,
      start,
      end,
      level: level ?? null,
      page: page ?? null,
    }));
    return { reading, facts, text: document.text, blocks, passages: passagesOf(document) };
  } catch (error) {
    if (!(error instanceof UnreadableError)) throw error;
    const reading = nullReading(source, context, [error.problem]);
    return { reading, facts: nullFacts(job.name), text: '', blocks: [], passages: [] };
  }
}

const NOTHING_KNOWN = { date: null, country: null, publisher: null, type: null, title: null, language: null };
