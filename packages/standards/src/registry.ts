/** The registry as the rest of the house sees it: what a standard is, what came before and after it, and what holds on a day. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import type { Container } from './container.ts';
import { openContainer } from './container.ts';
import { type Adoptions, adoptedEdition, editionOf, splitEdition } from './editions.ts';
import { findWritten } from './find-written.ts';
import { ingredients } from './ingredients.ts';
import { openRecords, type StoredRecord } from './record-store.ts';
import { nearest } from './search.ts';
import { endOf, startOf, statusOn } from './status.ts';
import type { Standard, Status } from './types.ts';

/** The editions of a family; `current` is empty where the whole family is out of force. */
export interface FamilyView {
  current: Standard[];
  /** Oldest first. */
  members: Standard[];
}

export interface Registry {
  /** Edition and hash of the data: `2026-08-22+1a2b3c4d`. */
  readonly version: string;
  readonly size: number;
  /** Record by index, in the order the matcher was compiled with. */
  at(index: number): Standard;
  /** Index of an id, or -1. */
  indexOf(id: string): number;
  /** The record of an exact id; also of an edition that follows from one (`ETSI EN 303 645 V2.1.1`). */
  get(id: string): Standard | undefined;
  /** The record of an id or name as a person types it: `iso27001:2013`, `tlsv1.2`, `sp 800-53r4`, `ETSI TS 133 501`. */
  find(written: string): Standard | undefined;
  /** Every record, in order. */
  all(): IterableIterator<Standard>;
  /** At most `most` records whose id or title comes near to what was typed, best first. */
  search(written: string, most: number): Standard[];
  /** Editions of a family; a record without siblings is a family of one. Both lists are empty for an id that is neither. */
  family(id: string): FamilyView;
  /** An edition of a document that keeps one record for all its versions; undefined for other documents. */
  edition(id: string, version: string): Standard | undefined;
  /** What an adoption of that year holds, if known: `EN`, `ISO/IEC 27001`, `2017` → the 2013 text. */
  adopted(mark: string, family: string, year: string): Standard | undefined;
  /** Status on a day; `unknown` before publication. */
  statusAt(id: string, date: string): Status;
  /** Every hop from `id` to what is in force on `asOf`; empty where nothing has replaced it by then. */
  succession(id: string, asOf: string): string[];
  /** What changes `id` without replacing it, and what `id` changes. */
  updatedBy(id: string): string[];
  updates(id: string): string[];
  /** Records that count `id` among their members: concepts, series, baselines. */
  memberOf(id: string): string[];
  /** The compiled file, for what the matcher keeps there. */
  readonly container: Container;
}

