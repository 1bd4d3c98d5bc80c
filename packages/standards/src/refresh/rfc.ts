/** The RFC Editor's `rfc-index.xml`: every RFC with its status and links, and the BCP and STD series. */
import { SaxesParser } from 'saxes';
import type { RecordLine } from '../records.ts';
import { compact, decodeText, type Feed, FeedError, readDate } from './feed.ts';

const ADDRESS = 'https://www.rfc-editor.org/rfc-index.xml';
const ENTRY = /^(rfc|bcp|std|fyi)-entry$/;
const SERIES: Record<string, string> = {
  BCP: 'Best Current Practice',
  STD: 'Internet Standard',
  FYI: 'For Your Information',
};

interface Entry {
  id: string;
  title: string;
  month: string;
  year: string;
  day: string;
  status: string;
  links: Record<string, string[]>;
}

/** `RFC0822` → `RFC 822`. */
const idOf = (docId: string) => docId.replace(/^([A-Z]+)0*(\d+)$/, '$1 $2');

/** Reads the XML into entries; what is not an entry is passed over. Entities beyond XML's own five are an error, so nothing expands. */
function readEntries(xml: string): Entry[] {
  const entries: Entry[] = [];
  const path: string[] = [];
  let entry: Entry | undefined;
  let text = '';
  const parser = new SaxesParser({ xmlns: false });
  parser.on('error', (error) => {
    throw new FeedError(`rfc-index.xml: ${error.message}`);
  });
  parser.on('opentag', ({ name }) => {
    path.push(name);
    text = '';
    if (ENTRY.test(name)) entry = { id: '', title: '', month: '', year: '', day: '', status: '', links: {} };
  });
  parser.on('text', (piece) => {
    text += piece;
  });
  parser.on('closetag', ({ name }) => {
    path.pop();
    const parent = path.at(-1) ?? '';
    if (entry === undefined) return;
    const value = text.replace(/\s+/g, ' ').trim();
    text = '';
    if (ENTRY.test(name)) {
      entries.push(entry);
      entry = undefined;
    } else if (name === 'doc-id' && ENTRY.test(parent)) entry.id = idOf(value);
    else if (name === 'doc-id') {
      entry.links[parent] = [...(entry.links[parent] ?? []), idOf(value)];
    } else if (name === 'title' && ENTRY.test(parent)) entry.title = value;
    else if (name === 'current-status') entry.status = value;
    else if (parent === 'date' && (name === 'month' || name === 'year' || name === 'day')) entry[name] = value;
  });
  parser.write(xml).close();
  return entries;
}

export const rfcFeed: Feed = {
  name: 'rfc',
  address: ADDRESS,
  covers: () => true,
  fetchParts: async (get) => [await get(ADDRESS)],
  read(parts, { selection }): RecordLine[] {
    const entries = readEntries(parts.map(decodeText).join(''));
    const titles = new Map(entries.map((entry) => [entry.id, entry.title]));
    const inIndex = (ids: string[] | undefined) => ids?.filter((id) => titles.has(id)) ?? [];
    return entries.map((entry) => {
      const [kind = '', number = ''] = entry.id.split(' ');
      const members = inIndex(entry.links['is-also']).filter(() => kind !== 'RFC');
      const series = SERIES[kind];
      const title =
        entry.title ||
        (series === undefined
          ? entry.id
          : `${series} ${number}: ${members.map((id) => titles.get(id)).join('; ') || 'currently contains no RFCs'}`);
      const replacedBy = inIndex(entry.links['obsoleted-by']);
      const historic = entry.status === 'HISTORIC';
      const isEmpty = series !== undefined && members.length === 0;
      return compact({
        id: entry.id,
        title,
        date: readDate(`${entry.month} ${entry.day ? `${entry.day}, ` : ''}${entry.year}`),
        status: historic ? 'historic' : replacedBy.length > 0 ? 'obsolete' : isEmpty ? 'withdrawn' : undefined,
        note: isEmpty ? 'The number is kept and holds no RFC any more.' : undefined,
        replacedBy,
        updates: inIndex(entry.links.updates),
        members,
        ...selection.describe('rfc', { id: entry.id, title }),
      });
    });
  },
};
