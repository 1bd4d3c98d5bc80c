/** Tables of AsciiDoc (`|===`), in the forms with one cell or one row a line, and `,===` with values separated by commas. */

const SPEC = /(?:(?:\d+\+|\d*\.\d+\+|\d+\*)?(?:[<^>](?:\.[<^>])?|\.[<^>])?[adehlmsv]?)$/;

/**
 * Rows of the cells between the rules of a table.
 * @param columns how many the attributes state (`cols="1,2"`), or null: then the first line with cells tells
 */
export function asciidocRows(lines: readonly string[], columns: number | null): string[][] {
  const cells: string[] = [];
  let width = columns ?? 0;
  for (const line of lines) {
    const found = splitCells(line);
    if (found.cells.length === 0) {
      if (cells.length > 0) cells[cells.length - 1] += `\n${line}`;
      continue;
    }
    if (found.before.trim() !== '' && cells.length > 0) cells[cells.length - 1] += `\n${found.before}`;
    if (width === 0) width = found.cells.length;
    for (const cell of found.cells) cells.push(cell);
  }
  const rows: string[][] = [];
  const size = Math.max(1, width);
  for (let at = 0; at < cells.length; at += size) rows.push(cells.slice(at, at + size).map((cell) => cell.trim()));
  return rows;
}

/** Columns that `[cols="…"]` states: `1,2,3`, `3*`, `2*,1`; null where it does not. */
export function statedColumns(attributes: string): number | null {
  const spec = /cols\s*=\s*"?([^"\]]{1,300})/.exec(attributes)?.[1];
  if (spec === undefined) return null;
  const list = attributes.includes('"') ? spec : (spec.split(/,(?=\s*\w+=)/)[0] ?? spec);
  let count = 0;
  for (const part of list.split(/[,;]/))
    count += Math.min(100, Number.parseInt(/^\s*(\d+)\*/.exec(part)?.[1] ?? '1', 10));
  return count;
}

function splitCells(line: string): { before: string; cells: string[] } {
  const parts: string[] = [];
  let start = 0;
  for (let at = line.indexOf('|'); at !== -1; at = line.indexOf('|', at + 1)) {
    if (line[at - 1] === '\\') continue;
    parts.push(line.slice(start, at));
    start = at + 1;
  }
  if (parts.length === 0) return { before: line, cells: [] };
  parts.push(line.slice(start));
  // What stands right before a bar may say how the next cell is set: `2+|`, `a|`.
  const texts = parts.map((part, index) =>
    (index < parts.length - 1 ? withoutSpec(part) : part).replaceAll('\\|', '|'),
  );
  return { before: texts[0] ?? '', cells: texts.slice(1) };
}

function withoutSpec(part: string): string {
  const found = SPEC.exec(part);
  if (found === null || found[0] === '') return part;
  const before = part.slice(0, found.index);
  return before === '' || /\s$/.test(before) ? before : part;
}
