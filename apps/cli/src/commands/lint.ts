import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { extname, join, resolve } from 'node:path';
import { type Catalogue, loadCatalogue } from '@proviso/catalogue';
import { createPool, type Pool } from '@proviso/documents';
import type { AnnotateJob, AnnotateResult } from '@proviso/publishing/word';
import { type MessageLanguage, ruleDescriptions } from '@proviso/reading';
import { EXIT, UsageError } from '../exit.ts';
import { lintPretty } from '../format/lint-pretty.ts';
import { type SarifReading, sarif } from '../format/sarif.ts';
import { messages } from '../messages.ts';
import { languageOf } from '../person-language.ts';
import { readBaseline, writeBaseline } from '../run/baseline.ts';
import type { ReadJob, ReadResult } from '../run/job.ts';
import { type LintedTender, lintAll } from '../run/lint-run.ts';
import { writeOutput } from '../run/output.ts';
import { readContext } from '../run/purchase-files.ts';
import { listSources, type SourceFile } from '../run/sources.ts';
import { printable, wantsColour } from '../terminal.ts';
import { today } from '../today.ts';
import { VERSION } from '../version.ts';

export interface LintOptions {
  format: 'pretty' | 'json' | 'sarif' | 'html';
  out?: string;
  lang?: MessageLanguage;
  asOf?: string;
  context?: string;
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
  const catalogue = loadCatalogue();
  const purchase = options.context ? await readContext(options.context, catalogue) : null;
  const baseline = options.baseline ? await readBaseline(options.baseline) : new Set<string>();
  const sources = await listSources(paths);
  if (sources.length === 0) throw new UsageError(`lint: there is no document in ${paths.join(', ')}.`);
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
    useCache: options.cache,
    quiet: options.quiet,
    purchase,
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
    await comment(draft, tenders, catalogue, language, asOf, { ...options, comments: options.comments });
  await writeOutput(options.out, await rendered(tenders, catalogue, language, asOf, options), {
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

async function rendered(
  tenders: readonly LintedTender[],
  catalogue: Catalogue,
  language: MessageLanguage,
  asOf: string,
  { format, out }: LintOptions,
): Promise<string> {
  if (format === 'pretty') {
    const color = out === undefined && wantsColour(process.stdout);
    const page = { color, width: process.stdout.columns ?? 100, language, catalogue };
    return tenders.map((tender) => lintPretty(tender, page)).join('\n');
  }
  if (format === 'sarif') return sarif(tenders.flatMap(sarifReadings), ruleDescriptions(language, 'tender'), VERSION);
  if (format === 'html') {
    const { marginNotes } = await import('@proviso/publishing');
    return marginNotes(
      tenders.flatMap((tender) =>
        tender.readings.map((reading) => ({
          path: reading.source.path,
          title: reading.source.title,
          language: reading.source.language,
          text: reading.text ?? '',
          blocks: tender.layouts.get(reading.source.path) ?? [],
          findings: tender.findings.filter(({ path }) => path === reading.source.path),
          problems: reading.problems,
        })),
      ),
      { language, asOf, rules: ruleDescriptions(language, 'tender') },
    );
  }
  return `${JSON.stringify(jsonOf(tenders, catalogue, asOf), null, 2)}\n`;
}

/** What `--format json` writes; see docs/lint.md. */
function jsonOf(tenders: readonly LintedTender[], catalogue: Catalogue, asOf: string): object {
  return {
    schema: 'proviso.lint/1',
    asOf,
    catalogue: { edition: catalogue.edition.edition, hash: catalogue.hash },
    tenders: tenders.map((tender) => ({
      files: tender.readings.map(({ source, problems }) => ({ ...source, problems })),
      findings: tender.findings,
      setAside: tender.setAside,
      coverage: tender.coverage,
      purchase: tender.demand?.context ?? null,
      inferred: tender.inferred?.types ?? null,
      notJudged: tender.notJudged,
    })),
  };
}

function sarifReadings(tender: LintedTender): SarifReading[] {
  return tender.readings.map((reading) => ({
    ...reading,
    findings: [
      ...tender.findings,
      ...tender.setAside.map(({ finding, reason }) => ({ ...finding, suppressed: reason })),
    ].filter(({ path }) => path === reading.source.path),
  }));
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
  catalogue: Catalogue,
  language: MessageLanguage,
  asOf: string,
  options: LintOptions & { comments: string },
): Promise<void> {
  const tender = tenders.find(({ readings }) => readings.some(({ source }) => source.format === 'docx'));
  const reading = tender?.readings.find(({ source }) => source.format === 'docx');
  if (!tender || !reading) throw new UsageError('lint: the Word file could not be read, so that it was not commented.');
  const { lintNotes, lintProposals } = await import('@proviso/publishing/word');
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
