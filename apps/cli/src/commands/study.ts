import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type MessageLanguage, SCALES } from '@proviso/reading';
import {
  agreementOfStudy,
  type CollectEvent,
  collectStudy,
  importCodings,
  initStudy,
  type ReportAgreement,
  readStudy,
  reportOfStudy,
  StudyError,
  sheetOfStudy,
} from '@proviso/study';
import { EXIT, UsageError, unwritten } from '../exit.ts';
import { DEFAULT_MEMORY_MB, DEFAULT_TIMEOUT_SECONDS } from '../run/limits.ts';
import { writeOutput } from '../run/output.ts';
import { runReadings } from '../run/run.ts';
import { printable } from '../terminal.ts';
import { today } from '../today.ts';

const say = (line: string): boolean => process.stdout.write(`${line}\n`);

/** `proviso study init FOLDER`. */
export async function initCommand(folder: string, options: { title?: string }): Promise<void> {
  const files = await asked(() => initStudy(folder, options.title ?? 'A study of procurement documents')).catch(
    (error: unknown) => {
      throw error instanceof Error && 'code' in error ? unwritten(folder, error, false) : error;
    },
  );
  say(`The study is in ${folder}:`);
  for (const file of files) say(`  ${file}`);
  say('\nFill in sources.csv, then:');
  for (const step of ['collect', 'read', 'code', 'report']) say(`  proviso study ${step} ${folder}`);
}

/** `proviso study collect FOLDER`: says what is new, changed, gone and not collected; exit 3 when something was not collected. */
export async function collectCommand(
  folder: string,
  options: { list?: string; allowPrivate?: boolean },
): Promise<void> {
  const stop = new AbortController();
  const onInterrupt = (): void => (stop.signal.aborted ? process.exit(EXIT.interrupted) : stop.abort());
  process.on('SIGINT', onInterrupt);
  const progress = process.stderr.isTTY === true;
  try {
    const events = await asked(() =>
      collectStudy(folder, {
        ...(options.list === undefined ? {} : { list: options.list }),
        allowPrivate: options.allowPrivate === true,
        now: () => new Date().toISOString(),
        signal: stop.signal,
        onEvent: (event, done, all) => {
          if (progress)
            process.stderr.write(
              `\r\u001b[2K${printable(`${done}/${all} ${event.outcome} ${event.address}`).slice(0, (process.stderr.columns ?? 80) - 1)}`,
            );
        },
      }),
    );
    if (progress) process.stderr.write('\r\u001b[2K');
    summarise(events);
    if (stop.signal.aborted) {
      process.stderr.write('Stopped. Give the same command to go on.\n');
      process.exitCode = EXIT.interrupted;
    } else if (events.some((event) => event.sha256 === null)) process.exitCode = EXIT.partly;
  } finally {
    process.off('SIGINT', onInterrupt);
  }
}

function summarise(events: readonly CollectEvent[]): void {
  const count = new Map<string, number>();
  for (const event of events) count.set(event.outcome, (count.get(event.outcome) ?? 0) + 1);
  say(`${events.length} addresses: ${[...count].map(([outcome, n]) => `${n} ${outcome}`).join(', ')}.`);
  for (const event of events) {
    if (event.outcome !== 'unchanged')
      say(`  ${event.outcome.padEnd(14)} ${printable(`${event.address}${event.reason ? ` (${event.reason})` : ''}`)}`);
  }
}

/** `proviso study read FOLDER`. */
export async function readStudyCommand(folder: string, options: { asOf?: string; jobs?: number }): Promise<void> {
  let interrupted = false;
  let unread = 0;
  const result = await asked(() =>
    readStudy(folder, {
      asOf: options.asOf ?? today(),
      read: async (files, asOf, each) => {
        const byPath = new Map(files.map((file) => [file.file, file]));
        const end = await runReadings(
          files.map((file) => ({ path: file.file, bytes: file.bytes })),
          {
            asOf,
            jobs: options.jobs,
            timeoutSeconds: DEFAULT_TIMEOUT_SECONDS,
            memoryMb: DEFAULT_MEMORY_MB,
            useCache: true,
            withText: true,
            manifestFor: (_, path) => byPath.get(path)?.manifest ?? null,
          },
          each,
        );
        interrupted = end.interrupted;
        unread = end.unread;
        // A half-read study must not stand in for the last whole one.
        if (end.interrupted) throw new StudyError('Stopped. Give the same command to go on; what was read is kept.');
      },
    }),
  ).catch((error: unknown) => {
    if (!interrupted) throw error;
    process.stderr.write(`${printable(error instanceof Error ? error.message : String(error))}\n`);
    process.exitCode = EXIT.interrupted;
    return null;
  });
  if (!result) return;
  const notes = [
    unread > 0 ? `${unread} not readable` : '',
    result.notCollected > 0 ? `${result.notCollected} not collected` : '',
  ];
  say(
    `${result.readings} documents read${notes
      .filter((note) => note)
      .map((note) => `, ${note}`)
      .join('')}.`,
  );
  if (unread > 0) process.exitCode = EXIT.partly;
}

