import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { extname, join, resolve } from 'node:path';
import type { Catalogue, Context } from '@proviso/catalogue';
import { createPool, type Pool } from '@proviso/documents/pool';
import type { AnnotateJob, AnnotateResult } from '@proviso/publishing/word';
import type { MessageLanguage } from '@proviso/reading';
import { EXIT, UsageError } from '../exit.ts';
import { messages } from '../messages.ts';
import { languageOf } from '../person-language.ts';
import { readBaseline, writeBaseline } from '../run/baseline.ts';
import type { ReadJob, ReadResult } from '../run/job.ts';
import { lintAll } from '../run/lint-run.ts';
import type { LintedTender } from '../run/lint-tender.ts';
import { writeOutput } from '../run/output.ts';
import { listSources, namedPaths, type SourceFile } from '../run/sources.ts';
import { printable } from '../terminal.ts';
import { today } from '../today.ts';

export interface LintOptions {
  format: 'pretty' | 'json' | 'sarif' | 'html';
  out?: string;
  lang?: MessageLanguage;
  asOf?: string;
  context?: string;
  /** A file with what an organisation asks beside the catalogue. */
  catalogue?: string;
  each?: boolean;
  baseline?: string;
  writeBaseline?: string;
  failOn?: 'note' | 'warning' | 'error';
  comments?: string;
  suggest?: boolean;
  jobs?: number;
  timeout: number;
  memory: number;
  cache: boolean;
  quiet?: boolean;
}

const SEVERITY = { note: 0, warning: 1, error: 2 } as const;

/** `proviso lint`: sets the process's exit code; see `proviso lint --help` for what it says. `pool`: the children that read. */
export async function lintCommand(
  paths: string[],
  options: LintOptions,
  pool: Pool<ReadJob, ReadResult>,
): Promise<void> {
  if (paths.length === 0)
    throw new UsageError('lint: name the files of a tender, as in "proviso lint tender.docx annexes/".');
  const catalogue = options.catalogue ? await ownCatalogue(options.catalogue) : null;
  const purchase = options.context ? await contextIn(options.context, catalogue) : null;
  const baseline = options.baseline ? await readBaseline(options.baseline) : new Set<string>();
  const sources = await listSources(paths);
  if (sources.length === 0) throw new UsageError(`lint: there is no document in ${namedPaths(paths)}.`);
  const draft = options.comments ? draftToComment(sources, options.comments) : null;
  const asOf = options.asOf ?? today();
  const forPeople = options.format === 'pretty' || options.format === 'html' || options.comments !== undefined;
  const language = options.lang ?? (forPeople ? languageOf(process.env) : 'en');
  const { tenders, end } = await lintAll(sources, {
    jobs: options.jobs,
    pool,
    asOf,
    language,
    withText: options.format === 'html',
    timeoutSeconds: options.timeout,
    memoryMb: options.memory,
    // Children read meanwhile: what judges and writes is loaded in their time, not before it.
    onUnderWay: () => void Promise.all([import('../run/lint-tender.ts'), import('../format/lint.ts')]),
    useCache: options.cache,
    quiet: options.quiet,
    purchase,
    catalogue,
    together: options.each !== true,
    baseline,
  });
  if (end.interrupted) {
    process.exitCode = EXIT.interrupted;
    return;
  }
  const findings = tenders.flatMap((tender) => tender.findings);
  if (options.writeBaseline) await writeBaseline(options.writeBaseline, findings);
  if (options.comments && draft)
    await comment(draft, tenders, language, asOf, { ...options, comments: options.comments }, catalogue);
  const { renderLint } = await import('../format/lint.ts');
  const page = { format: options.format, language, asOf, catalogue, toTerminal: options.out === undefined };
  await writeOutput(options.out, await renderLint(tenders, page), {
    styled: options.format === 'pretty',
  });
  for (const mark of tenders.flatMap((tender) => tender.marksWithoutReason))
    process.stderr.write(
      `A mark without a reason sets nothing aside: ${printable(mark)}. Write "proviso-ignore RULE: reason".\n`,
    );
  if (options.out && !options.quiet) process.stderr.write(`Written to ${printable(options.out)}.\n`);
  const worst = Math.max(-1, ...findings.map(({ level }) => SEVERITY[level]));
  if (options.failOn && worst >= SEVERITY[options.failOn]) process.exitCode = EXIT.findings;
  else if (end.unread > 0) process.exitCode = EXIT.partly;
}

