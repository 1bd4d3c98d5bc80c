/** ITU-T's own search of Recommendations: one JSON answer with a row for each edition of each text. One record is kept for all editions. */
import type { RecordLine } from '../records.ts';
import type { Status } from '../types.ts';
import { compact, decodeText, type Feed, FeedError, readDate } from './feed.ts';

const ADDRESS =
  'https://www.itu.int/mws/api/recommendations/searchRecs' +
  '?series=-1&type_of_text=-1&sg=-1&main_edition_flag=0&rows=100000&page=1&status=Z&sort_order=asc';

interface Row {
  /** `X.509 (10/2019)`, `A Suppl. 2 (12/2022)`, `G.711 (1988) Cor. 1 (09/2009)`. */
  rec_name?: unknown;
  title?: unknown;
  approval_date?: unknown;
  dms_link?: unknown;
  status?: unknown;
}

interface Edition {
  month: string;
  day: string;
  title: string;
  status: string;
  url: string | undefined;
}

const EDITION = /^(.{1,60}) \((0[1-9]|1[0-2])\/((?:19|20)\d{2})\)$/;
/** A change to one edition (amendment, corrigendum, erratum) bears the year of that edition. */
const CHANGE = /\((?:19|20)\d{2}\)/;
/** What may be added; annexes and supplements are brought up to date only where they are held. */
const RECOMMENDATION = /^[A-Z]\.\d+(\.\d+)*( bis| ter)?(\/[A-Z]\.\d+(\.\d+)*)?( \([A-Z]\.\d+(\.\d+)*\))?$/;

const text = (value: unknown) => (typeof value === 'string' ? value.replace(/\s+/g, ' ').trim() : '');

/** The rows of the answer. Throws FeedError when it is no such answer, or holds fewer rows than it counts. */
function readRows(part: Uint8Array): Row[] {
  let answer: { Total?: unknown; Data?: unknown } | null;
  try {
    answer = JSON.parse(decodeText(part)) as typeof answer;
  } catch {
    throw new FeedError('ITU-T: the answer is no JSON; the site may have turned the request away');
  }
  const { Total, Data } = answer ?? {};
  if (!Array.isArray(Data) || typeof Total !== 'number') throw new FeedError('ITU-T: no Total and Data in the answer');
  if (Data.length < Total) throw new FeedError(`ITU-T: ${Data.length} rows of ${Total}`);
  return Data.filter((row): row is Row => typeof row === 'object' && row !== null);
}

/** Editions of each text, oldest first. */
function editionsOf(rows: readonly Row[]): Map<string, Edition[]> {
  const texts = new Map<string, Edition[]>();
  for (const row of rows) {
    const [, name, mm, yyyy] = EDITION.exec(text(row.rec_name)) ?? [];
    if (name === undefined || CHANGE.test(name)) continue;
    const month = `${yyyy}-${mm}`;
    const url = text(row.dms_link);
    const edition = {
      month,
      day: readDate(text(row.approval_date)) ?? month,
      title: text(row.title),
      status: text(row.status),
      url: /^https?:\/\//.test(url) ? url : undefined,
    };
    const known = texts.get(name);
    if (known) known.push(edition);
    else texts.set(name, [edition]);
  }
  for (const editions of texts.values()) editions.sort((a, b) => a.month.localeCompare(b.month));
  return texts;
}

/** In force where any edition is; else what is said of the newest. A word that is not known leaves the state as it was. */
function statusOf(editions: readonly Edition[], before: Status | undefined): Status | undefined {
  if (editions.some((edition) => edition.status === 'In force')) return undefined;
  const word = editions.at(-1)?.status;
  return word === 'Superseded' ? 'superseded' : word === 'Withdrawn' ? 'withdrawn' : before;
}

export const ituFeed: Feed = {
  name: 'itu',
  address: 'https://www.itu.int/rec/T-REC',
  covers: (id) => id.startsWith('ITU-T '),
  keeps: true,
  fetchParts: async (get) => [await get(ADDRESS)],
  read(parts, { selection, held }): RecordLine[] {
    const texts = editionsOf(parts.flatMap(readRows));
    if (texts.size === 0) throw new FeedError('ITU-T: no Recommendations in the answer');
    return [...texts].flatMap(([name, editions]) => {
      const newest = editions.at(-1);
      const id = `ITU-T ${name}`;
      const before = held.get(id);
      if (newest === undefined) return [];
      const title = newest.title || before?.title || id;
      const isWanted = RECOMMENDATION.test(name) && selection.wanted('itu', { id, title });
      if (before === undefined && !isWanted) return [];
      return [
        compact({
          id,
          title,
          date: newest.day,
          status: statusOf(editions, before?.status),
          ...selection.describe('itu', { id, title }),
          versions: [...new Set([...(before?.versions ?? []), ...editions.map((edition) => edition.month)])].sort(),
          url: newest.url ?? before?.url,
        }),
      ];
    });
  },
};
