/**
 * Brings a snapshot of bibliographic records into `data/`. Run by hand: `node src/import-snapshot.ts FOLDER`. What is taken and what is
 * said of it is in `data/selection.yaml` and `data/status-words.yaml`; lines marked `hand` stay as they are.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type FileHeader, type RecordLine, readDataFile, writeDataFile } from './records.ts';
import { readSelection, readStatusWords } from './selection.ts';
import type { Status } from './types.ts';

/** A record as the snapshot has it. */
interface Raw {
  id: string;
  title?: string;
  body?: string;
  date?: string;
  status: string;
  stage?: string;
  level?: string;
  tc?: string;
  obsoletes?: string[];
  obsoletedBy?: string[];
  updates?: string[];
  updatedBy?: string[];
  amends?: string[];
  amendedBy?: string[];
  includes?: string[];
  series?: string | string[];
  withdrawnDate?: string;
  firstPublished?: string;
  currentVersion?: string;
  currentRelease?: string;
  versions?: string[];
  versionsAdd?: string[];
  note?: string;
  url?: string;
  deprecatedBy?: string[];
  confidence?: string;
  op?: string;
}

const HEADERS: Record<string, Omit<FileHeader, 'file' | 'core' | 'confidence'>> = {
  rfc: {
    body: 'IETF',
    kind: 'standard',
    url: 'https://www.rfc-editor.org/info/$id',
    source: 'https://www.rfc-editor.org/rfc-index.xml (2026-08-21)',
  },
  nist: { body: 'NIST', kind: 'standard', source: 'https://csrc.nist.gov/publications (2026-05-11)' },
  iso: { body: 'ISO', kind: 'standard', source: 'https://www.iso.org/open-data.html (2025-06-02)' },
  iec: { body: 'IEC', kind: 'standard', source: 'https://webstore.iec.ch/ (2026-03-15)' },
  etsi: { body: 'ETSI', kind: 'standard', source: 'https://www.etsi.org/standards (2026-05-01)' },
  itu: { body: 'ITU-T', kind: 'standard', source: 'https://www.itu.int/rec/T-REC (2026-08-22)' },
  ieee: { body: 'IEEE', kind: 'standard', source: 'https://standards.ieee.org/ (2025-08-31)' },
  '3gpp': { body: '3GPP', kind: 'standard', source: 'https://www.3gpp.org/dynareport (2025-12-12)' },
  oasis: { body: 'OASIS', kind: 'standard', source: 'https://www.oasis-open.org/standards/ (2025-02-12)' },
  w3c: { body: 'W3C', kind: 'standard', source: 'https://www.w3.org/TR/ (2026-05-20)' },
};

/** Applies the patches and additions that are newer than the snapshot. */
function overlay(raws: Map<string, Raw[]>, patches: Raw[]): void {
  const fileOf = (id: string) =>
    id.startsWith('ISO') ? 'iso' : id.startsWith('IEEE') ? 'ieee' : id.startsWith('NIST') ? 'nist' : 'etsi';
  for (const patch of patches) {
    const { op, versionsAdd, confidence: _, ...rest } = patch;
    if (op === 'add') raws.get(fileOf(patch.id))?.push(rest);
    else if (op === 'patch')
      for (const list of raws.values()) {
        const found = list.find((raw) => raw.id === patch.id);
        if (found)
          Object.assign(found, rest, versionsAdd ? { versions: [...(found.versions ?? []), ...versionsAdd] } : {});
      }
  }
}

/** `2.1.1 (2020-06)`, `REL-15/15.9.0 (2020-07-10)`, `10/2019` → `version date`, as far as known; oldest first, without repeats. */
function versionsOf(raw: Raw): string[] {
  const out = new Map<string, string>();
  for (const given of [...(raw.versions ?? []), raw.currentVersion ?? '']) {
    const month = /^(\d{2})\/(\d{4})$/.exec(given);
    if (month) {
      out.set(`${month[2]}-${month[1]}`, '');
      continue;
    }
    const [, version, date] = /^(?:[A-Za-z-]*\d+\/)?(\d+\.\d+\.\d+)(?: \((\d{4}(?:-\d\d){0,2})\))?$/.exec(given) ?? [];
    if (version !== undefined) out.set(version, date ?? out.get(version) ?? '');
  }
  const parts = (v: string) => v.split(/[.-]/).map(Number);
  return [...out]
    .sort(([a], [b]) => {
      const [x, y] = [parts(a), parts(b)];
      for (let i = 0; i < 3; i++) if ((x[i] ?? 0) !== (y[i] ?? 0)) return (x[i] ?? 0) - (y[i] ?? 0);
      return 0;
    })
    .map(([version, date]) => (date ? `${version} ${date}` : version));
}

