/** `proviso standards refresh`: brings in the bodies' own feeds. A feed that fails, or would break the data, leaves everything as it was. */
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { assemble } from '../assemble.ts';
import { loadNames } from '../names.ts';
import { type DataFile, loadDataFiles, readDataFile, writeDataFile } from '../records.ts';
import { readSelection, readStatusWords } from '../selection.ts';
import { etsiFeed } from './etsi.ts';
import type { Feed, Get } from './feed.ts';
import { isoFeed } from './iso.ts';
import { mergeLines } from './merge.ts';
import { nistFeed } from './nist.ts';
import { rfcFeed } from './rfc.ts';
import { w3cFeed } from './w3c.ts';

/** In the order they are asked. IEC, ITU, IEEE, 3GPP and OASIS have no open feed of the whole. */
const FEEDS: readonly Feed[] = [rfcFeed, nistFeed, isoFeed, w3cFeed, etsiFeed];

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
  ok: boolean;
  added: number;
  changed: number;
  removed: number;
  ids: { added: string[]; changed: string[]; removed: string[] };
  /** Why nothing was taken; empty when something could be. */
  message: string;
}

const MOST_BYTES = 500e6;
const PATIENCE = 180_000;
/** A feed that holds less than this share of what it held before is taken for cut off. */
const LEAST_SHARE = 0.9;

/** One address whole, and the day the server says it was made. */
async function getWhole(
  fetch: typeof globalThis.fetch,
  address: string,
  seen: (day: string) => void,
): Promise<Uint8Array> {
  const answer = await fetch(address, { signal: AbortSignal.timeout(PATIENCE) });
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
  return Buffer.concat(parts);
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

async function refreshOne(feed: Feed, options: RefreshOptions, root: string): Promise<RefreshResult> {
  const result: RefreshResult = {
    body: feed.name,
    ok: false,
    added: 0,
    changed: 0,
    removed: 0,
    ids: { added: [], changed: [], removed: [] },
    message: '',
  };
  try {
    const path = join(root, 'data', `${feed.name}.ndjson`);
    const held = readDataFile(readFileSync(path, 'utf8'), feed.name);
    const read = (name: string) => readFileSync(join(root, 'data', name), 'utf8');
    let day: string | undefined;
    const get: Get = (address) =>
      getWhole(options.fetch, address, (made) => {
        day = day === undefined || made > day ? made : day;
      });
    const parts = await feed.fetchParts(get);
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
    const merged = mergeLines(held.lines, fresh, feed.covers, (id) => needed.has(id));
    const source = day === undefined ? held.header.source : held.header.source.replace(/ \(.*\)$/, ` (${day})`);
    const text = writeDataFile({ header: { ...held.header, source }, lines: merged.lines });
    const others = all.filter((file) => file.header.file !== feed.name);
    const faults = assemble([...others, readDataFile(text, feed.name)], names).faults;
    const before = assemble(all, names).faults;
    if (faults.length > before.length) {
      const first = faults.find((f) => !before.some((b) => b.entry === f.entry && b.message === f.message));
      throw new Error(`it would break the data: ${first?.entry}: ${first?.message}`);
    }
    if (options.dryRun !== true) {
      writeFileSync(`${path}.part`, text);
      renameSync(`${path}.part`, path);
    }
    const { added, changed, removed } = merged;
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

/** Asks the feeds one after another; never throws. Names in `only` that are no feed are reported as such. */
export async function refresh(options: RefreshOptions): Promise<RefreshResult[]> {
  const feeds = options.feeds ?? FEEDS;
  const root = options.into ?? join(import.meta.dirname, '..', '..');
  const results: RefreshResult[] = [];
  for (const feed of feeds)
    if (options.only === undefined || options.only.includes(feed.name))
      results.push(await refreshOne(feed, options, root));
  for (const name of options.only ?? [])
    if (!feeds.some((feed) => feed.name === name))
      results.push({
        body: name,
        ok: false,
        added: 0,
        changed: 0,
        removed: 0,
        ids: { added: [], changed: [], removed: [] },
        message: `no such feed; there are ${feeds.map((feed) => feed.name).join(', ')}`,
      });
  return results;
}
