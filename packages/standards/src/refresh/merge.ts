/** Brings a feed's lines into those held. Hand-made lines stay as they are, whatever the feed says. */
import type { RecordLine } from '../records.ts';

export interface Merged {
  lines: RecordLine[];
  added: string[];
  changed: string[];
  removed: string[];
}

/** What a person decided and no feed knows; kept from the line held. */
const OURS = ['core', 'kind', 'topics', 'family', 'edition', 'country', 'list', 'confidence'] as const;

const sorted = (line: RecordLine) => JSON.stringify(Object.entries(line).sort(([a], [b]) => a.localeCompare(b)));

/**
 * `held` with the facts of `fresh`. A line that `covers` claims and the feed lacks is removed, unless `needed` says that something still points
 * to it. The order held is kept; new lines follow in the feed's order.
 */
export function mergeLines(
  held: readonly RecordLine[],
  fresh: readonly RecordLine[],
  covers: (id: string) => boolean,
  needed: (id: string) => boolean,
): Merged {
  const byId = new Map(fresh.map((line) => [line.id, line]));
  const out: Merged = { lines: [], added: [], changed: [], removed: [] };
  const seen = new Set<string>();
  for (const line of held) {
    seen.add(line.id);
    const update = byId.get(line.id);
    if (line.hand || update === undefined) {
      if (line.hand || !covers(line.id) || needed(line.id)) out.lines.push(line);
      else out.removed.push(line.id);
      continue;
    }
    const next = { ...update };
    for (const key of OURS) {
      delete next[key];
      if (line[key] !== undefined) Object.assign(next, { [key]: line[key] });
    }
    // Why and since when, where the feed gives the same state without a word on it.
    if (next.status === line.status) {
      if (next.since === undefined && line.since !== undefined) next.since = line.since;
      if (next.note === undefined && line.note !== undefined) next.note = line.note;
    }
    if (sorted(next) === sorted(line)) out.lines.push(line);
    else {
      out.lines.push(next);
      out.changed.push(line.id);
    }
  }
  for (const line of fresh)
    if (!seen.has(line.id)) {
      seen.add(line.id);
      out.lines.push(line);
      out.added.push(line.id);
    }
  return out;
}
