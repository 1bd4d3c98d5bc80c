/** 3GPP's bibliography: a CSV with a row for each version of each specification. One record is kept, with the newest version of each release. */
import type { RecordLine } from '../records.ts';
import { columnsOf, csvRows } from './csv.ts';
import { compact, decodeText, type Feed, FeedError, readDate } from './feed.ts';

const ADDRESS = 'https://www.3gpp.org/ftp/Information/Databases/3GPPBibliography.csv';
/** Versions below are drafts on their way to approval. Source: 3GPP TR 21.900, clause 4.0A (version nomenclature). */
const FIRST_APPROVED = 3;
/** Releases from this one on are carried on; of a specification that is not in them the bibliography says nothing. */
const FIRST_CARRIED = 15;

interface Version {
  number: string;
  date: string | undefined;
  title: string;
  group: string;
}

const NUMBER = /^\d\d\.[\w-]{1,20}$/;
const VERSION = /^\d{1,3}\.\d{1,3}\.\d{1,3}$/;

const releaseOf = (version: string) => Number.parseInt(version, 10);
const inOrder = (a: string, b: string) => a.localeCompare(b, 'en', { numeric: true });
const numberOf = (entry: string) => entry.split(' ')[0] ?? entry;

/** Newest entry of each release, in order; of one version the entry that has a date. */
function newestOfEach(entries: readonly string[]): string[] {
  const newest = new Map<number, string>();
  for (const entry of [...entries].sort(inOrder)) newest.set(releaseOf(entry), entry);
  return [...newest.values()].sort(inOrder);
}

/** Specifications with their versions, in the order of the file. A version that came out twice came out the first time. */
function specificationsOf(csv: string): Map<string, Map<string, Version>> {
  const rows = csvRows(csv, ';');
  const at = columnsOf(rows.next().value ?? [], ['Title', 'Version', 'Date', 'Is TS', 'Responsible Primary'], '3GPP');
  const out = new Map<string, Map<string, Version>>();
  for (const row of rows) {
    const [spec = '', number] = [row[0]?.trim(), at(row, 'Version')];
    if (!NUMBER.test(spec) || !VERSION.test(number)) continue;
    const isTs = at(row, 'Is TS');
    if (isTs !== '1' && isTs !== '0' && isTs !== '') throw new FeedError(`3GPP: "${isTs}" in the column Is TS`);
    const id = `3GPP ${isTs === '1' ? 'TS' : 'TR'} ${spec}`;
    const versions = out.get(id) ?? new Map<string, Version>();
    const date = readDate(at(row, 'Date'));
    const known = versions.get(number);
    if (known?.date === undefined || (date !== undefined && date < known.date))
      versions.set(number, { number, date, title: at(row, 'Title'), group: at(row, 'Responsible Primary') });
    out.set(id, versions);
  }
  return out;
}

export const gppFeed: Feed = {
  name: '3gpp',
  address: 'https://www.3gpp.org/dynareport',
  covers: (id) => id.startsWith('3GPP '),
  keeps: true,
  fetchParts: async (get) => [await get(ADDRESS)],
  read(parts, { selection, status, held }): RecordLine[] {
    const specifications = specificationsOf(parts.map(decodeText).join(''));
    if (specifications.size === 0) throw new FeedError('3GPP: no specifications in the file');
    return [...specifications].flatMap(([id, all]) => {
      const approved = [...all.values()].filter((version) => releaseOf(version.number) >= FIRST_APPROVED);
      const shown = (approved.length > 0 ? approved : [...all.values()]).sort((a, b) => inOrder(a.number, b.number));
      const newest = shown.at(-1);
      if (newest === undefined) return [];
      const before = held.get(id);
      const title = newest.title.replace(/\s+/g, ' ') || before?.title || id;
      const item = { id, title, tc: newest.group };
      if (before === undefined && !selection.wanted('3gpp', item)) return [];
      const isDraft = approved.length === 0;
      const isDormant = !isDraft && releaseOf(newest.number) < FIRST_CARRIED;
      const ours = (before?.versions ?? []).filter(
        (entry) => !all.has(numberOf(entry)) && (isDraft || releaseOf(entry) >= FIRST_APPROVED),
      );
      return [
        compact({
          id,
          title,
          date: newest.date ?? before?.date,
          status: isDraft ? 'draft' : isDormant ? 'unknown' : undefined,
          note: isDormant ? status.words.dormant?.note : undefined,
          ...selection.describe('3gpp', item),
          versions: newestOfEach([...ours, ...shown.map(({ number, date }) => (date ? `${number} ${date}` : number))]),
          url: before?.url ?? `https://www.3gpp.org/dynareport/${id.replace(/^3GPP T[SR] /, '').replace('.', '')}.htm`,
        }),
      ];
    });
  },
};
