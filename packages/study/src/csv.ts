/** Comma-separated values as RFC 4180 has them, in UTF-8, safe to open in a spreadsheet. */

/** A spreadsheet takes a cell that begins so for a formula (OWASP, CSV injection); an apostrophe in front makes it text. */
const FORMULA = /^[=+\-@\t\r]/;
/** Numbers are no formulas: `-1` and `+0.5` stay as they are. */
const NUMBER = /^[+-]?\d+(?:\.\d+)?$/;
const BYTE_ORDER_MARK = '\uFEFF';

/** One cell: formulas neutralised, quoted where RFC 4180 asks for it. */
export function csvCell(value: string): string {
  const safe = FORMULA.test(value) && !NUMBER.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) || safe !== safe.trim() ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** One record with its line end (CRLF). */
export function csvLine(cells: readonly string[]): string {
  // A record of one empty cell would otherwise be an empty line, which readers drop.
  if (cells.length === 1 && cells[0] === '') return '""\r\n';
  return `${cells.map(csvCell).join(',')}\r\n`;
}

/** Whole text: a header and its rows, with the byte order mark that makes Excel read UTF-8. */
export function csvText(header: readonly string[], rows: readonly (readonly string[])[]): string {
  return BYTE_ORDER_MARK + csvLine(header) + rows.map(csvLine).join('');
}

/**
 * Reads what people's programs write: CRLF, LF or CR; a byte order mark; comma, semicolon or tab, told by the first line;
 * quotes anywhere in a record. An apostrophe that `csvCell` put before a formula is taken off again.
 * @returns records in order, empty lines left out.
 */
export function parseCsv(text: string): string[][] {
  const source = text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text;
  const separator = separatorOf(source);
  const records: string[][] = [];
  let record: string[] = [];
  let at = 0;
  while (at < source.length) {
    let cell: string;
    if (source[at] === '"') [cell, at] = quotedCell(source, at + 1, separator);
    else {
      const start = at;
      while (at < source.length && source[at] !== separator && source[at] !== '\n' && source[at] !== '\r') at += 1;
      cell = source.slice(start, at);
    }
    record.push(restored(cell));
    if (source[at] === separator) {
      at += 1;
      if (at === source.length) record.push('');
      else if (source[at] !== '\n' && source[at] !== '\r') continue;
      else record.push('');
    }
    if (source[at] === '\r' && source[at + 1] === '\n') at += 1;
    at += 1;
    if (record.length > 1 || record[0] !== '') records.push(record);
    record = [];
  }
  if (record.length > 0) records.push(record);
  return records;
}

/**
 * Records as objects by the names of the first line (trimmed, lower case).
 * @returns one object a record; a missing cell is the empty string.
 */
export function parseCsvObjects(text: string): Record<string, string>[] {
  const [head, ...rows] = parseCsv(text);
  const names = (head ?? []).map((name) => name.trim().toLowerCase());
  return rows.map((row) => Object.fromEntries(names.map((name, index) => [name, (row[index] ?? '').trim()])));
}

/** The cell that opens before `at`, and where reading goes on. What follows the closing quote is kept, as most readers do. */
function quotedCell(source: string, at: number, separator: string): [cell: string, at: number] {
  let cell = '';
  for (;;) {
    const close = source.indexOf('"', at);
    if (close === -1) return [cell + source.slice(at), source.length];
    cell += source.slice(at, close);
    if (source[close + 1] !== '"') {
      let end = close + 1;
      while (end < source.length && source[end] !== separator && source[end] !== '\n' && source[end] !== '\r') end += 1;
      return [cell + source.slice(close + 1, end), end];
    }
    cell += '"';
    at = close + 2;
  }
}

function separatorOf(source: string): string {
  const line = source.slice(0, 4096).split(/[\r\n]/, 1)[0] ?? '';
  const count = (mark: string): number => line.replace(/"[^"]*"/g, '').split(mark).length;
  return [';', '\t'].reduce((best, mark) => (count(mark) > count(best) ? mark : best), ',');
}

function restored(cell: string): string {
  return cell.startsWith("'") && FORMULA.test(cell.slice(1)) ? cell.slice(1) : cell;
}
