/** NIST's CSRC feed: one JSON file in a zip, a row for each printing of each SP, FIPS and CSWP, with its place in the succession. */
import type { RecordLine } from '../records.ts';
import type { Status } from '../types.ts';
import { compact, decodeText, type Feed, FeedError, readDate } from './feed.ts';
import { firstZipEntry } from './zip-entry.ts';

const ADDRESS = 'https://csrc.nist.gov/CSRC/media/feeds/metanorma/pubs-export.zip';
const MOST_BYTES = 200e6;

interface Row {
  docidentifier: string;
  'title-main': string;
  'title-sub'?: string | null;
  status: string;
  substage: string;
  iteration?: string | null;
  'published-date'?: string | null;
  'issued-date'?: string | null;
  'obsoleted-date'?: string | null;
  supersedes?: { docidentifier: string }[];
  'superseded-by'?: { docidentifier: string }[];
  uri?: string;
}

/** `SP 800-53 Rev. 5`, `NIST SP 800-53 Rev. 5, Includes updates …` → our id. */
function idOf(identifier: string): string {
  const plain = identifier
    .replace(/[,;].*$/, '')
    .replace(/\s*\((?:withdrawn|draft)\)\s*$/i, '')
    .trim();
  return plain.startsWith('NIST ') ? plain : `NIST ${plain}`;
}

/** A draft has the id of what it is to become; its round tells it apart. */
function draftId(row: Row): string {
  const id = idOf(row.docidentifier);
  if (/\([a-z0-9]*pd\)$/i.test(id)) return id;
  const round = row.iteration ?? 'initial';
  return `${id} (${round === 'initial' || round === '1' ? 'i' : round === 'final' ? 'f' : round}pd)`;
}

function statusOf(row: Row, replacedBy: string[]): Status | undefined {
  if (row.status !== 'final') return row.substage === 'active' ? 'draft' : 'withdrawn';
  if (replacedBy.length > 0) return 'superseded';
  return row.substage === 'active' ? undefined : 'withdrawn';
}

export const nistFeed: Feed = {
  name: 'nist',
  address: ADDRESS,
  covers: (id) => /^NIST (SP (800|1800)-|FIPS |CSWP )/.test(id),
  fetchParts: async (get) => [await get(ADDRESS)],
  read(parts, { selection, status }): RecordLine[] {
    const rows: unknown = JSON.parse(decodeText(firstZipEntry(parts[0] ?? new Uint8Array(), MOST_BYTES)));
    if (!Array.isArray(rows)) throw new FeedError('pubs-export: not a list');
    const printings = new Map<string, Row[]>();
    for (const row of rows as Row[]) {
      if (typeof row?.docidentifier !== 'string' || typeof row.status !== 'string') continue;
      const id = row.status === 'final' ? idOf(row.docidentifier) : draftId(row);
      printings.set(id, [...(printings.get(id) ?? []), row]);
    }
    return [...printings].map(([id, list]) => {
      // Editorial updates are printings of one text: it came out with the first, and its state is that of the last.
      const dated = list
        .map((row) => ({ row, date: readDate(row['issued-date']) ?? readDate(row['published-date']) ?? '' }))
        .sort((a, b) => a.date.localeCompare(b.date));
      const [first, last] = [dated[0], dated.at(-1)?.row];
      if (first === undefined || last === undefined) throw new FeedError(`pubs-export: ${id} has no rows`);
      const ids = (key: 'supersedes' | 'superseded-by') => [
        ...new Set(list.flatMap((row) => row[key] ?? []).map((link) => idOf(link.docidentifier))),
      ];
      const exists = (other: string) => printings.has(other) && other !== id;
      const replacedBy = ids('superseded-by').filter(exists);
      const title = [last['title-main'], last['title-sub']].filter(Boolean).join(': ');
      const word = statusOf(last, replacedBy);
      return compact({
        id,
        title,
        date: first.date || undefined,
        status: word,
        since: word === 'superseded' || word === 'withdrawn' ? readDate(last['obsoleted-date']) : undefined,
        note: word === 'withdrawn' && last.status !== 'final' ? status.words['draft-withdrawn']?.note : undefined,
        replacedBy,
        // The other end says it already, where it does.
        replaces: ids('supersedes').filter(
          (other) =>
            exists(other) &&
            !printings.get(other)?.some((row) => row['superseded-by']?.some((l) => idOf(l.docidentifier) === id)),
        ),
        ...selection.describe('nist', { id, title }),
        url: last.uri,
      });
    });
  },
};
