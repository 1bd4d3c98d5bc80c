import type { SourceEntry } from '../sources.ts';
import { isWebAddress } from '../sources.ts';
import { type FetchConditions, FetchError, type Fetched } from './fetch-address.ts';
import { type CollectEvent, type CollectLog, latestEvents, openRun } from './log.ts';

/** What collecting needs of the world. */
export interface CollectWorld {
  fetch(address: string, conditions: FetchConditions): Promise<Fetched>;
  /** Content of a file of the list; throws an error with code ENOENT when there is none. */
  readFile(path: string): Promise<Buffer>;
  /** Keeps content under its hash. @returns hash, and the path of the copy relative to the study folder. */
  keep(body: Buffer, extension: string): Promise<{ sha256: string; file: string }>;
  /** Adds one line to the log, safely on disk before it returns. */
  append(line: object): Promise<void>;
  now(): string;
  wait(ms: number): Promise<void>;
}

export interface CollectOptions {
  /** Pause between two requests to one host, in milliseconds. */
  pauseMs?: number;
  /** Hosts asked at the same time. */
  hosts?: number;
  onEvent?(event: CollectEvent, done: number, all: number): void;
  signal?: AbortSignal;
}

const PAUSE_MS = 1000;
const HOSTS = 4;

/**
 * Takes a dated copy of every address: one request at a time a host, only what changed since the last copy. A run that was stopped goes
 * on where it was. What cannot be had is logged as not collected, and earlier copies stay.
 * @returns the events of this run, those of its earlier part included.
 */
export async function collect(
  entries: readonly SourceEntry[],
  log: CollectLog,
  world: CollectWorld,
  options: CollectOptions = {},
): Promise<CollectEvent[]> {
  const run = openRun(log) ?? world.now();
  const done = log.events.filter((event) => event.run === run && event.outcome !== 'not-collected');
  const already = new Set(done.map((event) => event.address));
  const latest = latestEvents(log);
  const events = [...done];
  const queues = byHost(entries.filter((entry) => !already.has(entry.address)));

  const work = async (): Promise<void> => {
    for (let queue = queues.shift(); queue; queue = queues.shift()) {
      for (const [index, entry] of queue.entries()) {
        if (options.signal?.aborted) return;
        if (index > 0 && isWebAddress(entry.address)) await world.wait(options.pauseMs ?? PAUSE_MS);
        const event = await collectOne(entry.address, run, latest.get(entry.address) ?? null, world);
        await world.append(event);
        events.push(event);
        options.onEvent?.(event, events.length, entries.length);
      }
    }
  };
  await Promise.all(Array.from({ length: options.hosts ?? HOSTS }, work));
  if (!options.signal?.aborted) await world.append({ run, finished: world.now() });
  return events;
}

/** Entries in queues by host; files are one queue. */
function byHost(entries: readonly SourceEntry[]): SourceEntry[][] {
  const queues = new Map<string, SourceEntry[]>();
  for (const entry of entries) {
    const host = isWebAddress(entry.address) ? (URL.parse(entry.address)?.host ?? '') : '';
    const queue = queues.get(host);
    if (queue) queue.push(entry);
    else queues.set(host, [entry]);
  }
  return [...queues.values()];
}

async function collectOne(
  address: string,
  run: string,
  before: CollectEvent | null,
  world: CollectWorld,
): Promise<CollectEvent> {
  const event = (change: Partial<CollectEvent> & Pick<CollectEvent, 'outcome'>): CollectEvent => ({
    run,
    address,
    status: null,
    sha256: before?.sha256 ?? null,
    bytes: before?.bytes ?? null,
    file: before?.file ?? null,
    contentType: before?.contentType ?? null,
    etag: before?.etag ?? null,
    lastModified: before?.lastModified ?? null,
    finalAddress: before?.finalAddress ?? null,
    reason: null,
    at: world.now(),
    ...change,
  });
  const gone = (status: number | null, reason: string): CollectEvent =>
    event({ outcome: before?.sha256 ? 'vanished' : 'not-collected', status, reason });
  const copied = async (body: Buffer, facts: Partial<CollectEvent>, extension: string): Promise<CollectEvent> => {
    const { sha256, file } = await world.keep(body, extension);
    const outcome = before?.sha256 == null ? 'new' : before.sha256 === sha256 ? 'unchanged' : 'changed';
    return event({ ...facts, outcome, sha256, file, bytes: body.length });
  };

  try {
    if (!isWebAddress(address)) return await copied(await world.readFile(address), {}, extensionOf(address, null));
    const conditions: FetchConditions =
      before?.sha256 == null ? {} : { etag: before.etag ?? undefined, lastModified: before.lastModified ?? undefined };
    const answer = await world.fetch(address, conditions);
    const { status, contentType, etag, lastModified, finalAddress } = answer;
    if (status === 304 && before?.sha256 != null) return event({ outcome: 'unchanged', status });
    if (status === 404 || status === 410) return gone(status, `The server says that it is not there (${status}).`);
    if (status !== 200 || answer.body === null)
      return event({ outcome: 'not-collected', status, reason: `The server answered ${status}.` });
    if (answer.body.length === 0)
      return event({ outcome: 'not-collected', status, reason: 'The server sent nothing.' });
    return await copied(
      answer.body,
      { status, contentType, etag, lastModified, finalAddress },
      extensionOf(finalAddress, contentType),
    );
  } catch (error) {
    if (error instanceof FetchError) return event({ outcome: 'not-collected', reason: error.message });
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOENT') return gone(null, 'There is no such file.');
    if (code !== undefined && error instanceof Error) return event({ outcome: 'not-collected', reason: error.message });
    throw error;
  }
}

const EXTENSIONS: Record<string, string> = {
  'application/pdf': '.pdf',
  'text/html': '.html',
  'application/xhtml+xml': '.html',
  'application/json': '.json',
  'application/xml': '.xml',
  'text/xml': '.xml',
  'text/plain': '.txt',
  'text/markdown': '.md',
  'application/rtf': '.rtf',
  'application/msword': '.doc',
  'application/zip': '.zip',
  'message/rfc822': '.eml',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': '.docx',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': '.xlsx',
  'application/vnd.openxmlformats-officedocument.presentationml.presentation': '.pptx',
  'application/vnd.oasis.opendocument.text': '.odt',
  'application/vnd.oasis.opendocument.spreadsheet': '.ods',
};

/** The copy keeps the extension of its name, since formats of plain text are told by it; else the one of its media type. */
export function extensionOf(address: string, contentType: string | null): string {
  const path = isWebAddress(address) ? (URL.parse(address)?.pathname ?? '') : address;
  const own = /\.([a-z0-9]{1,8})$/i.exec(path)?.[0]?.toLowerCase();
  const typed = EXTENSIONS[contentType?.split(';')[0]?.trim().toLowerCase() ?? ''];
  if (own && !['.php', '.asp', '.aspx', '.jsp', '.do', '.cgi'].includes(own)) return own;
  return typed ?? '.bin';
}
