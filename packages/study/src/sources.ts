import { csvText, parseCsv } from './csv.ts';
import { StudyError } from './study-error.ts';

/** One address or file of the study's list, and what people know of the document. */
export interface SourceEntry {
  address: string;
  country: string;
  publisher: string;
  type: string;
  language: string;
  title: string;
  date: string;
}

const COLUMNS = ['address', 'country', 'publisher', 'type', 'language', 'title', 'date'] as const;
const ADDRESS_NAMES = ['address', 'url', 'link', 'file', 'path'];

/**
 * Reads a list: a CSV with a column `address` (or `url`, `link`, `file`, `path`), or one address a line. An address that stands twice
 * counts once, with what the first line says of it; `#` begins a remark.
 * @throws StudyError when the first line looks like a header without an address column.
 */
export function parseSources(text: string): SourceEntry[] {
  const rows = parseCsv(text).filter((row) => row[0]?.startsWith('#') !== true);
  const head = (rows[0] ?? []).map((name) => name.trim().toLowerCase());
  const at = head.findIndex((name) => ADDRESS_NAMES.includes(name));
  const plain = at === -1;
  if (plain && rows.some((row) => row.length > 1))
    throw new StudyError('The list of sources needs a column named "address" in its first line.');
  const entries = new Map<string, SourceEntry>();
  for (const row of plain ? rows : rows.slice(1)) {
    const cell = (name: string): string => (plain ? '' : (row[head.indexOf(name)] ?? '').trim());
    const address = (row[plain ? 0 : at] ?? '').trim();
    if (address === '' || entries.has(address)) continue;
    entries.set(address, {
      address,
      country: cell('country').toUpperCase(),
      publisher: cell('publisher'),
      type: cell('type'),
      language: cell('language').toLowerCase(),
      title: cell('title'),
      date: cell('date'),
    });
  }
  return [...entries.values()];
}

/** The list as a CSV that `parseSources` reads back. */
export function sourcesCsv(entries: readonly SourceEntry[]): string {
  return csvText(
    COLUMNS,
    entries.map((entry) => COLUMNS.map((name) => entry[name])),
  );
}

/** `more` added to `entries`; what `more` says of an address goes before what was known. */
export function mergeSources(entries: readonly SourceEntry[], more: readonly SourceEntry[]): SourceEntry[] {
  const merged = new Map(entries.map((entry) => [entry.address, entry]));
  for (const entry of more) {
    const known = merged.get(entry.address);
    merged.set(entry.address, known ? { ...known, ...withoutEmpty(entry) } : entry);
  }
  return [...merged.values()];
}

function withoutEmpty(entry: SourceEntry): Partial<SourceEntry> {
  return Object.fromEntries(Object.entries(entry).filter(([, value]) => value !== ''));
}

/** Whether an address is fetched rather than opened. */
export function isWebAddress(address: string): boolean {
  return /^https?:\/\//i.test(address);
}