/** `proviso study code FOLDER`: a sheet out, a sheet in, or the agreement so far. */
export async function codeCommand(
  folder: string,
  options: { coder?: string; sheet?: string; import?: string; share?: number; json?: boolean },
): Promise<void> {
  if (options.sheet !== undefined) {
    const { coder, sheet } = options;
    if (!coder) throw new UsageError('study code: say who codes, with --coder NAME.');
    const text = await asked(() =>
      sheetOfStudy(folder, { coder, ...(options.share === undefined ? {} : { share: options.share }) }),
    );
    await writeOutput(sheet, text);
    say(`Sheet for ${coder} written to ${sheet}. Fill in the column "value" where you have read the document:`);
    for (const question of ['scope', 'security', 'standards'] as const)
      say(`  ${question.padEnd(10)} ${SCALES[question].join(', ')}`);
    say(`Then: proviso study code ${folder} --import ${sheet}`);
    return;
  }
  if (options.import !== undefined) {
    const file = options.import;
    const text = await readFile(file, 'utf8').catch(() => {
      throw new UsageError(`study code: ${file} cannot be opened. Check its name and whether you may read it.`);
    });
    const taken = await asked(() =>
      importCodings(folder, { text, today: today(), ...(options.coder ? { coder: options.coder } : {}) }),
    );
    say(
      taken.codes === 0
        ? `There is no code in ${file}: fill in its column "value" first.`
        : `${taken.codes} codes taken in from ${printable(taken.coders.join(', '))}.`,
    );
  } else if (options.coder !== undefined || options.share !== undefined) {
    throw new UsageError('study code: --coder and --share go with --sheet FILE, to write a sheet, or --import FILE.');
  }
  const { agreement, onEarlierCopies } = await asked(() => agreementOfStudy(folder));
  if (options.json) {
    await writeOutput(undefined, `${JSON.stringify({ agreement, onEarlierCopies }, null, 2)}\n`);
    return;
  }
  if (agreement.length === 0) say('No codes by people yet: proviso study code FOLDER --coder NAME --sheet FILE');
  for (const row of agreement) say(agreementLine(row));
  if (onEarlierCopies > 0)
    say(`${onEarlierCopies} codes were made on copies that have changed since; they do not count.`);
}

/** `scope     machine against people   40 documents   agree 93 %   kappa 0.85   weighted 0.90   alpha 0.86`. */
function agreementLine(row: ReportAgreement): string {
  const figure = (name: string, value: number | null): string => `${name} ${value === null ? '–' : value.toFixed(2)}`;
  const sides = row.between === 'people' ? 'between people' : 'machine against people';
  const share = row.percent === null ? '–' : `${Math.round(row.percent * 100)} %`;
  return [
    row.question.padEnd(10),
    sides.padEnd(23),
    `${row.units} documents`,
    `agree ${share}`,
    figure('kappa', row.kappa),
    figure('weighted', row.weightedKappa),
    figure('alpha', row.alpha),
  ].join('  ');
}

/** `proviso study report FOLDER`. */
export async function reportCommand(folder: string, options: { out?: string; lang?: MessageLanguage }): Promise<void> {
  const html = await asked(() => reportOfStudy(folder, options.lang ? { language: options.lang } : {}));
  const out = options.out ?? join(folder, 'report.html');
  await writeOutput(out, html);
  say(`The report is in ${out}; open it in a browser.`);
}

/** A study's own complaint is one a person can act on. */
async function asked<Value>(work: () => Promise<Value>): Promise<Value> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof StudyError) throw new UsageError(error.message);
    throw error;
  }
}
