/** Rows of a CSV text, one after another, so that a long list is never held as rows. */
import { FeedError } from './feed.ts';

/** No cell of a catalogue is longer; what is, comes of a quote that was never closed. */
const MOST_CELL = 100_000;

/**
 * Cells of each row; quotes hold separators, line breaks and doubled quotes. A row without a line break at the end counts. Throws FeedError where the
 * text ends inside quotes or a cell does not end.
 */
export function* csvRows(text: string, separator: string): Generator<string[]> {
  let row: string[] = [];
  let at = text.startsWith('\uFEFF') ? 1 : 0;
  while (at < text.length) {
    let cell = '';
    if (text[at] === '"') {
      for (at++; ; at++) {
        const close = text.indexOf('"', at);
        if (close < 0 || cell.length + close - at > MOST_CELL) throw new FeedError('CSV: a quote that is never closed');
        cell += text.slice(at, close);
        at = close + 1;
        if (text[at] !== '"') break;
        cell += '"';
      }
    }
    let end = at;
    while (end < text.length && text[end] !== separator && text[end] !== '\n') end++;
    if (end - at > MOST_CELL) throw new FeedError('CSV: a cell without an end');
    cell += text.slice(at, end);
    row.push(cell.endsWith('\r') ? cell.slice(0, -1) : cell);
    at = end + 1;
    if (end >= text.length || text[end] === '\n') {
      yield row;
      row = [];
    }
  }
  if (row.length > 0) yield [...row, ''];
}

/** Reads a cell of a row by the name of its column. */
export type Cells = (row: readonly string[], column: string) => string;

/** Throws FeedError, in the name of `feed`, where one of the `needed` columns is missing from the `head`. */
export function columnsOf(head: readonly string[], needed: readonly string[], feed: string): Cells {
  const places = new Map(head.map((name, index) => [name.trim(), index]));
  const missing = needed.filter((name) => !places.has(name));
  if (missing.length > 0) throw new FeedError(`${feed}: no column ${missing.join(', ')}`);
  return (row, column) => row[places.get(column) ?? -1]?.trim() ?? '';
}
