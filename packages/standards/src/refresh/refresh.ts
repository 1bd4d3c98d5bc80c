/** `proviso standards refresh`: brings in the bodies' own feeds. A feed that fails, or would break the data, leaves everything as it was. */
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { assemble } from '../assemble.ts';
import { loadNames } from '../names.ts';
import { type DataFile, loadDataFiles, readDataFile, writeDataFile } from '../records.ts';
import { readSelection, readStatusWords } from '../selection.ts';
import { gppFeed } from './3gpp.ts';
import { etsiFeed } from './etsi.ts';
import type { Feed, Get } from './feed.ts';
import { isoFeed } from './iso.ts';
import { ituFeed } from './itu.ts';
import { mergeLines } from './merge.ts';
import { nistFeed } from './nist.ts';
import { readUnfed } from './no-feed.ts';
import { rfcFeed } from './rfc.ts';
import { w3cFeed } from './w3c.ts';

/** In the order they are asked. The bodies without one are in data/no-feed.yaml. */
export const FEEDS: readonly Feed[] = [rfcFeed, nistFeed, isoFeed, w3cFeed, etsiFeed, ituFeed, gppFeed];

export interface RefreshOptions {
  fetch: typeof globalThis.fetch;
  /** Folder with `data` and `names`; the package's own when absent. */
  into?: string;
  /** Names of feeds; all when absent. */
  only?: readonly string[];
  /** Say what would change and write nothing. */
  dryRun?: boolean;
  feeds?: readonly Feed[];
}

export interface RefreshResult {
  body: string;
  /** False where something went wrong. A body without a feed is no failure. */
  ok: boolean;
  /** What is kept of this body now, and the day it is from; absent where it has no records here. */
  held?: { records: number; asOf: string };
  added: number;
  changed: number;
  removed: number;
  ids: { added: string[]; changed: string[]; removed: string[] };
  /** Why nothing was taken; empty when something was. */
  message: string;
}

const MOST_BYTES = 500e6;
const PATIENCE = 180_000;
const PAGE = /^[\s\u00ef\u00bb\u00bf]*<(?:!doctype html|html)\b/i;
/** Says who is asking: some sites answer only those who do. */
const HEADERS = { 'user-agent': 'Mozilla/5.0 (compatible; Proviso; standards refresh)', accept: '*/*' };
/** A feed that holds less than this share of what it held before is taken for cut off. */
const LEAST_SHARE = 0.9;

/** One address whole, and the day the server says it was made. */
async function getWhole(
  fetch: typeof globalThis.fetch,
  address: string,
  seen: (day: string) => void,
): Promise<Uint8Array> {
  const answer = await fetch(address, { headers: HEADERS, signal: AbortSignal.timeout(PATIENCE) }).catch((error) => {
    // The platform says only "fetch failed"; what failed is in the cause.
    const { message, cause } = error as Error;
    throw new Error(`${address} could not be reached: ${cause instanceof Error ? cause.message : message}`);
  });
  if (!answer.ok) throw new Error(`${address} answered ${answer.status}`);
  const made = new Date(answer.headers.get('last-modified') ?? answer.headers.get('date') ?? '');
  if (!Number.isNaN(made.getTime())) seen(made.toISOString().slice(0, 10));
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of answer.body ?? []) {
    size += part.length;
    if (size > MOST_BYTES) throw new Error(`${address} sent more than ${MOST_BYTES / 1e6} MB`);
    parts.push(part);
  }
  const whole = Buffer.concat(parts);
  // Every feed is data: a page says that it has moved, or that programs are not let in, whatever the site calls it.
  if (PAGE.test(whole.toString('latin1', 0, 200)))
    throw new Error(`${address} sent a web page: the feed may have moved, or the site turns programs away`);
  return whole;
}

/** Ids that anything outside `file` points to. */
function pointedAt(all: readonly DataFile[], names: ReturnType<typeof loadNames>, file: string): Set<string> {
  const out = new Set<string>();
  const add = (ids: readonly string[] | undefined) => {
    for (const id of ids ?? []) out.add(id);
  };
  for (const { header, lines } of all)
    for (const line of lines)
      if (header.file !== file || line.hand) {
        add(line.members);
        add(line.replacedBy);
        add(line.replaces);
        add(line.updates);
      }
  for (const thing of names.things) {
    add(thing.members);
    add(thing.replacedBy);
    add(thing.replaces);
    add(thing.editions);
  }
  return out;
}

const nothing = (body: string): RefreshResult => ({
  body,
  ok: false,
  added: 0,
  changed: 0,
  removed: 0,
  ids: { added: [], changed: [], removed: [] },
  message: '',
});

