import { LANGUAGES } from '@proviso/catalogue';
import type { Grid, GridCell } from '@proviso/documents';
import { COLUMNS, type ColumnKey, headingsOf, lettersOf, MARK } from './layout.ts';

/** A sheet of questions as it came back: which column is which, and its rows. */
export interface Table {
  sheet: string;
  columns: Partial<Record<ColumnKey, number>>;
  /** The hidden row of keys is gone; the columns were found by their titles. */
  byTitles: boolean;
  rows: TableRow[];
  merged: Grid['merged'];
}

export interface TableRow {
  row: number;
  /** By column. */
  cells: ReadonlyMap<number, GridCell>;
}

/** The rows of a sheet, in order. */
export function rowsOf(grid: Grid): TableRow[] {
  const rows = new Map<number, Map<number, GridCell>>();
  for (const cell of grid.cells) {
    let row = rows.get(cell.row);
    if (!row) {
      row = new Map();
      rows.set(cell.row, row);
    }
    row.set(cell.column, cell);
  }
  return [...rows].map(([row, cells]) => ({ row, cells })).sort((a, b) => a.row - b.row);
}

export function cellName(row: number, column: number): string {
  return `${lettersOf(column)}${row}`;
}

/** The table of questions in a sheet, by its row of keys or else by its row of titles in any language; null where there is none. */
export function tableIn(grid: Grid): Table | null {
  const rows = rowsOf(grid);
  const found = headRow(rows, keyOf) ?? headRow(rows, titleOf);
  if (!found) return null;
  const { at, columns, by } = found;
  const byTitles = by === titleOf;
  // Under the row of keys stands the row of titles, unless somebody took it out.
  const body = rows.slice(at + 1).filter(({ cells }) => !isTitles(cells));
  return { sheet: grid.name, columns, byTitles, rows: body, merged: grid.merged };
}

/** Whether a sheet bears the marks of a questionnaire. */
export function isOurs(grid: Grid): boolean {
  return grid.cells.some(({ text }) => text.startsWith(MARK));
}

type Naming = (text: string) => ColumnKey | undefined;

const keyOf: Naming = (text) => COLUMNS.find((key) => text.trim() === `${MARK}${key}`);

const titles = new Map<string, ColumnKey>();
const titleOf: Naming = (text) => {
  if (titles.size === 0)
    for (const language of LANGUAGES)
      for (const [key, title] of Object.entries(headingsOf(language))) titles.set(plain(title), key as ColumnKey);
  return titles.get(plain(text));
};

/** A text for comparing: one Unicode form, one kind of blank, no case. */
export function plain(text: string): string {
  return text.normalize('NFC').replace(/\s+/g, ' ').trim().toLowerCase();
}

function isTitles(cells: TableRow['cells']): boolean {
  const named = new Set([...cells.values()].map(({ text }) => titleOf(text)));
  return named.has('question') && named.has('answer');
}

/** The first row in which the columns of answers and something to know the rows by are named, each once. */
function headRow(
  rows: readonly TableRow[],
  by: Naming,
): { at: number; columns: Partial<Record<ColumnKey, number>>; by: Naming } | null {
  for (const [at, { cells }] of rows.entries()) {
    const columns: Partial<Record<ColumnKey, number>> = {};
    const twice = new Set<ColumnKey>();
    for (const [column, { text }] of cells) {
      const key = by(text);
      if (key === undefined) continue;
      if (columns[key] !== undefined) twice.add(key);
      columns[key] = column;
    }
    // Of two columns with one name nobody can say which holds the answers.
    for (const key of twice) delete columns[key];
    if (columns.answer !== undefined && (columns.id !== undefined || columns.question !== undefined))
      return { at, columns, by };
  }
  return null;
}