const folder = process.argv[2];
if (folder === undefined) {
  console.error('Say which folder holds the snapshot: node src/import-snapshot.ts FOLDER');
  process.exit(2);
}
const here = join(import.meta.dirname, '..', 'data');
const selection = readSelection(readFileSync(join(here, 'selection.yaml'), 'utf8'));
const { words, stages } = readStatusWords(readFileSync(join(here, 'status-words.yaml'), 'utf8'));
const read = (name: string) =>
  readFileSync(join(folder, `${name}.ndjson`), 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Raw);

const raws = new Map(Object.keys(HEADERS).map((name) => [name, read(name)]));
overlay(raws, read('overlay'));
const families = new Map<string, string>();
for (const family of read('families') as unknown as { id: string; members: string[] }[])
  for (const member of family.members) families.set(member, family.id);

const byId = new Map<string, { name: string; raw: Raw }>();
for (const [name, list] of raws)
  for (const raw of list) if (!byId.has(raw.id) && !selection.dropped(name, raw)) byId.set(raw.id, { name, raw });

// Take what the rules name, then follow the links of what is taken, so that no chain is cut.
const taken = new Set<string>();
for (const [name, list] of raws)
  for (const raw of list) if (byId.get(raw.id)?.raw === raw && selection.wanted(name, raw)) taken.add(raw.id);
const queue = [...taken];
for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
  const raw = byId.get(id)?.raw;
  for (const next of [...(raw?.obsoletedBy ?? []), ...(raw?.obsoletes ?? [])])
    if (byId.has(next) && !taken.has(next)) {
      taken.add(next);
      queue.push(next);
    }
}

const handMade = new Map(
  [...raws.keys()].map((name) => {
    const path = join(here, `${name}.ndjson`);
    const lines = existsSync(path) ? readDataFile(readFileSync(path, 'utf8'), name).lines : [];
    return [name, lines.filter((line) => line.hand)];
  }),
);
const handIds = new Set([...handMade.values()].flat().map((line) => line.id));
const known = (ids: string[] | undefined, self: string) =>
  [...new Set(ids ?? [])].filter((id) => (taken.has(id) || handIds.has(id)) && id !== self);
const finalOf = (id: string) => id.replace(/-CS\d\d(?=$|-)/, '');

/** A Recommendation of W3C that has a newer version and was not superseded by it. */
const isKeptBeside = (raw: Raw | undefined, name: string) => name === 'w3c' && raw?.stage === 'Recommendation';

