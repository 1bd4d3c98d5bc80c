import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import type { MessageLanguage, Reading } from '@proviso/reading';
import { EXIT, UsageError } from '../exit.ts';
import { formatterFor, type OutputFormat } from '../format/formatter.ts';
import { languageOf } from '../person-language.ts';
import { loadManifest } from '../run/manifest.ts';
import { openOutput } from '../run/output.ts';
import { type RunEnd, runReadings } from '../run/run.ts';
import { listSources, namedPaths, type SourceFile } from '../run/sources.ts';
import { printable, wantsColour } from '../terminal.ts';
import { today } from '../today.ts';

export interface ReadOptions {
  format: OutputFormat;
  out?: string;
  jobs?: number;
  fromStdin?: boolean;
  withText?: boolean;
  lang?: MessageLanguage;
  asOf?: string;
  manifest?: string;
  failOn?: 'note' | 'warning' | 'error';
  timeout: number;
  memory: number;
  cache: boolean;
  quiet?: boolean;
}

/** Unreadable documents named one by one, so that a folder of ten thousand does not bury everything else. */
const FAILURES_SHOWN = 50;
const SEVERITY = { note: 0, warning: 1, error: 2 } as const;

/** `proviso read`: sets the process's exit code; see `proviso --help` for what it says. */
export async function readCommand(paths: string[], options: ReadOptions): Promise<void> {
  if (paths.length === 0 && !options.fromStdin) {
    throw new UsageError('read: name a file or a folder, as in "proviso read tenders/" (or use --from-stdin).');
  }
  if (options.fromStdin && paths.includes('-'))
    throw new UsageError('read: - and --from-stdin both want standard input.');
  const manifestFor = options.manifest ? await loadManifest(options.manifest) : undefined;
  const asOf = options.asOf ?? today();
  // What programs read must not depend on whose terminal it came from.
  const forPeople = options.format === 'pretty' || options.format === 'html';
  const language = options.lang ?? (forPeople ? languageOf(process.env) : 'en');
  const formatter = formatterFor(options.format, {
    color: options.out === undefined && wantsColour(process.stdout),
    width: process.stdout.columns ?? 100,
    language,
    asOf,
  });
  const scratch = paths.includes('-') ? await keepStandardInput() : null;
  const sources = options.fromStdin
    ? sourcesFromLines(process.stdin)
    : (await Promise.all(paths.map((path) => (path === '-' && scratch ? [scratch] : listSources([path]))))).flat();
  if (Array.isArray(sources) && sources.length === 0)
    throw new UsageError(`read: there is no document in ${namedPaths(paths)}.`);

  const output = openOutput(options.out, { styled: options.format === 'pretty' });
  let worst = -1;
  const failed: string[] = [];
  let end: RunEnd;
  try {
    const note = (reading: Reading): void => {
      for (const finding of reading.findings) worst = Math.max(worst, SEVERITY[finding.level]);
      const fatal = reading.problems.find((problem) => problem.fatal);
      if (fatal) failed.push(`${reading.source.path}: ${fatal.message}`);
    };
    await output.write(formatter.begin());
    end = await runReadings(
      sources,
      {
        jobs: options.jobs,
        asOf,
        language,
        // The report shows the sentence around each standard.
        withText: options.withText || options.format === 'html',
        timeoutSeconds: options.timeout,
        memoryMb: options.memory,
        useCache: options.cache,
        quiet: options.quiet,
        manifestFor,
      },
      async (reading) => {
        note(reading);
        await output.write(formatter.one(reading));
      },
    );
    await output.write(await formatter.end());
    if (end.interrupted) await output.abandon();
    else await output.close();
  } catch (error) {
    await output.abandon();
    throw error;
  } finally {
    if (scratch) await rm(dirname(scratch.path), { recursive: true, force: true });
  }
  report(end, failed, options);
  if (end.interrupted) process.exitCode = EXIT.interrupted;
  else if (options.failOn && worst >= SEVERITY[options.failOn]) process.exitCode = EXIT.findings;
  else if (end.unread > 0) process.exitCode = EXIT.partly;
}

function report(end: RunEnd, failed: readonly string[], options: ReadOptions): void {
  const say = (line: string): void => {
    process.stderr.write(`${line}\n`);
  };
  if (options.format !== 'pretty') {
    for (const line of failed.slice(0, FAILURES_SHOWN)) say(`not readable  ${printable(line)}`);
    if (failed.length > FAILURES_SHOWN)
      say(`not readable  ${failed.length - FAILURES_SHOWN} more; the output says why for each`);
  }
  if (end.interrupted)
    say(
      `Stopped after ${end.documents} document${end.documents === 1 ? '' : 's'}. Give the same command to go on; what was read is kept.`,
    );
  else if (!options.quiet && (options.out || process.stderr.isTTY)) {
    const rate = end.seconds > 0 ? end.documents / end.seconds : 0;
    say(
      `${end.documents} document${end.documents === 1 ? '' : 's'} in ${end.seconds.toFixed(1)} s (${rate.toFixed(1)}/s)${end.unread ? `, ${end.unread} not readable` : ''}.`,
    );
    if (options.out)
      say(`Written to ${printable(options.out)}${options.format === 'html' ? '; open it in a browser' : ''}.`);
  }
}

async function* sourcesFromLines(input: NodeJS.ReadableStream): AsyncGenerator<SourceFile> {
  for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    const path = line.trim();
    if (path !== '') yield* await listSources([path]);
  }
}

/** A document on standard input is kept in a private folder, since the readers open files. */
async function keepStandardInput(): Promise<SourceFile> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
  const bytes = Buffer.concat(chunks);
  const name = 'standard-input';
  const path = join(await mkdtemp(join(tmpdir(), 'proviso-')), name);
  await writeFile(path, bytes, { mode: 0o600 });
  return { path, name, bytes: bytes.length };
}
