import { readFile } from 'node:fs/promises';
import { relative, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { ManifestRow, MessageLanguage, Reading } from '@proviso/reading';
import { type Coding, codingSheet, drawSample, mergeCodings, parseCodings } from './codings.ts';
import { collect } from './collect/collect.ts';
import { type FetchConditions, type Fetched, fetchAddress } from './collect/fetch-address.ts';
import { type CollectEvent, latestEvents } from './collect/log.ts';
import { changesOf } from './compare.ts';
import { agreementOf, confirmationsOf } from './confirmation.ts';
import { StudyFolder } from './folder.ts';
import { withoutText } from './report/around.ts';
import type { NotCollected, ReportAgreement } from './report/data.ts';
import { renderReport } from './report/render.ts';
import { reportDataOf } from './report/report-data.ts';
import { isWebAddress, mergeSources, parseSources, type SourceEntry } from './sources.ts';
import { StudyError } from './study-error.ts';

/** Makes a study folder. @returns the files it made. @throws StudyError when there is one already. */
export function initStudy(folder: string, title: string): Promise<string[]> {
  return StudyFolder.init(folder, title);
}

export interface CollectStudyOptions {
  /** A list to add to the study's own: CSV or one address a line. Files in it are relative to the working directory. */
  list?: string;
  allowPrivate?: boolean;
  /** Clock: ISO 8601. */
  now(): string;
  onEvent?(event: CollectEvent, done: number, all: number): void;
  signal?: AbortSignal;
  /** For tests; default is the network. */
  fetch?(address: string, conditions: FetchConditions): Promise<Fetched>;
  wait?(ms: number): Promise<void>;
}

/**
 * Takes a dated copy of everything on the list.
 * @returns what became of each address.
 * @throws StudyError when the list is empty or has a mistake.
 */
export async function collectStudy(folder: string, options: CollectStudyOptions): Promise<CollectEvent[]> {
  const study = new StudyFolder(folder);
  await study.plan();
  if (options.list !== undefined) {
    const more = parseSources(await listText(options.list)).map((entry) => ({
      ...entry,
      address: fromStudy(study, entry.address),
    }));
    await study.writeSources(mergeSources(await study.sourceList(), more));
  }
  const entries = await study.sources();
  if (entries.length === 0)
    throw new StudyError('The list of sources is empty: add addresses to sources.csv, or give --list FILE.');
  const limits = { allowPrivate: options.allowPrivate === true };
  return collect(
    entries,
    await study.log(),
    {
      fetch: options.fetch ?? ((address, conditions) => fetchAddress(address, conditions, limits)),
      readFile: (path) => readFile(study.filePath(path)),
      keep: (body, extension) => study.keep(body, extension),
      append: (line) => study.append(line),
      now: options.now,
      wait: options.wait ?? ((ms) => pause(ms)),
    },
    { ...(options.onEvent && { onEvent: options.onEvent }), ...(options.signal && { signal: options.signal }) },
  );
}

async function listText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch {
    throw new StudyError(`The list ${path} cannot be opened. Check its name and whether you may read it.`);
  }
}

function fromStudy(study: StudyFolder, address: string): string {
  return isWebAddress(address) ? address : relative(study.path, resolve(address));
}

/** One copy to read. */
export interface StudyFile {
  /** Path of the copy. */
  file: string;
  /** What the study calls the document: its address. */
  address: string;
  sha256: string;
  bytes: number;
  /** What the list says of it. */
  manifest: ManifestRow;
}

export interface ReadStudyOptions {
  /** What counts as today when the plan does not say. */
  asOf: string;
  /** Reads the copies, handing each reading on; its `source.path` is the path of the copy, and with its `text` quotes get their sentence. */
  read(files: readonly StudyFile[], asOf: string, each: (reading: Reading) => void): Promise<void>;
}

/** Reads the newest copy of every document. @returns how many readings there are, and how many addresses have no copy. */
export async function readStudy(
  folder: string,
  options: ReadStudyOptions,
): Promise<{ readings: number; notCollected: number }> {
  const study = new StudyFolder(folder);
  const plan = await study.plan();
  const entries = await study.sources();
  const latest = latestEvents(await study.log());
  const files: StudyFile[] = [];
  for (const entry of entries) {
    const event = latest.get(entry.address);
    if (event?.sha256 == null || event.file === null) continue;
    files.push({
      file: study.at(event.file),
      address: entry.address,
      sha256: event.sha256,
      bytes: event.bytes ?? 0,
      manifest: manifestOf(entry),
    });
  }
  if (files.length === 0) throw new StudyError('There is nothing to read yet: proviso study collect comes first.');
  const byFile = new Map<string, StudyFile[]>();
  for (const file of files) byFile.set(file.file, [...(byFile.get(file.file) ?? []), file]);
  const first = [...byFile.values()].flatMap((same) => same.slice(0, 1));
  const readings = new Map<string, Reading[]>();
  const addressOf = (path: string): string | null => {
    const { copy, member } = placeOf(path);
    const file = byFile.get(copy)?.[0];
    return file ? file.address + member : null;
  };
  await options.read(first, plan.asOf ?? options.asOf, (reading) => {
    const kept = withoutText(reading);
    const { copy, member } = placeOf(reading.source.path);
    const same = byFile.get(copy) ?? [];
    // Addresses with one and the same copy share its reading; what the list says is the first one's.
    for (const [index, file] of same.entries()) {
      const original = reading.source.duplicateOf === null ? null : addressOf(reading.source.duplicateOf);
      const source = {
        ...reading.source,
        path: file.address + member,
        duplicateOf: index === 0 ? original : (same[0]?.address ?? '') + member,
      };
      readings.set(file.address, [...(readings.get(file.address) ?? []), { ...kept, source }]);
    }
  });
  const ordered = files.flatMap((file) => readings.get(file.address) ?? []);
  await study.writeReadings(ordered);
  return { readings: ordered.length, notCollected: entries.length - files.length };
}

