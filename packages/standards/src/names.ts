/** Reads and checks `names/*.yaml` (format: names/README.md): the named things and the series that have no catalogue of their own. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { checkRecord, type Fault, type Shape } from './shape.ts';
import type { Confidence, Kind, Status } from './types.ts';

/** Opens or closes a name by the words around it. Empty lists mean no gate. */
export interface Gate {
  /** One of these must stand within 200 characters of the mention. */
  needs: string[];
  /** None of these may stand within 60 characters of it. */
  not: string[];
}

export interface NamedThing extends Gate {
  id: string;
  /** Full title. */
  name: string;
  body: string;
  country?: string;
  kind: Kind;
  core: boolean;
  topics: string[];
  edition?: string;
  date?: string;
  status: Status;
  statusSince?: string;
  statusNote?: string;
  family?: string;
  /** Only on a family entry: its editions, the current one last. */
  editions: string[];
  replaces: string[];
  replacedBy: string[];
  members: string[];
  list: boolean;
  /** Every way it is written, by language; `*` is any language. */
  names: Record<string, string[]>;
  /** The names the gate is for; empty means all of them. A long form beside an acronym needs none. */
  gated: string[];
  url?: string;
  source: string;
  confidence: Confidence;
  /** File it was read from, for messages. */
  file: string;
}

/** What is known of one member of a series. */
export interface KnownMember {
  title?: string;
  /** Where it differs from the series. */
  core?: boolean;
  date?: string;
  status: Status;
  statusSince?: string;
  statusNote?: string;
  replaces: string[];
  replacedBy: string[];
}

export interface Series extends Gate {
  series: string;
  /** Source of a JavaScript regular expression for the flags `u` and `g`; compiled once when checked. */
  pattern: string;
  /** Id with `$1` … from the pattern's groups. */
  id: string;
  title: string;
  body: string;
  country?: string;
  kind: Kind;
  core: boolean;
  topics: string[];
  known: Record<string, KnownMember>;
  source: string;
  confidence: Confidence;
  file: string;
}

/** More names for a thing that another file defines, such as a law's names in further languages. */
export interface Addition extends Gate {
  /** Id of that thing. */
  extends: string;
  names: Record<string, string[]>;
  gated: string[];
  source: string;
  file: string;
}

export interface Names {
  things: NamedThing[];
  series: Series[];
  /** Still apart after `readNames`; `loadNames` adds them to their things. */
  additions: Addition[];
}

const GATE = { needs: 'strings', not: 'strings' } as const;
const WHAT = {
  body: 'string!',
  country: 'country',
  kind: 'kind!',
  core: 'boolean!',
  topics: 'strings',
  source: 'source!',
  confidence: 'confidence!',
} as const;
const WHEN = {
  date: 'date',
  status: 'status!',
  statusSince: 'date',
  statusNote: 'string',
  replaces: 'strings',
  replacedBy: 'strings',
} as const;

const THING: Shape = {
  id: 'string!',
  name: 'string!',
  edition: 'string',
  family: 'string',
  editions: 'strings',
  members: 'strings',
  list: 'boolean',
  names: 'names!',
  gated: 'strings',
  url: 'source',
  ...WHAT,
  ...WHEN,
  ...GATE,
};
const SERIES: Shape = {
  series: 'string!',
  pattern: 'pattern!',
  id: 'string!',
  title: 'string!',
  known: 'known',
  ...WHAT,
  ...GATE,
};
const ADDITION: Shape = { extends: 'string!', names: 'names!', gated: 'strings', source: 'source!', ...GATE };
const KNOWN: Shape = { title: 'string', core: 'boolean', ...WHEN };

const ABSENT = { needs: [], not: [], topics: [], replaces: [], replacedBy: [] };

/**
 * Checks one parsed file. Faults are collected, not thrown, so that a person sees all of them at once; an entry with a
 * fault is left out of the result.
 */
