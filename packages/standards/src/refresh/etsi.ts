/** ETSI's search, exported as CSV: a row for each version of each deliverable. Only the newest of each is kept, with the list of all. */
import type { RecordLine } from '../records.ts';
import { columnsOf, csvRows } from './csv.ts';
import { compact, decodeText, type Feed, FeedError } from './feed.ts';

const ADDRESS =
  'https://www.etsi.org/?option=com_standardssearch&view=data&format=csv&includeScope=0&page=1&search=&title=1&etsiNumber=1&content=0&version=1' +
  '&onApproval=0&published=1&withdrawn=1&historical=1&isCurrent=1&superseded=1&startDate=1988-01-15&harmonized=0&keyword=&TB=&stdType=&frequency=' +
  '&mandate=&collection=&sort=1';

interface Version {
  version: string;
  date: string;
  title: string;
  committee: string;
  withdrawn: boolean;
  url: string;
}

/** `ETSI EN 303 645 V3.1.3 (2024-09)`. */
const DELIVERABLE = /^(ETSI [A-Z-]+ [A-Z0-9][A-Z0-9 .-]*?) V(\d+\.\d+\.\d+) \((\d{4}-\d{2})\)$/;

const inOrder = (a: Version, b: Version) => a.version.localeCompare(b.version, 'en', { numeric: true });

export const etsiFeed: Feed = {
  name: 'etsi',
  address: 'https://www.etsi.org/standards',
  covers: () => false,
  fetchParts: async (get) => [await get(ADDRESS)],
  read(parts, { selection, held }): RecordLine[] {
    const text = parts
      .map(decodeText)
      .join('')
      .replace(/^\uFEFF/, '')
      .replace(/^sep=;\r?\n/, '');
    const rows = csvRows(text, ';');
    const at = columnsOf(rows.next().value ?? [], ['ETSI deliverable', 'title', 'Status'], 'ETSI');
    const documents = new Map<string, Version[]>();
    for (const row of rows) {
      const [, id, version, date] = DELIVERABLE.exec(at(row, 'ETSI deliverable')) ?? [];
      if (id === undefined || version === undefined || date === undefined) continue;
      // What 3GPP wrote is known under 3GPP's own number.
      if (/^ETSI T[SR] 1[23]\d \d{3}(-|$)/.test(id)) continue;
      const one = {
        version,
        date,
        title: at(row, 'title'),
        committee: at(row, 'Technical body'),
        withdrawn: /withdrawn/i.test(at(row, 'Status')),
        url: at(row, 'PDF link'),
      };
      documents.set(id, [...(documents.get(id) ?? []), one]);
    }
    if (documents.size === 0) throw new FeedError('ETSI: no deliverables');
    return [...documents].flatMap(([id, versions]) => {
      const sorted = versions.sort(inOrder);
      const newest = sorted.at(-1);
      if (newest === undefined) return [];
      const item = { id, title: newest.title, tc: newest.committee };
      const before = held.get(id);
      if (before === undefined && !selection.wanted('etsi', item)) return [];
      const listed = new Map([...(before?.versions ?? [])].map((entry) => [entry.split(' ')[0] ?? '', entry]));
      for (const { version, date } of sorted) listed.set(version, `${version} ${date}`);
      return [
        compact({
          id,
          title: newest.title.replace(/\s+/g, ' '),
          date: newest.date,
          status: newest.withdrawn ? 'withdrawn' : undefined,
          ...selection.describe('etsi', item),
          versions: [...listed.values()].sort((a, b) => a.localeCompare(b, 'en', { numeric: true })),
          url: newest.url || undefined,
        }),
      ];
    });
  },
};
