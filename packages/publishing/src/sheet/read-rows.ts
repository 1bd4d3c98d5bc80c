import type { AnswerValue } from '@proviso/catalogue';
import type { GridCell, GridRange } from '@proviso/documents';
import type { Expected } from './expected.ts';
import { type ColumnKey, MARK, PARTS } from './layout.ts';
import type { Losses } from './losses.ts';
import { answerIn } from './read-cell.ts';
import { cellName, plain, type Table, type TableRow } from './read-table.ts';

/** What is needed to read the rows of a table. */
export interface RowsToRead {
  rows: ReadonlyMap<string, Expected>;
  notAsked: ReadonlySet<string>;
  /** The file says that it belongs to this demand; else every row must prove that it asks the same question. */
  proven: boolean;
}

interface ReadRow {
  values: Record<string, AnswerValue>;
  /** What stands in the columns of answers, for telling whether two rows differ. */
  written: string;
}

/** The answers of all tables. A row counts only where it is certain which question it answers. */
export function readRows(tables: readonly Table[], to: RowsToRead, losses: Losses): Record<string, AnswerValue> {
  const read = new Map<string, ReadRow>();
  const disputed = new Set<string>();
  for (const table of tables) {
    const strangers: TableRow[] = [];
    const byWords = table.columns.id === undefined ? questionsByWords(to.rows) : null;
    if (byWords) losses.say('ids-missing', { sheet: table.sheet });
    if (table.byTitles) losses.say('headings-missing', { sheet: table.sheet });
    for (const row of table.rows) {
      const id = questionOf(row, table, to, byWords, losses);
      if (id === 'stranger') strangers.push(row);
      if (id === 'stranger' || id === 'refused') continue;
      const now = readRow(row, table, to.rows.get(id) as Expected, to.notAsked, losses);
      const before = read.get(id);
      if (!before || before.written === '') read.set(id, now);
      if (before) sayTwice(before, now, id, { sheet: table.sheet, cell: place(row, table) }, disputed, losses);
    }
    sayStrangers(strangers, table, losses);
    sayForeignColumns(table, losses);
  }
  for (const id of disputed) read.delete(id);
  return Object.assign({}, ...[...read.values()].map(({ values }) => values));
}

function sayTwice(
  before: ReadRow,
  now: ReadRow,
  question: string,
  where: { sheet: string; cell: string },
  disputed: Set<string>,
  losses: Losses,
): void {
  const differ = before.written !== now.written && before.written !== '' && now.written !== '';
  if (differ) disputed.add(question);
  losses.say(differ ? 'duplicate-row' : 'duplicate-same', { ...where, question });
}

/** Words of a question → its id; no id where two questions have the same words. */
function questionsByWords(rows: ReadonlyMap<string, Expected>): Map<string, string | null> {
  const found = new Map<string, string | null>();
  for (const [id, { words }] of rows)
    for (const one of words) found.set(one, found.has(one) && found.get(one) !== id ? null : id);
  return found;
}

function questionOf(
  row: TableRow,
  table: Table,
  { rows, proven }: RowsToRead,
  byWords: ReadonlyMap<string, string | null> | null,
  losses: Losses,
): string {
  const held = (key: ColumnKey): string => textAt(row, table.columns[key]);
  const asked = plain(held('question'));
  const where = { sheet: table.sheet, cell: place(row, table) };
  const id = byWords ? (byWords.get(asked) ?? '') : held('id').trim();
  if (id === '') return 'stranger';
  const expected = rows.get(id);
  if (!expected) {
    losses.say('unknown-question', { ...where, value: id });
    return 'refused';
  }
  const version = held('version').trim();
  const sameWords = expected.words.has(asked);
  const sameVersion = version === expected.answer.version;
  if (asked !== '' && !sameWords && (proven || sameVersion)) {
    losses.say('mixed-row', { ...where, question: id });
    return 'refused';
  }
  if ((version !== '' && !sameVersion) || !(proven || sameVersion || sameWords)) {
    losses.say('changed-question', { ...where, question: id });
    return 'refused';
  }
  return id;
}

function readRow(
  row: TableRow,
  table: Table,
  { answer, parts, readings }: Expected,
  notAsked: ReadonlySet<string>,
  losses: Losses,
): ReadRow {
  const values: Record<string, AnswerValue> = {};
  const written: string[] = [];
  for (const part of PARTS) {
    const column = table.columns[part];
    if (column === undefined) continue;
    const own = row.cells.get(column);
    const question = parts[part];
    const where = { sheet: table.sheet, cell: cellName(row.row, column), question: question?.id ?? answer.id };
    const range = table.merged.find((one) => holds(one, row.row, column));
    if (range && joinsAnswers(range, table)) {
      losses.say('merged', where);
      written.push('merged');
      continue;
    }
    const cell = range ? (cellAt(table, range.top, range.left) ?? own) : own;
    if (!cell) continue;
    const value = cell.text.trim();
    if (!question) {
      if (value !== '' && !notAsked.has(plain(value))) losses.say('not-asked', { ...where, value });
      continue;
    }
    const found = answerIn(cell, question, readings);
    if ('loss' in found) losses.say(found.loss, { ...where, value, count: found.count ?? null });
    else if (found.value !== null) {
      values[question.id] = found.value;
      if (cell.formula) losses.say('formula', { ...where, value });
    }
    if (value !== '' || 'loss' in found) written.push(`${part}:${value}`);
  }
  return { values, written: written.join('\n') };
}

function holds({ top, left, bottom, right }: GridRange, row: number, column: number): boolean {
  return row >= top && row <= bottom && column >= left && column <= right;
}

/** Whether a joined cell covers more than one place for an answer: then nobody can say which of them it answers. */
function joinsAnswers({ top, left, bottom, right }: GridRange, { columns }: Table): boolean {
  const covered = PARTS.map((part) => columns[part]).filter((one) => one !== undefined && one >= left && one <= right);
  return bottom > top || covered.length > 1;
}

function cellAt(table: Table, row: number, column: number): GridCell | undefined {
  return table.rows.find((one) => one.row === row)?.cells.get(column);
}

function textAt({ cells }: TableRow, column: number | undefined): string {
  return column === undefined ? '' : (cells.get(column)?.text ?? '');
}

/** The cell by which a row is named in a loss: that of its answer. */
function place({ row }: TableRow, { columns }: Table): string {
  return cellName(row, columns.answer ?? 1);
}

function sayStrangers(rows: readonly TableRow[], table: Table, losses: Losses): void {
  const [first] = rows;
  if (!first) return;
  const column = Math.min(...first.cells.keys());
  losses.say('unknown-rows', { sheet: table.sheet, cell: cellName(first.row, column), count: rows.length });
}

/** Columns that are not of the questionnaire and hold something in rows that are. */
function sayForeignColumns(table: Table, losses: Losses): void {
  const known = new Set(Object.values(table.columns));
  // Without the row of keys nothing names the hidden columns, which stand before all others.
  const from = table.byTitles ? Math.min(...known) : 0;
  const found = new Map<number, { row: number; count: number }>();
  for (const { row, cells } of table.rows) {
    if (textAt({ row, cells }, table.columns.id) === '' && table.columns.id !== undefined) continue;
    for (const [column, { text }] of cells) {
      if (column < from || known.has(column) || text.trim() === '' || text.startsWith(MARK)) continue;
      const before = found.get(column);
      if (before) before.count++;
      else found.set(column, { row, count: 1 });
    }
  }
  for (const [column, { row, count }] of found)
    losses.say('column-not-read', { sheet: table.sheet, cell: cellName(row, column), count });
}
