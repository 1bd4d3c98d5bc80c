/** From data files and names files to one list of records with both ends of every link, and the families they form. Pure. */
import { looseKey } from './id-keys.ts';
import type { Names } from './names.ts';
import { type DataFile, fillRecord, type RegistryRecord } from './records.ts';
import type { Fault } from './shape.ts';
import { STALE } from './stale.ts';
import type { Standard } from './types.ts';

export interface Family {
  id: string;
  /** In force, oldest first; more than one where a body keeps several. */
  current: string[];
  /** All editions, oldest first. */
  members: string[];
}

export interface Assembled {
  records: RegistryRecord[];
  families: Family[];
  faults: Fault[];
}

function fromNames(names: Names): RegistryRecord[] {
  const out: RegistryRecord[] = names.things.map((thing) => ({
    id: thing.id,
    title: thing.name,
    body: thing.body,
    ...(thing.edition === undefined ? {} : { edition: thing.edition }),
    ...(thing.date === undefined ? {} : { date: thing.date }),
    status: thing.status,
    ...(thing.statusSince === undefined ? {} : { statusSince: thing.statusSince }),
    ...(thing.statusNote === undefined ? {} : { statusNote: thing.statusNote }),
    replaces: thing.replaces,
    replacedBy: thing.replacedBy,
    ...(thing.family === undefined ? {} : { family: thing.family }),
    kind: thing.kind,
    topics: thing.topics,
    core: thing.core,
    ...(thing.list ? { list: true } : {}),
    ...(thing.members.length > 0 || thing.editions.length > 0
      ? { members: [...new Set([...thing.editions, ...thing.members])] }
      : {}),
    ...(thing.country === undefined ? {} : { country: thing.country }),
    ...(thing.url === undefined ? {} : { url: thing.url }),
    source: thing.source,
    confidence: thing.confidence,
    updates: [],
    versions: [],
    hand: true,
    file: thing.file,
  }));
  for (const series of names.series)
    for (const [id, known] of Object.entries(series.known))
      out.push({
        id,
        title: known.title ?? id,
        body: series.body,
        ...(known.date === undefined ? {} : { date: known.date }),
        status: known.status,
        ...(known.statusSince === undefined ? {} : { statusSince: known.statusSince }),
        ...(known.statusNote === undefined ? {} : { statusNote: known.statusNote }),
        replaces: known.replaces,
        replacedBy: known.replacedBy,
        kind: series.kind,
        topics: series.topics,
        core: known.core ?? series.core,
        ...(series.country === undefined ? {} : { country: series.country }),
        source: series.source,
        confidence: series.confidence,
        updates: [],
        versions: [],
        hand: true,
        file: series.file,
      });
  return out;
}

const byDate = (a: Standard, b: Standard) =>
  (a.date ?? '').localeCompare(b.date ?? '') || a.id.localeCompare(b.id, 'en', { numeric: true });

/** Adds the missing end of each link: who replaces knows whom, and the other way round. */
function joinEnds(byId: Map<string, RegistryRecord>): void {
  for (const record of byId.values()) {
    for (const id of record.replacedBy) {
      const other = byId.get(id);
      if (other && !other.replaces.includes(record.id)) other.replaces = [...other.replaces, record.id];
    }
    for (const id of record.replaces) {
      const other = byId.get(id);
      // Only where the old one is out of force; a body may keep both.
      if (other && STALE.has(other.status) && !other.replacedBy.includes(record.id))
        other.replacedBy = [...other.replacedBy, record.id];
    }
  }
}

/** A chain of replacements that comes back to where it began. */
function cycleFrom(start: RegistryRecord, byId: Map<string, RegistryRecord>): boolean {
  const seen = new Set<string>();
  const queue = [...start.replacedBy];
  for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
    if (id === start.id) return true;
    if (seen.has(id)) continue;
    seen.add(id);
    queue.push(...(byId.get(id)?.replacedBy ?? []));
  }
  return false;
}

function checkLinks(records: RegistryRecord[], byId: Map<string, RegistryRecord>, families: Set<string>): Fault[] {
  const faults: Fault[] = [];
  for (const record of records) {
    const fault = (message: string) => faults.push({ file: record.file, entry: record.id, message });
    for (const key of ['replacedBy', 'replaces', 'updates', 'members'] as const)
      for (const id of record[key] ?? [])
        if (!byId.has(id) && !families.has(id)) fault(`${key} names ${id}, which is in no file`);
    if (record.replacedBy.length > 0 && cycleFrom(record, byId)) fault('is replaced, in the end, by itself');
    if (record.confidence === 'low' && (STALE.has(record.status) || record.replacedBy.length > 0))
      fault('an entry of low confidence may not be called out of force: find a source, or say status: unknown');
    if (record.hand && record.replacedBy.length > 0 && record.status === 'current')
      fault('is current and has replacedBy: say which of the two holds');
  }
  return faults;
}

