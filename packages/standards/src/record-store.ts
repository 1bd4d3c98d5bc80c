/** Records in the compiled file: numbers in typed arrays, text in one buffer, decoded one record at a time when it is asked for. */
import type { Family } from './assemble.ts';
import type { Container, Sections } from './container.ts';
import { type KeyTable, looseKey, openKeys, packKeys } from './id-keys.ts';
import type { RegistryRecord } from './records.ts';
import { CONFIDENCES, KINDS, STATUSES } from './shape.ts';
import type { Standard } from './types.ts';

const FIELD = '\x1f';
const ITEM = '\x1e';
const [CORE, LIST] = [1, 2];

/** A record as the registry hands it out. */
export interface StoredRecord extends Standard {
  updates: string[];
  versions: string[];
}

function numbering() {
  const seen = new Map<string, number>();
  return {
    of(word: string): number {
      const at = seen.get(word);
      if (at !== undefined) return at;
      seen.set(word, seen.size);
      return seen.size - 1;
    },
    words: () => [...seen.keys()],
  };
}

/** Text of many items with the offsets of each: section `name` and `name.at`. */
function packTexts(name: string, texts: string[]): Sections {
  const parts = texts.map((text) => Buffer.from(text, 'utf8'));
  const at = new Uint32Array(parts.length + 1);
  parts.forEach((part, index) => {
    at[index + 1] = (at[index] ?? 0) + part.length;
  });
  return { [name]: new Uint8Array(Buffer.concat(parts)), [`${name}.at`]: at };
}

/** The sections `records.*` and `families.*`. `aliases` are further ways to write an id, by index of the record. */
export function packRecords(
  records: readonly RegistryRecord[],
  families: readonly Family[],
  aliases: Iterable<readonly [string, number]>,
  facts: { version: string; [key: string]: unknown },
): Sections {
  const [bodies, sources, countries, topics] = [numbering(), numbering(), numbering(), numbering()];
  countries.of('');
  const numbers = new Uint16Array(records.length * 8);
  const texts = records.map((r, index) => {
    numbers.set(
      [
        STATUSES.indexOf(r.status),
        KINDS.indexOf(r.kind),
        CONFIDENCES.indexOf(r.confidence),
        (r.core ? CORE : 0) | (r.list ? LIST : 0),
        bodies.of(r.body),
        sources.of(r.source),
        countries.of(r.country ?? ''),
      ],
      index * 8,
    );
    return [
      r.id,
      r.title,
      r.edition ?? '',
      r.date ?? '',
      r.statusSince ?? '',
      r.statusNote ?? '',
      r.family ?? '',
      r.url ?? '',
      r.topics.map((topic) => topics.of(topic)).join(ITEM),
      r.replaces.join(ITEM),
      r.replacedBy.join(ITEM),
      r.members?.join(ITEM) ?? '',
      r.updates.join(ITEM),
      r.versions.join(ITEM),
    ].join(FIELD);
  });
  const index = new Map(records.map((r, i) => [r.id, i]));
  const familyIndex = new Map(families.map((family, i) => [family.id, i]));
  // What was named by hand comes before what was read from catalogues, and a record before the family of its name.
  const keys = records.map((r, i) => [looseKey(r.id), i] as const);
  const pairs = [
    ...keys.filter(([, i]) => records[i]?.hand),
    ...keys.filter(([, i]) => !records[i]?.hand),
    ...[...aliases].map(([name, i]) => [looseKey(name), i] as const),
    // A family's key leads to its edition in force.
    ...families.flatMap((family) => {
      const target = index.get(family.current.at(-1) ?? family.members.at(-1) ?? '');
      return target === undefined ? [] : [[looseKey(family.id), target] as const];
    }),
  ];
  return {
    'records.facts': JSON.stringify({
      ...facts,
      bodies: bodies.words(),
      sources: sources.words(),
      countries: countries.words(),
      topics: topics.words(),
    }),
    ...packTexts('records.text', texts),
    'records.numbers': numbers,
    'records.keys': packKeys(index, index.size),
    'records.loose': packKeys(pairs, pairs.length),
    'families.keys': packKeys(familyIndex, familyIndex.size),
    ...packTexts(
      'families.text',
      families.map((f) => [f.id, f.current.join(ITEM), f.members.join(ITEM)].join(FIELD)),
    ),
  };
}

export interface RecordStore {
  size: number;
  facts: { version: string; [key: string]: unknown };
  /** The record at an index. Throws RangeError past the end. The same object each time: do not change it. */
  at(index: number): StoredRecord;
  /** Exact id to index, or -1. */
  indexOf(id: string): number;
  /** Loosely written id or name to index, or -1. */
  looseIndexOf(text: string): number;
  family(id: string): Family | undefined;
}

const items = (text: string | undefined) => (text === undefined || text === '' ? [] : text.split(ITEM));

/** Opens the sections made by `packRecords`; reads nothing yet. */
export function openRecords(box: Container): RecordStore {
  const facts = JSON.parse(box.text('records.facts')) as RecordStore['facts'];
  const words = facts as unknown as Record<'bodies' | 'sources' | 'countries' | 'topics', string[]>;
  const [text, at, numbers] = [box.bytes('records.text'), box.u32('records.text.at'), box.u16('records.numbers')];
  const [familyText, familyAt] = [box.bytes('families.text'), box.u32('families.text.at')];
  const tables: Record<string, KeyTable> = {};
  const table = (name: string) => {
    tables[name] ??= openKeys(box.u32(name));
    return tables[name];
  };
  const size = at.length - 1;
  const decoded: (StoredRecord | undefined)[] = new Array(size);

  const decode = (index: number): StoredRecord => {
    if (!(index >= 0 && index < size)) throw new RangeError(`no record ${index}`);
    const fields = text.toString('utf8', at[index], at[index + 1]).split(FIELD);
    const [id = '', title = '', edition, date, since, note, family, url] = fields;
    const n = (k: number) => numbers[index * 8 + k] ?? 0;
    const flags = n(3);
    const members = items(fields[11]);
    const country = words.countries[n(6)];
    return {
      id,
      title,
      body: words.bodies[n(4)] ?? '',
      ...(edition ? { edition } : {}),
      ...(date ? { date } : {}),
      status: STATUSES[n(0)] ?? 'unknown',
      ...(since ? { statusSince: since } : {}),
      ...(note ? { statusNote: note } : {}),
      replaces: items(fields[9]),
      replacedBy: items(fields[10]),
      ...(family ? { family } : {}),
      kind: KINDS[n(1)] ?? 'standard',
      topics: items(fields[8]).map((topic) => words.topics[Number(topic)] ?? ''),
      core: (flags & CORE) !== 0,
      ...(flags & LIST ? { list: true } : {}),
      ...(members.length > 0 ? { members } : {}),
      ...(country ? { country } : {}),
      ...(url ? { url } : {}),
      source: words.sources[n(5)] ?? '',
      confidence: CONFIDENCES[n(2)] ?? 'low',
      updates: items(fields[12]),
      versions: items(fields[13]),
    };
  };
  return {
    size,
    facts,
    at: (index) => (decoded[index] ??= decode(index)),
    indexOf: (id) => table('records.keys').find(id),
    looseIndexOf: (given) => {
      const key = looseKey(given);
      return key === '' ? -1 : table('records.loose').find(key);
    },
    family: (id) => {
      const index = table('families.keys').find(id);
      if (index < 0) return undefined;
      const [name = '', current, members] = familyText
        .toString('utf8', familyAt[index], familyAt[index + 1])
        .split(FIELD);
      return { id: name, current: items(current), members: items(members) };
    },
  };
}
