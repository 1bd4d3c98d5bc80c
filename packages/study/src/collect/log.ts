/** What became of one address in one run. */
export type Outcome =
  /** First copy. */
  | 'new'
  | 'unchanged'
  | 'changed'
  /** There was a copy, and now the place says that there is nothing (404, 410, no such file). */
  | 'vanished'
  /** Could not be had: a gap, never an answer. Earlier copies stay. */
  | 'not-collected';

/** One line of `snapshots/log.ndjson`, which is only ever added to. */
export interface CollectEvent {
  /** When the run began; the name of the run. */
  run: string;
  at: string;
  address: string;
  outcome: Outcome;
  /** HTTP status, null for a file or where no answer came. */
  status: number | null;
  /** Of the copy this address now has, which may be an earlier one; null where there never was one. */
  sha256: string | null;
  bytes: number | null;
  /** The copy, relative to the study folder. */
  file: string | null;
  contentType: string | null;
  etag: string | null;
  lastModified: string | null;
  finalAddress: string | null;
  /** Why it is not collected or has vanished. */
  reason: string | null;
}

/** The line that ends a run. */
export interface RunEnd {
  run: string;
  finished: string;
}

export interface CollectLog {
  events: CollectEvent[];
  finished: Set<string>;
}

/** Reads a log; a last line that a crash cut short is left out. */
export function parseLog(text: string): CollectLog {
  const log: CollectLog = { events: [], finished: new Set() };
  for (const line of text.split('\n')) {
    if (line === '') continue;
    let entry: CollectEvent | RunEnd;
    try {
      entry = JSON.parse(line) as CollectEvent | RunEnd;
    } catch {
      continue;
    }
    if ('finished' in entry) log.finished.add(entry.run);
    else log.events.push(entry);
  }
  return log;
}

/** The run that was begun and not ended, if the last one was. */
export function openRun(log: CollectLog): string | null {
  const last = log.events.at(-1)?.run;
  return last !== undefined && !log.finished.has(last) ? last : null;
}

/** The last event of each address. */
export function latestEvents(log: CollectLog): Map<string, CollectEvent> {
  return new Map(log.events.map((event) => [event.address, event]));
}

/** Events of the newest run. */
export function lastRun(log: CollectLog): CollectEvent[] {
  const run = log.events.at(-1)?.run;
  return log.events.filter((event) => event.run === run);
}

/** Runs in the order they were made. */
export function runsOf(log: CollectLog): string[] {
  return [...new Set(log.events.map((event) => event.run))];
}