/** Opens a compiled file as a registry. */
export function openRegistry(container: Container): Registry {
  const store = openRecords(container);
  const knownSince = String(store.facts.knownSince ?? '');
  let adoptions: Adoptions | undefined;
  let inverse: { updatedBy: Map<string, string[]>; memberOf: Map<string, string[]> } | undefined;

  const get = (id: string): StoredRecord | undefined => {
    const index = store.indexOf(id);
    if (index >= 0) return store.at(index);
    const parts = splitEdition(id);
    const document = parts && store.indexOf(parts.document);
    if (parts !== undefined && document !== undefined && document >= 0)
      return editionOf(store.at(document), parts.version);
    return undefined;
  };
  /** An edition by its version. One that has a record of its own is what that says, whatever follows from the list of versions. */
  const editionIn = (document: StoredRecord, version: string): StoredRecord | undefined => {
    const listed = editionOf(document, version);
    const own = listed === undefined ? -1 : store.indexOf(listed.id);
    return own >= 0 ? store.at(own) : listed;
  };
  const standards = (ids: string[]) => ids.map(get).filter((record) => record !== undefined);

  /** Of several replacements, the one that carries on: same family first, then what is no dead end, then the source's own order. */
  const nextOf = (record: Standard, asOf: string): Standard | undefined =>
    standards(record.replacedBy)
      .filter((other) => other.date === undefined || startOf(other.date) <= endOf(asOf))
      .map((other) => ({
        other,
        weight:
          (other.family !== undefined && other.family === record.family ? 4 : 0) +
          (other.status === 'current' || other.replacedBy.length > 0 ? 2 : 0) +
          (other.body === record.body ? 1 : 0),
      }))
      .sort((a, b) => b.weight - a.weight)[0]?.other;

  /** One pass over all records, on the first question that needs it. */
  const links = () => {
    if (inverse !== undefined) return inverse;
    inverse = { updatedBy: new Map(), memberOf: new Map() };
    const add = (map: Map<string, string[]>, key: string, id: string) => map.set(key, [...(map.get(key) ?? []), id]);
    for (let i = 0; i < store.size; i++) {
      const record = store.at(i);
      for (const id of record.updates) add(inverse.updatedBy, id, record.id);
      for (const id of record.members ?? []) add(inverse.memberOf, id, record.id);
    }
    return inverse;
  };

  const registry: Registry = {
    version: store.facts.version,
    size: store.size,
    container,
    at: store.at,
    indexOf: store.indexOf,
    get,
    find: (written) => findWritten(written, store, get, editionIn),
    *all() {
      for (let i = 0; i < store.size; i++) yield store.at(i);
    },
    search: (written, most) => nearest(written, most, registry.all()),
    family(id) {
      const found = store.family(id);
      if (found !== undefined) return { current: standards(found.current), members: standards(found.members) };
      const alone = get(id);
      if (alone === undefined) return { current: [], members: [] };
      return { current: alone.status === 'current' ? [alone] : [], members: [alone] };
    },
    edition(id, version) {
      const record = get(id);
      return record && editionIn(record, version);
    },
    adopted(mark, family, year) {
      adoptions ??= JSON.parse(container.text('adoptions')) as Adoptions;
      const id = adoptedEdition(adoptions, (candidate) => store.indexOf(candidate) >= 0, mark, family, year);
      return id === undefined ? undefined : get(id);
    },
    statusAt(id, date) {
      const record = get(id);
      return record === undefined ? 'unknown' : statusOn(record, date, get, knownSince);
    },
    succession(id, asOf) {
      const hops: string[] = [];
      const seen = new Set([id]);
      for (let record = get(id); record !== undefined; ) {
        const next: Standard | undefined = nextOf(record, asOf);
        if (next === undefined || seen.has(next.id)) break;
        seen.add(next.id);
        hops.push(next.id);
        record = get(next.id);
      }
      return hops;
    },
    updates: (id) => get(id)?.updates ?? [],
    updatedBy: (id) => links().updatedBy.get(id) ?? [],
    memberOf: (id) => links().memberOf.get(id) ?? [],
  };
  return registry;
}

/** The package's folder, its data and the compiled file. */
export const ROOT = join(import.meta.dirname, '..');
const COMPILED = join(ROOT, 'compiled', 'registry.bin');

let loaded: Registry | undefined;

/**
 * The registry of this checkout, opened once. Where the compiled file is missing or its ingredients have changed since, it is compiled
 * again in a child process; if that fails, throws with the compiler's words.
 */
export function loadRegistry(): Registry {
  loaded ??= openRegistry(upToDate() ?? compileAnew());
  return loaded;
}

/** The compiled file if it was made of what is there now; with `sizesOnly`, file times do not count. */
function upToDate(sizesOnly = false): Container | undefined {
  const comparable = (list: string) => (sizesOnly ? list.replace(/ [\d.]+$/gm, '') : list);
  try {
    const box = openContainer(COMPILED);
    return comparable(box.text('ingredients')) === comparable(ingredients(ROOT)) ? box : undefined;
  } catch {
    return undefined;
  }
}

function compileAnew(): Container {
  const run = spawnSync(process.execPath, [join(ROOT, 'src', 'compile.ts'), '--lenient'], { encoding: 'utf8' });
  if (run.status === 0) return openContainer(COMPILED);
  // A folder that may not be written, copied with new file times, still holds a good file.
  const copied = upToDate(true);
  if (copied === undefined) throw new Error(`The registry could not be compiled.\n${run.stderr}`);
  return copied;
}
