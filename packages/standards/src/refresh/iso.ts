/** ISO Open Data: one JSON object a line for every deliverable, with its stage and its links. Published under ODC-By. */
import type { RecordLine } from '../records.ts';
import { compact, decodeText, type Feed, FeedError } from './feed.ts';

const ADDRESS =
  'https://isopublicstorageprod.blob.core.windows.net/opendata/_latest/iso_deliverables_metadata/json/iso_deliverables_metadata.jsonl';

interface Deliverable {
  id: number;
  reference: string;
  title?: { en?: string | null; fr?: string | null } | null;
  publicationDate?: string | null;
  ownerCommittee?: string | null;
  /** Stage code of the harmonised stages without its dot: 6060 is published, 9599 withdrawn. */
  currentStage: number;
  replaces?: number[] | null;
  replacedBy?: number[] | null;
}

const PUBLISHED = 6060;
const WITHDRAWAL = 9520;

/** `ISO/IEC 27001:2022/Amd 1:2024` changes `ISO/IEC 27001:2022`. */
const baseOf = (reference: string) => /^(.+?:\d{4})\//.exec(reference)?.[1];

export const isoFeed: Feed = {
  name: 'iso',
  address: 'https://www.iso.org/open-data.html',
  covers: (id) => /^(ISO|IWA)/.test(id),
  fetchParts: async (get) => [await get(ADDRESS)],
  read(parts, { selection, held }): RecordLine[] {
    const all = new Map<number, Deliverable>();
    for (const part of parts)
      for (const line of decodeText(part).split('\n')) {
        if (line.trim() === '') continue;
        let item: Deliverable;
        try {
          item = JSON.parse(line) as Deliverable;
        } catch (error) {
          throw new FeedError(`ISO Open Data: ${(error as Error).message}`);
        }
        if (typeof item.reference !== 'string' || typeof item.currentStage !== 'number')
          throw new FeedError('ISO Open Data: a line without reference and stage');
        all.set(item.id, item);
      }
    const view = (item: Deliverable) => ({
      id: item.reference,
      title: item.title?.en ?? '',
      tc: item.ownerCommittee ?? '',
    });
    const usable = (item: Deliverable | undefined): item is Deliverable =>
      item !== undefined && item.currentStage >= PUBLISHED && !selection.dropped('iso', view(item));
    const taken = new Map<number, Deliverable>();
    const queue = [...all.values()].filter(
      (item) => usable(item) && (held.has(item.reference) || selection.wanted('iso', view(item))),
    );
    // No chain is cut: what is taken brings its predecessors and successors along.
    for (let item = queue.pop(); item !== undefined; item = queue.pop()) {
      if (taken.has(item.id)) continue;
      taken.set(item.id, item);
      for (const id of [...(item.replaces ?? []), ...(item.replacedBy ?? [])]) {
        const other = all.get(id);
        if (usable(other)) queue.push(other);
      }
    }
    const references = (ids: number[] | null | undefined) =>
      (ids ?? []).map((id) => taken.get(id)?.reference).filter((id) => id !== undefined);
    const known = new Set([...taken.values()].map((item) => item.reference));
    return [...taken.values()]
      .sort((a, b) => a.reference.localeCompare(b.reference, 'en', { numeric: true }))
      .map((item) => {
        const replacedBy = references(item.replacedBy);
        const title = (item.title?.en ?? '').replace(/\s+/g, ' ').trim();
        const base = baseOf(item.reference);
        const out = item.currentStage >= WITHDRAWAL;
        return compact({
          id: item.reference,
          // Old rows have no title in the feed; the one held stays.
          title: title || held.get(item.reference)?.title || item.reference,
          body: /^ISO\/IEC/.test(item.reference) ? 'ISO/IEC' : undefined,
          date: item.publicationDate ?? undefined,
          status: !out ? undefined : replacedBy.length > 0 ? 'superseded' : 'withdrawn',
          replacedBy: out ? replacedBy : [],
          updates: base !== undefined && known.has(base) ? [base] : [],
          ...selection.describe('iso', view(item)),
          url: `https://www.iso.org/standard/${item.id}.html`,
        });
      });
  },
};
