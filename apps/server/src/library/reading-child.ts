import { readFile, writeFile } from 'node:fs/promises';
import { type Block, isArchive, parse, type RunAnchor, UnreadableError } from '@proviso/documents';
import { nullFacts, nullReading } from '@proviso/reading';
import type { Annotated, AnnotateJob, Checked, CheckJob, ChildJob, ReadDocument, ReadJob } from './child-job.ts';
import { passagesOf } from './passages.ts';

/** Parses what others sent; runs in a child process that can be killed. What reading needs is loaded with the first document that is read. */
export default async function handle(job: ChildJob): Promise<Checked | ReadDocument | Annotated> {
  if (job.kind === 'check') return await check(job);
  return job.kind === 'read' ? await readIt(job) : await annotate(job);
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
    words: new reading.CatalogueWords(loadCatalogue()),
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
    const { lintDocument, words, registry, data } = await loaded;
    const whole = { ...context, registry, data, source, messageLanguage: job.language, isTender: job.isTender };
    const { reading, facts } = lintDocument(document, whole, words);
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

async function annotate(job: AnnotateJob): Promise<Annotated> {
  const { annotateWord } = await import('@proviso/publishing/word');
  const bytes = await readFile(job.file);
  const { blocks } = await parse(bytes, 'draft.docx', { anchors: true });
  const notes = job.notes.map(({ start, end, paragraphs }) => ({ runs: anchorsIn(blocks, start, end), paragraphs }));
  const proposals = job.proposals.map(({ after, paragraphs }) => ({
    after: after === null ? null : (anchorsIn(blocks, after, after + 1)[0] ?? null),
    paragraphs,
  }));
  const annotated = annotateWord(bytes, { notes, proposals, date: job.date });
  await writeFile(job.out, annotated.bytes);
  return { placed: notes.length - annotated.unplaced.length, unplaced: annotated.unplaced };
}

/** The anchors of the characters from `start` to `end`, cut to them. */
function anchorsIn(blocks: readonly Block[], start: number, end: number): RunAnchor[] {
  return blocks
    .filter((block) => block.start < end && start < block.end)
    .flatMap((block) => block.runs ?? [])
    .filter((run) => run.start < end && start < run.end)
    .map((run) => {
      const from = Math.max(start, run.start);
      return { ...run, start: from, end: Math.min(end, run.end), offset: run.offset + from - run.start };
    });
}
