import { createWriteStream, statSync } from 'node:fs';
import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { finished } from 'node:stream/promises';
import { MESSAGE_LANGUAGES, type MessageLanguage, type Reading } from '@proviso/reading';
import { EXIT, UsageError } from '../exit.ts';
import { formatterFor, type OutputFormat } from '../format/formatter.ts';
import { loadManifest } from '../run/manifest.ts';
import { type RunEnd, runReadings } from '../run/run.ts';
import { listSources, type SourceFile } from '../run/sources.ts';
import { wantsColour } from '../terminal.ts';
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

const SEVERITY = { note: 0, warning: 1, error: 2 } as const;

/** `proviso read`: sets the process's exit code; see `proviso --help` for what it says. */
export async function readCommand(paths: string[], options: ReadOptions): Promise<void> {
  if (paths.length === 0 && !options.fromStdin) {
    throw new UsageError('read: name a file or a folder, as in "proviso read tenders/" (or use --from-stdin).');
  }
  if (options.fromStdin && paths.includes('-'))
    throw new UsageError('read: - and --from-stdin both want standard input.');
  if (options.out !== undefined && statSync(options.out, { throwIfNoEntry: false })?.isDirectory())
    throw new UsageError(`--out: ${options.out} is a folder; name a file.`);
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
    : await listSources(paths.map((p) => (p === '-' ? (scratch ?? p) : p)));
  if (Array.isArray(sources) && sources.length === 0)
    throw new UsageError(`read: there is no document in ${paths.join(', ')}.`);

  const output = openOutput(options.out);
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
      async (found) => {
        const reading = scratch ? nameStandardInput(found, scratch) : found;
        note(reading);
        await output.write(formatter.one(reading));
      },
    );
    await output.write(await formatter.end());
    if (end.interrupted) await output.abandon();
    else await output.close();
  } finally {
    if (scratch) await rm(dirname(scratch), { recursive: true, force: true });
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
  if (options.format !== 'pretty') for (const line of failed.slice(0, 50)) say(`not readable  ${line}`);
  if (end.interrupted)
    say(
      `Stopped after ${end.documents} document${end.documents === 1 ? '' : 's'}. Give the same command to go on; what was read is kept.`,
    );
  else if (!options.quiet && (options.out || process.stderr.isTTY)) {
    const rate = end.seconds > 0 ? end.documents / end.seconds : 0;
    say(
      `${end.documents} document${end.documents === 1 ? '' : 's'} in ${end.seconds.toFixed(1)} s (${rate.toFixed(1)}/s)${end.unread ? `, ${end.unread} not readable` : ''}.`,
    );
    if (options.out) say(`Written to ${options.out}${options.format === 'html' ? '; open it in a browser' : ''}.`);
  }
}

async function* sourcesFromLines(input: NodeJS.ReadableStream): AsyncGenerator<SourceFile> {
  for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    const path = line.trim();
    if (path !== '') yield* await listSources([path]);
  }
}

/** A document on standard input is kept in a private folder, since the readers open files. */
async function keepStandardInput(): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
  const path = join(await mkdtemp(join(tmpdir(), 'proviso-')), STANDARD_INPUT);
  await writeFile(path, Buffer.concat(chunks), { mode: 0o600 });
  return path;
}

/** A document from standard input, or out of an archive from there, goes by that name and not by where it was kept. */
function nameStandardInput(reading: Reading, scratch: string): Reading {
  const { path } = reading.source;
  if (!path.startsWith(scratch)) return reading;
  return { ...reading, source: { ...reading.source, path: `${STANDARD_INPUT}${path.slice(scratch.length)}` } };
}

const STANDARD_INPUT = 'standard-input';

interface Output {
  write(text: string): Promise<void>;
  close(): Promise<void>;
  abandon(): Promise<void>;
}

/** Standard output, or a file that appears under its name only when it is whole. */
function openOutput(file: string | undefined): Output {
  if (file === undefined) {
    return {
      write: (text) => writeTo(process.stdout, text),
      close: async () => {},
      abandon: async () => {},
    };
  }
  const draft = `${file}.part`;
  const stream = createWriteStream(draft);
  const opened = new Promise<void>((done, fail) => {
    stream.once('open', () => done());
    stream.once('error', () => fail(new UsageError(`--out: ${file} cannot be written.`)));
  });
  opened.catch(() => {});
  const finish = async (): Promise<void> => {
    stream.end();
    await finished(stream);
  };
  return {
    write: async (text) => {
      await opened;
      await writeTo(stream, text);
    },
    close: async () => {
      await opened;
      await finish();
      await rename(draft, file);
    },
    abandon: async () => {
      await finish();
      await rm(draft, { force: true });
    },
  };
}

function writeTo(stream: NodeJS.WritableStream, text: string): Promise<void> {
  if (text === '') return Promise.resolve();
  return new Promise((done) => {
    if (stream.write(text)) done();
    else stream.once('drain', () => done());
  });
}

/** The person's language by LC_ALL, LC_MESSAGES and LANG, as POSIX orders them; English when it is none of ours. */
function languageOf(env: NodeJS.ProcessEnv): MessageLanguage {
  const named = (env.LC_ALL ?? env.LC_MESSAGES ?? env.LANG ?? '').slice(0, 2).toLowerCase();
  return MESSAGE_LANGUAGES.find((language) => language === named) ?? 'en';
}
