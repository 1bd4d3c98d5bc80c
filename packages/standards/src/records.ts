/** The data files: one header line that says what holds for all, then one record a line that says only what differs. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkRecord, type Fault, type Shape } from './shape.ts';
import type { Confidence, Kind, Standard, Status } from './types.ts';

/** First line of a data file. `url` may use `$id`, the id in small letters without blanks. */
export interface FileHeader {
  file: string;
  body: string;
  /** Where the facts come from: an address and the day of the snapshot. */
  source: string;
  url?: string;
  kind: Kind;
  core: boolean;
  confidence: Confidence;
}

/** One further line. What is absent is empty, or as the header says. */
export interface RecordLine {
  id: string;
  title: string;
  body?: string;
  edition?: string;
  date?: string;
  status?: Status;
  since?: string;
  note?: string;
  replaces?: string[];
  replacedBy?: string[];
  /** Ids this one changes without replacing them. */
  updates?: string[];
  family?: string;
  kind?: Kind;
  core?: boolean;
  topics?: string[];
  members?: string[];
  list?: boolean;
  country?: string;
  /** Editions of a body that keeps one record for all of them, oldest first: `2.1.1 2020-06`, the date if known. */
  versions?: string[];
  url?: string;
  confidence?: Confidence;
  /** Made or corrected by hand: an import never changes or removes it. */
  hand?: true;
  /** Address that shows it, for hand-made lines; else the header's. */
  source?: string;
}

/** A record with everything filled in. */
export interface RegistryRecord extends Standard {
  updates: string[];
  versions: string[];
  hand: boolean;
  /** Data or names file it comes from. */
  file: string;
}

const HEADER: Shape = {
  file: 'string!',
  body: 'string!',
  source: 'string!',
  url: 'string',
  kind: 'kind!',
  core: 'boolean!',
  confidence: 'confidence!',
};
const LINE: Shape = {
  id: 'string!',
  title: 'string!',
  body: 'string',
  edition: 'string',
  date: 'date',
  status: 'status',
  since: 'date',
  note: 'string',
  replaces: 'strings',
  replacedBy: 'strings',
  updates: 'strings',
  family: 'string',
  kind: 'kind',
  core: 'boolean',
  topics: 'strings',
  members: 'strings',
  list: 'boolean',
  country: 'country',
  versions: 'strings',
  url: 'source',
  confidence: 'confidence',
  hand: 'boolean',
  source: 'source',
};

/** The record a line stands for. */
export function fillRecord(line: RecordLine, header: FileHeader): RegistryRecord {
  const url = line.url ?? header.url?.replace('$id', line.id.toLowerCase().replaceAll(' ', ''));
  return {
    id: line.id,
    title: line.title,
    body: line.body ?? header.body,
    ...(line.edition === undefined ? {} : { edition: line.edition }),
    ...(line.date === undefined ? {} : { date: line.date }),
    status: line.status ?? 'current',
    ...(line.since === undefined ? {} : { statusSince: line.since }),
    ...(line.note === undefined ? {} : { statusNote: line.note }),
    replaces: line.replaces ?? [],
    replacedBy: line.replacedBy ?? [],
    ...(line.family === undefined ? {} : { family: line.family }),
    kind: line.kind ?? header.kind,
    topics: line.topics ?? [],
    core: line.core ?? header.core,
    ...(line.list === true ? { list: true } : {}),
    ...(line.members === undefined ? {} : { members: line.members }),
    ...(line.country === undefined ? {} : { country: line.country }),
    ...(url === undefined ? {} : { url }),
    source: line.source ?? header.source,
    confidence: line.confidence ?? header.confidence,
    updates: line.updates ?? [],
    versions: line.versions ?? [],
    hand: line.hand ?? false,
    file: header.file,
  };
}

export interface DataFile {
  header: FileHeader;
  lines: RecordLine[];
  faults: Fault[];
}

/** Parses one data file. A line that is broken or of the wrong shape becomes a fault and is left out. */
export function readDataFile(text: string, file: string): DataFile {
  const faults: Fault[] = [];
  const parsed: Record<string, unknown>[] = [];
  text.split('\n').forEach((line, index) => {
    if (line === '') return;
    try {
      parsed.push(JSON.parse(line) as Record<string, unknown>);
    } catch (error) {
      faults.push({ file, entry: `line ${index + 1}`, message: (error as Error).message });
    }
  });
  const [first = {}, ...rest] = parsed;
  for (const message of checkRecord(first, HEADER)) faults.push({ file, entry: 'header', message });
  const lines = rest.filter((line) => {
    const wrong = checkRecord(line, LINE);
    for (const message of wrong) faults.push({ file, entry: String(line.id), message });
    return wrong.length === 0;
  });
  return { header: first as unknown as FileHeader, lines: lines as unknown as RecordLine[], faults };
}

/** The text of a data file; lines are kept in the order given. */
export function writeDataFile({ header, lines }: Pick<DataFile, 'header' | 'lines'>): string {
  return `${[header, ...lines].map((line) => JSON.stringify(line)).join('\n')}\n`;
}

/** All `*.ndjson` of a folder, in the order of their names. */
export function loadDataFiles(folder: string): DataFile[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.ndjson'))
    .sort()
    .map((file) => readDataFile(readFileSync(join(folder, file), 'utf8'), file));
}
