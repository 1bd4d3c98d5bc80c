/** The W3C API's list of specifications, in pages, each with its latest version's day and stage. */
import type { RecordLine } from '../records.ts';
import { compact, decodeText, type Feed, FeedError } from './feed.ts';

const ADDRESS = 'https://api.w3.org/specifications?embed=1&items=1000&page=';
const MOST_PAGES = 50;

interface Page {
  page: number;
  pages: number;
  _embedded?: { specifications?: Specification[] };
}
interface Specification {
  shortname: string;
  title: string;
  shortlink?: string;
  _links?: { 'latest-version'?: { href: string; title?: string }; 'first-version'?: { href: string; title?: string } };
}

const WITHDRAWN = /^(Retired|Discontinued Draft|Rescinded Recommendation|Obsolete Recommendation)$/;
const SUPERSEDED = /^Superseded Recommendation$/;

/** `…/versions/20180327` → `2018-03-27`. */
const dayIn = (href: string | undefined) => {
  const day = /\/versions\/(\d{4})(\d\d)(\d\d)$/.exec(href ?? '');
  return day === null ? undefined : `${day[1]}-${day[2]}-${day[3]}`;
};

function readPage(part: Uint8Array): Page {
  let page: Page;
  try {
    page = JSON.parse(decodeText(part)) as Page;
  } catch (error) {
    throw new FeedError(`W3C API: ${(error as Error).message}`);
  }
  if (typeof page.pages !== 'number' || !Array.isArray(page._embedded?.specifications))
    throw new FeedError('W3C API: a page without specifications');
  return page;
}

export const w3cFeed: Feed = {
  name: 'w3c',
  address: 'https://api.w3.org/specifications',
  // Specifications of other groups, and levels the API knows under a series, come from elsewhere: none is counted as gone.
  covers: () => false,
  async fetchParts(get) {
    const parts = [await get(`${ADDRESS}1`)];
    const { pages } = readPage(parts[0] ?? new Uint8Array());
    for (let page = 2; page <= Math.min(pages, MOST_PAGES); page++) parts.push(await get(`${ADDRESS}${page}`));
    return parts;
  },
  read(parts, { selection, status, held }): RecordLine[] {
    const items = parts.flatMap((part) => readPage(part)._embedded?.specifications ?? []);
    return items.map((item) => {
      const id = `W3C ${item.shortname}`;
      const before = held.get(id);
      const stage = item._links?.['latest-version']?.title ?? '';
      const draft = status.stages[stage];
      const out = WITHDRAWN.test(stage) ? 'withdrawn' : SUPERSEDED.test(stage) ? 'superseded' : undefined;
      // The list says nothing of what replaced a specification, or came before it; what is held stays.
      const isReplaced = before?.status === 'superseded';
      return compact({
        id,
        title: item.title.replace(/\s+/g, ' ').trim(),
        date: before?.date ?? dayIn(item._links?.['latest-version']?.href),
        status: isReplaced ? 'superseded' : (draft ?? out),
        since: before?.since,
        note: isReplaced
          ? before?.note
          : draft === undefined
            ? status.words[stage.toLowerCase()]?.note
            : `W3C: ${stage}`,
        replacedBy: before?.replacedBy,
        replaces: before?.replaces,
        ...selection.describe('w3c', { id, title: item.title }),
        url: item.shortlink,
      });
    });
  },
};
