import type { BoundedBuilder } from './bounded.ts';

const SEPARATORS = [',', ';', '\t', '|'];

/** Values separated by commas, semicolons, tabs or bars (RFC 4180, and what spreadsheets write): one row a record. */
export function readDelimited(builder: BoundedBuilder, text: string): void {
  for (const cells of delimitedRows(text)) {
    if (builder.full) return;
    builder.addRow(cells);
  }
}

/** The records of a delimited text; fields without the blanks around them and without their quotes. */
export function* delimitedRows(text: string, separator = separatorOf(text.slice(0, 20_000))): Generator<string[]> {
  let cells: string[] = [];
  let start = 0;
  let quoted = false;
  const field = (end: number): string => {
    const raw = text.slice(start, end).trim();
    return raw.startsWith('"')
      ? raw.slice(1, raw.endsWith('"') && raw.length > 1 ? -1 : undefined).replaceAll('""', '"')
      : raw;
  };
  for (let at = 0; at <= text.length; at++) {
    const char = text[at];
    if (char === '"') quoted = !quoted;
    else if (char === undefined || (!quoted && char === '\n')) {
      cells.push(field(at));
      yield cells;
      cells = [];
      start = at + 1;
    } else if (!quoted && char === separator) {
      cells.push(field(at));
      start = at + 1;
    }
  }
}

/** The separator that stands in every line equally often. */
function separatorOf(head: string): string {
  const lines = head
    .split('\n')
    .filter((line) => line.trim() !== '')
    .slice(0, 20);
  let best = ',';
  let most = 0;
  for (const separator of SEPARATORS) {
    const least = Math.min(...lines.map((line) => line.split(separator).length - 1));
    const total = lines.reduce((sum, line) => sum + line.split(separator).length - 1, 0);
    const score = least * 1000 + total;
    if (score > most) {
      most = score;
      best = separator;
    }
  }
  return best;
}