const PARTS = [
  /^((?:ISO|IEC|CISPR)(?:\/IEC)?(?:\/IEEE)?(?: TS| TR| PAS|\/TS|\/TR)? \d+)-\d/,
  /^(ETSI (?:EN|TS|TR|ES) \d{3} \d{3})-\d/,
  /^(3GPP T[SR] \d\d\.\d{3})-\d/,
  /^(NIST (?:SP|IR) \d+(?:-\d+)?) (?:Part|Vol\.) ?\d/,
];

/** One record for a standard in parts that is named as a whole (`IEC 62443`). */
function wholes(records: RegistryRecord[], taken: (id: string) => boolean): RegistryRecord[] {
  const groups = new Map<string, RegistryRecord[]>();
  for (const record of records)
    for (const form of PARTS) {
      const whole = form.exec(record.id)?.[1];
      if (whole !== undefined && !taken(whole)) groups.set(whole, [...(groups.get(whole) ?? []), record]);
    }
  return [...groups].flatMap(([id, parts]) => {
    const inForce = parts.filter((part) => part.status === 'current' && part.updates.length === 0);
    const shown = (inForce.length > 0 ? inForce : parts).sort(byDate);
    const last = shown.at(-1);
    if (last === undefined) return [];
    const { edition: _e, family: _f, url: _u, statusSince: _s, statusNote: _n, date: _d, ...rest } = last;
    return [
      {
        ...rest,
        id,
        title: last.title.split(/\s+[-–—]+\s+Part\s|;\s*Part\s|,?\s+Part \d/u)[0] ?? last.title,
        status: inForce.length > 0 ? ('current' as const) : last.status,
        replaces: [],
        replacedBy: [],
        topics: [...new Set(shown.flatMap((part) => part.topics))],
        core: shown.some((part) => part.core),
        members: shown.map((part) => part.id),
        updates: [],
        versions: [],
      },
    ];
  });
}

/** Hand-made links may be written loosely (`FIPS 140-3`): each becomes the exact id it can only mean. */
function exactLinks(records: Map<string, RegistryRecord>): void {
  const byKey = new Map<string, string>();
  for (const id of records.keys()) if (!byKey.has(looseKey(id))) byKey.set(looseKey(id), id);
  const exact = (id: string) => (records.has(id) ? id : (byKey.get(looseKey(id)) ?? id));
  for (const record of records.values()) {
    if (!record.hand) continue;
    record.replaces = record.replaces.map(exact);
    record.replacedBy = record.replacedBy.map(exact);
    if (record.members) record.members = record.members.map(exact);
  }
}

/** Puts it all together. A record with an id that is taken is left out, with a fault; a link that leads nowhere is dropped, with a fault. */
export function assemble(data: DataFile[], names: Names & { faults: Fault[] }): Assembled {
  const faults: Fault[] = [...data.flatMap((file) => file.faults), ...names.faults];
  const byId = new Map<string, RegistryRecord>();
  const given = [
    ...data.flatMap((file) => file.lines.map((line) => fillRecord(line, file.header))),
    ...fromNames(names),
  ];
  for (const record of given) {
    const other = byId.get(record.id);
    if (other === undefined) byId.set(record.id, record);
    else faults.push({ file: record.file, entry: record.id, message: `the id is taken by ${other.file}` });
  }
  exactLinks(byId);
  const families = new Map<string, RegistryRecord[]>();
  const join = (family: string, record: RegistryRecord) => {
    const list = families.get(family) ?? [];
    if (!list.includes(record)) families.set(family, [...list, record]);
  };
  for (const record of byId.values()) if (record.family !== undefined) join(record.family, record);
  for (const thing of names.things)
    for (const id of thing.editions) {
      const edition = byId.get(id);
      if (edition === undefined)
        faults.push({ file: thing.file, entry: thing.id, message: `editions names ${id}, which is in no file` });
      else {
        join(thing.id, edition);
        edition.family ??= thing.id;
      }
    }
  for (const whole of wholes([...byId.values()], (id) => byId.has(id) || families.has(id))) byId.set(whole.id, whole);
  joinEnds(byId);
  const records = [...byId.values()];
  faults.push(...checkLinks(records, byId, new Set(families.keys())));
  const exists = (id: string) => byId.has(id) || families.has(id);
  for (const record of records) {
    record.replacedBy = record.replacedBy.filter((id) => byId.has(id) && id !== record.id);
    record.replaces = record.replaces.filter((id) => byId.has(id) && id !== record.id);
    record.updates = record.updates.filter((id) => byId.has(id));
    if (record.members) record.members = record.members.filter(exists);
  }
  return {
    records,
    families: [...families].map(([id, list]) => {
      const members = list.sort(byDate);
      return {
        id,
        members: members.map((m) => m.id),
        current: members.filter((m) => m.status === 'current' && !(m.id === id && m.members)).map((m) => m.id),
      };
    }),
    faults,
  };
}
