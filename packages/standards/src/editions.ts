/** Editions that no record lists: versions of a document that keeps one record for all of them, and adoptions that shift the year. */
import type { StoredRecord } from './record-store.ts';

const VERSIONED = /^(.+?) V?(\d+\.\d+\.\d+)$/;
const DATED = /^(ITU-T .+?) \((?:(\d{2})\/(\d{4})|(\d{4})-(\d{2}))\)$/;

/** `ETSI EN 303 645 V2.1.1` → document and version; `ITU-T X.509 (10/2012)` → document and month. Undefined for other ids. */
export function splitEdition(id: string): { document: string; version: string } | undefined {
  const dated = DATED.exec(id);
  if (dated?.[1] !== undefined)
    return { document: dated[1], version: `${dated[3] ?? dated[4]}-${dated[2] ?? dated[5]}` };
  const versioned = VERSIONED.exec(id);
  if (versioned?.[1] === undefined || versioned[2] === undefined) return undefined;
  return { document: versioned[1], version: versioned[2] };
}

const numbers = (version: string) => version.split(/[.-]/).map(Number);
function compare(a: string, b: string): number {
  const [x, y] = [numbers(a), numbers(b)];
  for (let i = 0; i < 3; i++) if ((x[i] ?? 0) !== (y[i] ?? 0)) return (x[i] ?? 0) - (y[i] ?? 0);
  return 0;
}

const editionId = (document: string, version: string) =>
  /^\d{4}-\d{2}$/.test(version)
    ? `${document} (${version.slice(5)}/${version.slice(0, 4)})`
    : `${document} V${version}`;

/**
 * The edition of a document whose record lists `versions`. A version below the newest is superseded even where the list leaves it out
 * (ETSI); one above the newest is unknown: the data may be behind. 3GPP keeps releases alive side by side, so there only a later version of
 * the same release supersedes. Undefined where the record lists no versions or `version` is no version.
 */
export function editionOf(record: StoredRecord, version: string): StoredRecord | undefined {
  const wanted = version.replace(/^[vV]\s*/, '').trim();
  if (!/^\d+(\.\d+){1,2}$|^\d{4}-\d{2}$/.test(wanted) || record.versions.length === 0) return undefined;
  const listed = record.versions.map((entry) => {
    const [number = '', date] = entry.split(' ');
    return { number, date: date ?? (/^\d{4}-\d{2}$/.test(number) ? number : undefined) };
  });
  const release = (number: string) => number.split('.')[0];
  const rivals = record.id.startsWith('3GPP') ? listed.filter((v) => release(v.number) === release(wanted)) : listed;
  const newest = rivals.at(-1);
  const at = listed.find((v) => compare(v.number, wanted) === 0);
  const order = newest === undefined ? 1 : compare(wanted, newest.number);
  const { url: _url, date: _date, versions: _versions, members: _members, ...rest } = record;
  return {
    ...rest,
    id: editionId(record.id, at?.number ?? wanted),
    edition: at?.number ?? wanted,
    ...(at?.date === undefined ? {} : { date: at.date }),
    ...(order === 0 && record.url !== undefined ? { url: record.url } : {}),
    status: order > 0 ? 'unknown' : order === 0 ? record.status : 'superseded',
    replaces: [],
    replacedBy: order < 0 && newest !== undefined ? [editionId(record.id, newest.number)] : [],
    family: record.id,
    updates: [],
    versions: [],
  };
}

/** `ETSI TS 133 501` is 3GPP TS 33.501 under another roof. Undefined for any other number. */
export function thirdGenerationId(id: string): string | undefined {
  const [, kind, series, rest] = /^ETSI (TS|TR) 1(\d{2}) (\d{3}(?:-\d+)?)( V[\d.]+)?$/.exec(id) ?? [];
  return kind === undefined ? undefined : `3GPP ${kind} ${series}.${rest}`;
}

/** `adopts` and, for each adopting mark, the year it printed to the year of the text inside. See data/adoptions.yaml. */
export type Adoptions = Record<string, Record<string, Record<string, string>>>;

/**
 * The edition that an adoption holds: `EN`, `ISO/IEC 27001`, `2017` → `ISO/IEC 27001:2013`. Undefined where the table does not say and no
 * edition has that very year: that is an unknown edition, not a withdrawn one.
 */
export function adoptedEdition(
  table: Adoptions,
  exists: (id: string) => boolean,
  mark: string,
  family: string,
  year: string,
): string | undefined {
  const rows = table[family];
  const inside = rows?.[mark.toUpperCase()]?.[year] ?? rows?.EN?.[year];
  const id = `${family}:${inside ?? year}`;
  return exists(id) ? id : undefined;
}