export function readNames(text: string, file: string): Names & { faults: Fault[] } {
  const out: Names & { faults: Fault[] } = { things: [], series: [], additions: [], faults: [] };
  const fault = (entry: string, message: string) => out.faults.push({ file, entry, message });
  let list: unknown;
  try {
    list = parse(text) ?? [];
  } catch (error) {
    fault('-', (error as Error).message);
    return out;
  }
  if (!Array.isArray(list)) {
    fault('-', 'the file must be a list of entries');
    return out;
  }
  list.forEach((entry: unknown, index) => {
    if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) {
      fault(`entry ${index + 1}`, 'must be a mapping');
      return;
    }
    const given = withTextDates(entry as Record<string, unknown>);
    const isSeries = 'series' in given;
    const isAddition = 'extends' in given;
    const label = String(given[isSeries ? 'series' : isAddition ? 'extends' : 'id'] ?? `entry ${index + 1}`);
    const shape = isSeries ? SERIES : isAddition ? ADDITION : THING;
    const faults = checkRecord(given, shape).map((message) => ({ file, entry: label, message }));
    if (isSeries)
      for (const [id, known] of Object.entries((given.known ?? {}) as Record<string, Record<string, unknown>>))
        faults.push(...checkRecord(withTextDates(known ?? {}), KNOWN).map((message) => ({ file, entry: id, message })));
    out.faults.push(...faults);
    if (faults.length > 0) return;
    if (isSeries) out.series.push(seriesFrom(given, file));
    else if (isAddition) out.additions.push({ needs: [], not: [], gated: [], ...given, file } as unknown as Addition);
    else
      out.things.push({
        ...ABSENT,
        editions: [],
        members: [],
        gated: [],
        list: false,
        ...given,
        file,
      } as unknown as NamedThing);
  });
  return out;
}

/** YAML reads a bare year as a number. */
function withTextDates(given: Record<string, unknown>): Record<string, unknown> {
  const out = { ...given };
  for (const key of ['date', 'statusSince']) if (Number.isInteger(out[key])) out[key] = String(out[key]);
  return out;
}

function seriesFrom(given: Record<string, unknown>, file: string): Series {
  const known = Object.fromEntries(
    Object.entries((given.known ?? {}) as Record<string, object>).map(([id, member]) => [
      id,
      { replaces: [], replacedBy: [], ...withTextDates({ ...member }) } as unknown as KnownMember,
    ]),
  );
  return { ...ABSENT, ...given, known, file } as unknown as Series;
}

/** All `*.yaml` of a folder, in the order of their names. Never throws for content: see `faults`. */
export function loadNames(folder: string): Names & { faults: Fault[] } {
  const all: Names & { faults: Fault[] } = { things: [], series: [], additions: [], faults: [] };
  for (const file of readdirSync(folder).sort()) {
    if (!file.endsWith('.yaml')) continue;
    const one = readNames(readFileSync(join(folder, file), 'utf8'), file);
    all.things.push(...one.things);
    all.series.push(...one.series);
    all.additions.push(...one.additions);
    all.faults.push(...one.faults);
  }
  // By id; else by a name, so that a law may be meant by its number.
  const byId = new Map(
    [...all.things].reverse().flatMap((thing) => (thing.names['*'] ?? []).map((name) => [name, thing] as const)),
  );
  for (const thing of all.things) byId.set(thing.id, thing);
  for (const addition of all.additions) {
    const thing = byId.get(addition.extends);
    if (thing) addTo(thing, addition);
    else
      all.faults.push({
        file: addition.file,
        entry: addition.extends,
        message: 'extends a thing that no file defines',
      });
  }
  return all;
}

const everyName = (names: Record<string, string[]>) => Object.values(names).flat();

/** Adds the names and the gate of `addition` to `thing`; a gate never spreads to the names of the other side. */
export function addTo(thing: NamedThing, addition: Addition): void {
  const gateOf = (side: Gate & { gated: string[]; names: Record<string, string[]> }) =>
    side.needs.length + side.not.length === 0 ? [] : side.gated.length > 0 ? side.gated : everyName(side.names);
  thing.gated = [...new Set([...gateOf(thing), ...gateOf(addition)])];
  thing.needs = [...new Set([...thing.needs, ...addition.needs])];
  thing.not = [...new Set([...thing.not, ...addition.not])];
  thing.names = { ...thing.names };
  for (const [language, names] of Object.entries(addition.names))
    thing.names[language] = [...new Set([...(thing.names[language] ?? []), ...names])];
}