/** How many records a data file holds, and the day its header gives. */
function heldIn({ header, lines }: Pick<DataFile, 'header' | 'lines'>): { records: number; asOf: string } {
  return { records: lines.length, asOf: /\(([\d-]+)\)$/.exec(header.source)?.[1] ?? 'an unknown day' };
}

/** The feed's records merged into those held, as the text of a data file. Throws where the feed is cut off, or would break the data. */
function mergedFile(feed: Feed, parts: readonly Uint8Array[], held: DataFile, root: string, day: string | undefined) {
  const read = (name: string) => readFileSync(join(root, 'data', name), 'utf8');
  const fresh = feed.read(parts, {
    selection: readSelection(read('selection.yaml')),
    status: readStatusWords(read('status-words.yaml')),
    held: new Map(held.lines.map((line) => [line.id, line])),
  });
  const covered = held.lines.filter((line) => !line.hand && feed.covers(line.id)).length;
  if (fresh.length === 0 || fresh.length < covered * LEAST_SHARE)
    throw new Error(
      `the feed holds ${fresh.length} records where ${covered} were held, so it may be cut off; try again later`,
    );
  const names = loadNames(join(root, 'names'));
  const all = loadDataFiles(join(root, 'data'));
  const needed = pointedAt(all, names, feed.name);
  const mayGo = (id: string) => feed.keeps !== true && feed.covers(id);
  const merged = mergeLines(held.lines, fresh, mayGo, (id) => needed.has(id));
  const source = day === undefined ? held.header.source : held.header.source.replace(/ \(.*\)$/, ` (${day})`);
  const text = writeDataFile({ header: { ...held.header, source }, lines: merged.lines });
  const others = all.filter((file) => file.header.file !== feed.name);
  const faults = assemble([...others, readDataFile(text, feed.name)], names).faults;
  const before = assemble(all, names).faults;
  if (faults.length > before.length) {
    const first = faults.find((f) => !before.some((b) => b.entry === f.entry && b.message === f.message));
    throw new Error(`it would break the data: ${first?.entry}: ${first?.message}`);
  }
  return { merged, text, held: heldIn({ header: { ...held.header, source }, lines: merged.lines }) };
}

async function refreshOne(feed: Feed, options: RefreshOptions, root: string): Promise<RefreshResult> {
  const result = nothing(feed.name);
  try {
    const path = join(root, 'data', `${feed.name}.ndjson`);
    const held = readDataFile(readFileSync(path, 'utf8'), feed.name);
    result.held = heldIn(held);
    let day: string | undefined;
    const get: Get = (address) =>
      getWhole(options.fetch, address, (made) => {
        day = day === undefined || made > day ? made : day;
      });
    const fresh = mergedFile(feed, await feed.fetchParts(get), held, root, day);
    if (options.dryRun !== true) {
      writeFileSync(`${path}.part`, fresh.text);
      renameSync(`${path}.part`, path);
      result.held = fresh.held;
    }
    const { added, changed, removed } = fresh.merged;
    return {
      ...result,
      ok: true,
      added: added.length,
      changed: changed.length,
      removed: removed.length,
      ids: { added, changed, removed },
    };
  } catch (error) {
    return { ...result, message: (error as Error).message };
  }
}

/** What is said of the bodies without a feed: nothing went wrong, and nothing could be done. */
function unfedResults(root: string): RefreshResult[] {
  const path = join(root, 'data', 'no-feed.yaml');
  if (!existsSync(path)) return [];
  return readUnfed(readFileSync(path, 'utf8')).map(({ name, why, see }) => {
    const file = join(root, 'data', `${name}.ndjson`);
    const held = existsSync(file) ? heldIn(readDataFile(readFileSync(file, 'utf8'), name)) : undefined;
    return {
      ...nothing(name),
      ok: true,
      ...(held === undefined ? {} : { held }),
      message: `there is no open feed: ${why}; look at ${see}`,
    };
  });
}

/** Asks the feeds one after another; never throws. Names in `only` that are no body are reported as such. */
export async function refresh(options: RefreshOptions): Promise<RefreshResult[]> {
  const feeds = options.feeds ?? FEEDS;
  const root = options.into ?? join(import.meta.dirname, '..', '..');
  const isAsked = (name: string) => options.only === undefined || options.only.includes(name);
  const results: RefreshResult[] = [];
  for (const feed of feeds) if (isAsked(feed.name)) results.push(await refreshOne(feed, options, root));
  const unfed = unfedResults(root);
  results.push(...unfed.filter((result) => isAsked(result.body)));
  const known = [...feeds.map((feed) => feed.name), ...unfed.map((result) => result.body)];
  for (const name of options.only ?? [])
    if (!known.includes(name))
      results.push({ ...nothing(name), message: `no such body; there are ${known.join(', ')}` });
  return results;
}