/** Status, the day it holds from, and why, in our words. */
function statusOf(raw: Raw, name: string): Pick<RecordLine, 'status' | 'since' | 'note' | 'replacedBy'> {
  const mapped = words[raw.status];
  let status = (mapped?.status ?? raw.status) as Status;
  let note = mapped?.note ?? (name === 'w3c' || raw.op !== undefined ? undefined : raw.note);
  let replacedBy = known(raw.obsoletedBy, raw.id).map((id) => (taken.has(finalOf(id)) ? finalOf(id) : id));
  replacedBy = [...new Set(replacedBy)].filter((id) => id !== raw.id);
  let since = raw.withdrawnDate;
  if (name === 'w3c') {
    if (status === 'current' && raw.stage !== undefined && stages[raw.stage] !== undefined) {
      status = stages[raw.stage] as Status;
      note = `W3C: ${raw.stage}`;
    }
    // A draft does not put a Recommendation out of force.
    const isDraft = (id: string) => (stages[byId.get(id)?.raw.stage ?? ''] ?? '') === 'draft';
    if (status === 'superseded' && replacedBy.length > 0 && replacedBy.every(isDraft)) {
      status = 'current';
      note = `A newer version is in draft: ${replacedBy.join(', ')}`;
      replacedBy = [];
    }
    // W3C has a word for what it supersedes; what does not bear it holds beside the newer one.
    if (isKeptBeside(raw, name) && status === 'superseded') {
      status = 'current';
      note = `W3C keeps it as a Recommendation beside the newer ${replacedBy.join(', ')}.`;
      replacedBy = [];
    }
  }
  if (raw.level === 'HISTORIC') status = 'historic';
  if (name === 'oasis' && status === 'current' && finalOf(raw.id) !== raw.id && taken.has(finalOf(raw.id))) {
    status = 'superseded';
    replacedBy = [finalOf(raw.id)];
  }
  const deprecator = raw.deprecatedBy?.[0];
  if (deprecator !== undefined) {
    since ??= byId.get(deprecator)?.raw.date;
    note = `Deprecated by ${deprecator}`;
  }
  return {
    ...(status === 'current' ? {} : { status }),
    ...(since === undefined ? {} : { since }),
    ...(note === undefined ? {} : { note }),
    ...(replacedBy.length > 0 ? { replacedBy } : {}),
  };
}

const amends = new Map<string, string[]>();
for (const id of taken)
  for (const by of [...(byId.get(id)?.raw.amendedBy ?? []), ...(byId.get(id)?.raw.updatedBy ?? [])])
    amends.set(by, [...(amends.get(by) ?? []), id]);

for (const [name, list] of raws) {
  const header = {
    file: name,
    core: selection.coreByDefault(name),
    confidence: 'high' as const,
    ...HEADERS[name],
  } as FileHeader;
  const path = join(here, `${name}.ndjson`);
  const kept = handMade.get(name) ?? [];
  const lines: RecordLine[] = [...kept];
  for (const raw of list) {
    if (!taken.has(raw.id) || byId.get(raw.id)?.raw !== raw || handIds.has(raw.id)) continue;
    const versions = raw.currentVersion === undefined ? [] : versionsOf(raw);
    const updates = known([...(raw.updates ?? []), ...(raw.amends ?? []), ...(amends.get(raw.id) ?? [])], raw.id);
    const members = known(raw.includes, raw.id);
    const family = families.get(raw.id);
    // The day the text first came out; later printings of it change no status.
    const printings = name === 'w3c' ? (raw.versions ?? []).filter((v) => /^\d{4}-\d\d-\d\d$/.test(v)).sort() : [];
    const date = raw.firstPublished ?? printings[0] ?? raw.date;
    // The other end of the link says it already, where it does.
    const isDraft = stages[raw.stage ?? ''] === 'draft';
    const older = isDraft ? [] : list.filter((r) => isKeptBeside(r, name) && r.obsoletedBy?.includes(raw.id));
    const replaces = [
      ...known(raw.obsoletes, raw.id).filter((id) => !byId.get(id)?.raw.obsoletedBy?.includes(raw.id)),
      ...known(
        older.map((r) => r.id),
        raw.id,
      ),
    ];
    lines.push({
      id: raw.id,
      title: (raw.title ?? raw.id).replace(/\s+/g, ' ').trim(),
      ...(raw.body === undefined || raw.body === header.body ? {} : { body: raw.body }),
      ...(date === undefined ? {} : { date }),
      ...statusOf(raw, name),
      ...(replaces.length > 0 ? { replaces } : {}),
      ...(updates.length > 0 ? { updates } : {}),
      ...selection.describe(name, raw),
      ...(family === undefined ? {} : { family }),
      ...(members.length > 0 ? { members } : {}),
      ...(versions.length > 0 ? { versions } : {}),
      ...(raw.url === undefined || header.url !== undefined ? {} : { url: raw.url }),
    });
  }
  writeFileSync(path, writeDataFile({ header, lines }));
  console.log(`${name}: ${lines.length} of ${list.length}, ${lines.filter((l) => l.core ?? header.core).length} core`);
}
