/** Records near to what a person typed, for `did you mean`. */
import { looseKey } from './id-keys.ts';
import type { Standard } from './types.ts';

/** Share of the pairs of letters that two keys have in common (Dice). */
function alike(a: Map<string, number>, sizeA: number, b: string): number {
  let common = 0;
  const left = new Map(a);
  for (let i = 0; i + 1 < b.length; i++) {
    const pair = b.slice(i, i + 2);
    const n = left.get(pair) ?? 0;
    if (n > 0) {
      common++;
      left.set(pair, n - 1);
    }
  }
  return (2 * common) / Math.max(1, sizeA + b.length - 1);
}

/** At most `most` of `records`, best first: those that hold every word in id or title, else those with a like key. */
export function nearest(written: string, most: number, records: Iterable<Standard>): Standard[] {
  const key = looseKey(written);
  const words = written
    .toLowerCase()
    .split(/[^\p{L}\p{N}.]+/u)
    .filter(Boolean);
  if (key === '' || words.length === 0) return [];
  const typed = written.trim().toLowerCase();
  const pairs = new Map<string, number>();
  for (let i = 0; i + 1 < key.length; i++) {
    const pair = key.slice(i, i + 2);
    pairs.set(pair, (pairs.get(pair) ?? 0) + 1);
  }
  const scored: { record: Standard; score: number }[] = [];
  for (const record of records) {
    const title = `${record.id} ${record.title}`.toLowerCase();
    const hasWords = words.every((word) => title.includes(word));
    const likeness = alike(pairs, Math.max(0, key.length - 1), looseKey(record.id));
    const score =
      likeness +
      (hasWords ? 0.5 : 0) +
      (record.title.toLowerCase().startsWith(typed) ? 0.3 : 0) +
      (record.status === 'current' ? 0.05 : 0);
    if (hasWords || likeness >= 0.6) scored.push({ record, score });
  }
  return scored
    .sort((a, b) => b.score - a.score || a.record.id.length - b.record.id.length)
    .slice(0, most)
    .map(({ record }) => record);
}