/** A document inside an archive is called by the archive's path, `!/` and its name in there. */
function placeOf(path: string): { copy: string; member: string } {
  const at = path.indexOf('!/');
  return at < 0 ? { copy: path, member: '' } : { copy: path.slice(0, at), member: path.slice(at) };
}

function manifestOf(entry: SourceEntry): ManifestRow {
  return {
    date: entry.date || null,
    country: entry.country || null,
    publisher: entry.publisher || null,
    type: entry.type || null,
    title: entry.title || null,
    language: entry.language || null,
  };
}

/**
 * A coding sheet for one person.
 * @param options.share percent of the documents, drawn by the plan's seed; without it, all.
 * @returns the sheet as CSV.
 */
export async function sheetOfStudy(folder: string, options: { coder: string; share?: number }): Promise<string> {
  const study = new StudyFolder(folder);
  const plan = await study.plan();
  const readings = await readingsOf(study);
  const { codings } = await study.codings();
  const chosen = options.share === undefined ? readings : drawSample(readings, options.share, plan.seed);
  return codingSheet(chosen, options.coder, codings);
}

/**
 * Takes in a filled sheet or codings saved from the report.
 * @param options.coder whose they are, where the rows do not say; `settled` makes them decide where coders differ.
 * @returns how many codes came in, and from whom.
 * @throws StudyError that names the line that is wrong; then nothing is taken in.
 */
export async function importCodings(
  folder: string,
  options: { text: string; coder?: string; today: string },
): Promise<{ codes: number; coders: string[]; files: string[] }> {
  const study = new StudyFolder(folder);
  await study.plan();
  const settles = options.coder === 'settled';
  const incoming = parseCodings(options.text, settles ? '' : options.coder, options.today);
  if (incoming.length === 0)
    throw new StudyError('The sheet holds no codes: fill in the column "value", then import it.');
  const known = await study.codings();
  const files: string[] = [];
  const coders = [...new Set(incoming.map((coding) => coding.coder))];
  if (settles) files.push(await study.writeCodings('settled', mergeCodings(known.settled, incoming)));
  else {
    for (const coder of coders) {
      const own = (list: readonly Coding[]): Coding[] => list.filter((coding) => coding.coder === coder);
      files.push(await study.writeCodings(coder, mergeCodings(own(known.codings), own(incoming))));
    }
  }
  return { codes: incoming.length, coders, files };
}

/** How well people, and machine and people, agree; and how many codes were made on copies that have changed since. */
export async function agreementOfStudy(
  folder: string,
): Promise<{ agreement: ReportAgreement[]; onEarlierCopies: number }> {
  const study = new StudyFolder(folder);
  await study.plan();
  const readings = await readingsOf(study);
  const { codings, settled } = await study.codings();
  const { onEarlierCopies } = confirmationsOf(readings, codings, settled);
  return { agreement: agreementOf(readings, codings, settled), onEarlierCopies };
}

/** The study's report as HTML, in the plan's language unless another is asked for. */
export async function reportOfStudy(folder: string, options: { language?: MessageLanguage } = {}): Promise<string> {
  const study = new StudyFolder(folder);
  const plan = await study.plan();
  const readings = await readingsOf(study);
  const { codings, settled } = await study.codings();
  const log = await study.log();
  const data = reportDataOf(readings, {
    asOf: readings[0]?.asOf ?? plan.asOf ?? '',
    title: plan.title,
    question: plan.question,
    kind: 'study',
    confirmed: confirmationsOf(readings, codings, settled).confirmed,
    agreement: agreementOf(readings, codings, settled),
    changes: changesOf(log, readings, await study.readings('readings-before.ndjson')),
    notCollected: notCollectedOf(await study.sources(), latestEvents(log)),
  });
  return renderReport(data, { language: options.language ?? plan.language });
}

async function readingsOf(study: StudyFolder): Promise<Reading[]> {
  const readings = await study.readings();
  if (readings.length === 0) throw new StudyError('The study has not been read yet: proviso study read comes first.');
  return readings;
}

/** Addresses of which there is no copy; those never tried included. */
function notCollectedOf(entries: readonly SourceEntry[], latest: ReadonlyMap<string, CollectEvent>): NotCollected[] {
  return entries.flatMap((entry) => {
    const event = latest.get(entry.address);
    if (event?.sha256 != null) return [];
    const { address, title, country, publisher, type, language } = entry;
    return [{ address, title, country, publisher, type, language, reason: event?.reason ?? '', at: event?.at ?? '' }];
  });
}