/** The catalogue with an organisation's own requirements, which a file brings. @throws UsageError */
const ownCatalogue = async (file: string): Promise<Catalogue> =>
  await (await import('../run/own-catalogue.ts')).catalogueWith(file);

/** The purchase that a file describes. @throws UsageError */
async function contextIn(file: string, catalogue: Catalogue | null): Promise<Context> {
  const [{ readContext }, { loadCatalogue }] = await Promise.all([
    import('../run/purchase-files.ts'),
    import('@proviso/catalogue'),
  ]);
  return readContext(file, catalogue ?? loadCatalogue());
}

/** The one Word file that is to be commented. */
function draftToComment(sources: readonly SourceFile[], out: string): SourceFile {
  const word = sources.filter(({ path }) => extname(path).toLowerCase() === '.docx');
  const [draft] = word;
  if (draft === undefined || word.length > 1)
    throw new UsageError(
      `lint: --comments writes into one Word file (.docx), and ${word.length} of the files given are. Name the others beside one.`,
    );
  if (resolve(out) === resolve(draft.path))
    throw new UsageError('lint: --comments would write over the draft itself. Name another file.');
  return draft;
}

/** Writes the Word file with its comments; what is said of the whole tender stands as one comment at the place it is shown. */
async function comment(
  source: SourceFile,
  tenders: readonly LintedTender[],
  language: MessageLanguage,
  asOf: string,
  options: LintOptions & { comments: string },
  own: Catalogue | null,
): Promise<void> {
  const tender = tenders.find(({ readings }) => readings.some(({ source }) => source.format === 'docx'));
  const reading = tender?.readings.find(({ source }) => source.format === 'docx');
  if (!tender || !reading) throw new UsageError('lint: the Word file could not be read, so that it was not commented.');
  const { lintNotes, lintProposals } = await import('@proviso/publishing/word');
  const catalogue = own ?? (await import('@proviso/catalogue')).loadCatalogue();
  const scratch = await mkdtemp(join(tmpdir(), 'proviso-'));
  const commented = join(scratch, 'commented.docx');
  const pool = createPool<AnnotateJob, AnnotateResult>({
    module: new URL('../run/annotate-worker.ts', import.meta.url),
    size: 1,
    timeoutMs: options.timeout * 1000,
    memoryMb: options.memory,
  });
  try {
    const outcome = await pool.run({
      file: source.file ?? source.path,
      out: commented,
      date: `${asOf}T00:00:00Z`,
      notes: lintNotes(
        tender.findings.filter(({ path }) => path === reading.source.path),
        language,
        catalogue,
      ),
      proposals: options.suggest ? lintProposals(tender, catalogue, reading.source.language, language) : [],
    });
    if (!outcome.ok) throw new UsageError(`lint: the comments could not be written. ${outcome.problem.message}`);
    await writeOutput(options.comments, await readFile(commented));
    if (!options.quiet) {
      const say = messages(language);
      process.stderr.write(`${say('lintCommented', { n: outcome.value.placed, file: printable(options.comments) })}\n`);
      if (outcome.value.unplaced.length > 0)
        process.stderr.write(`${say('lintUnplaced', { n: outcome.value.unplaced.length })}\n`);
    }
  } finally {
    await pool.close();
    await rm(scratch, { recursive: true, force: true });
  }
}
