import type { Rule } from './drawing.ts';
import { covered, type Flow, type FlowLine, type FlowRow, type Item } from './flow.ts';
import { joinLines } from './hyphen.ts';
import type { Piece } from './letters.ts';

/** Gap, in font sizes, from which two pieces on a line are two cells. */
const CELL_GAP = 1.6;

interface Cell {
  text: string;
  x0: number;
  x1: number;
}

interface Row {
  cells: Cell[];
  base: number;
  size: number;
  lines: number;
}

/** Bullets and clause numbers that hang to the left of their text. */
const MARKER =
  /^(?:[•▪‣◦●○■□➢➔✓✔❖❑◆◇►▶*–—·-]|o|\(?[0-9]{1,3}[.)]?|\(?[a-zA-Z][.)]|\(?[ivxIVX]{1,5}[.)]|[A-Z]?[0-9]{0,3}(?:\.[0-9]{1,3}){1,5}[.)]?|§+ ?[0-9]+[a-z]?|[A-Z]{1,3}[-.]?[0-9]{1,3}[.:)]?|Art(?:icle|ikel|\.)? [0-9]+[.:]?)$/;

/** Bands of one column as lines and table rows. Cells that wrap over several lines come together again. */
export function readBands(rows: readonly Item[][], rules: readonly Rule[]): Flow[] {
  const out: Flow[] = [];
  const right = rightEdge(rows);
  let table: Row | null = null;
  const close = (): void => {
    if (table !== null) out.push(rowOf(table));
    table = null;
  };
  for (const row of rows) {
    const flows = row.filter((item) => item.flow !== undefined);
    const pieces = row.filter((item) => item.piece !== undefined);
    if (pieces.length > 0) {
      for (const line of splitBases(pieces)) {
        const cells = cellsOf(line);
        const first = cells[0];
        if (first === undefined) continue;
        const base = Math.max(...line.map((item) => item.y1));
        const size = dominantSize(line);
        if (table !== null && continues(table, cells, base, size, rules)) {
          extend(table, cells, base);
          continue;
        }
        close();
        if (cells.length === 1) out.push(lineOf(line, cells, right));
        else if (cells.length === 2 && MARKER.test(first.text)) out.push(lineOf(line, cells, right));
        else if (stretched(out.at(-1), cells, base, size, right)) out.push(lineOf(line, cells, right));
        else table = { cells, base, size, lines: 1 };
      }
    }
    if (flows.length > 0) {
      close();
      for (const item of flows) out.push(...(item.flow ?? []));
    }
  }
  close();
  return out;
}

/** A line of justified text with wide gaps: it carries on a full line above and fills the column like it. */
function stretched(
  above: Flow | undefined,
  cells: readonly Cell[],
  base: number,
  size: number,
  right: number,
): boolean {
  const first = cells[0];
  const last = cells.at(-1);
  if (above?.kind !== 'line' || first === undefined || last === undefined) return false;
  if (base - above.base > size * 1.9 || above.x1 < right - size * 2 || last.x1 < right - size * 2) return false;
  if (Math.abs(first.x0 - above.x0) > size && Math.abs(first.x0 - above.body) > size) return false;
  const gaps = cells.slice(1).map((cell, index) => cell.x0 - (cells[index]?.x1 ?? 0));
  return !/[.:;!?]$/.test(above.text) && Math.max(...gaps) < size * 6;
}

/** A band whose pieces stand on several baselines: cells side by side, centred against each other, or lines that touch. */
function splitBases(items: readonly Item[]): Item[][] {
  const first = items[0];
  if (first === undefined) return [];
  const spread = Math.max(...items.map((item) => item.y1)) - Math.min(...items.map((item) => item.y1));
  if (spread <= first.size * 0.45) return [[...items]];
  const columns = covered(items, first.size * 0.9);
  if (columns.length > 1 && columns.length <= 8) return [[...items]];
  const lines: Item[][] = [];
  for (const item of [...items].sort((a, b) => a.y1 - b.y1)) {
    const line = lines.at(-1);
    const anchor = line?.[0];
    if (line !== undefined && anchor !== undefined && item.y1 - anchor.y1 <= item.size * 0.45) line.push(item);
    else lines.push([item]);
  }
  return lines;
}

function cellsOf(items: readonly Item[]): Cell[] {
  const size = dominantSize(items);
  const spread = Math.max(...items.map((item) => item.y1)) - Math.min(...items.map((item) => item.y1));
  const join = size * (spread > size * 0.45 ? 0.9 : CELL_GAP);
  const groups: Item[][] = [];
  let reach = Number.NEGATIVE_INFINITY;
  for (const item of [...items].sort((a, b) => a.x0 - b.x0)) {
    const group = groups.at(-1);
    if (group !== undefined && item.x0 - reach < join) group.push(item);
    else groups.push([item]);
    reach = Math.max(reach, item.x1);
  }
  return groups.map((group) => ({
    x0: group[0]?.x0 ?? 0,
    x1: Math.max(...group.map((item) => item.x1)),
    text: textOf(group),
  }));
}

/** The text of pieces that belong together: by line, then from left to right. */
export function textOf(items: readonly Item[]): string {
  const sorted = [...items].sort((a, b) => a.y1 - b.y1);
  const lines: Piece[][] = [];
  let anchor = Number.NEGATIVE_INFINITY;
  for (const { piece } of sorted) {
    if (piece === undefined) continue;
    const line = lines.at(-1);
    if (line !== undefined && piece.base - anchor <= piece.size * 0.45) line.push(piece);
    else {
      lines.push([piece]);
      anchor = piece.base;
    }
  }
  return lines
    .map((line) => joinPieces(line.sort((a, b) => a.x0 - b.x0)))
    .reduce((text, line) => (text === '' ? line : joinLines(text, line)), '');
}

function joinPieces(pieces: readonly Piece[]): string {
  let text = '';
  let reach = 0;
  for (const piece of pieces) {
    if (text !== '' && piece.x0 - reach > piece.size * 0.12) text += ' ';
    text += piece.text;
    reach = piece.x1;
  }
  return text;
}

/** Whether a line carries on the cells of the row above it: nothing in the first column, and each part below a cell. */
function continues(row: Row, cells: readonly Cell[], base: number, size: number, rules: readonly Rule[]): boolean {
  const first = row.cells[0];
  const start = cells[0];
  if (first === undefined || start === undefined) return false;
  if (base - row.base > Math.max(size, row.size) * 1.75 || Math.abs(size - row.size) > row.size * 0.25) return false;
  if (start.x0 < (row.cells[1]?.x0 ?? Number.POSITIVE_INFINITY) - size) return false;
  if (
    rules.some(
      (rule) =>
        rule.y0 === rule.y1 &&
        rule.y0 > row.base &&
        rule.y0 < base - size * 0.5 &&
        rule.x0 < start.x1 &&
        rule.x1 > start.x0,
    )
  ) {
    return false;
  }
  return cells.every((cell) => row.cells.some((above) => cell.x0 < above.x1 + size && cell.x1 > above.x0 - size));
}

function extend(row: Row, cells: readonly Cell[], base: number): void {
  for (const cell of cells) {
    const above = row.cells.findLast((candidate) => cell.x0 >= candidate.x0 - row.size) ?? row.cells.at(-1);
    if (above === undefined) continue;
    above.text = joinLines(above.text, cell.text);
    above.x1 = Math.max(above.x1, cell.x1);
  }
  row.base = base;
  row.lines++;
}

function rowOf(row: Row): FlowRow {
  return { kind: 'row', cells: row.cells.map((cell) => cell.text), base: row.base, size: row.size };
}

function lineOf(items: readonly Item[], cells: readonly Cell[], right: number): FlowLine {
  let chars = 0;
  let bold = 0;
  for (const { piece } of items) {
    chars += piece?.text.replaceAll(' ', '').length ?? 0;
    bold += piece?.bold ?? 0;
  }
  const x0 = cells[0]?.x0 ?? 0;
  return {
    kind: 'line',
    text: cells.map((cell) => cell.text).join(' '),
    x0,
    x1: cells.at(-1)?.x1 ?? x0,
    base: Math.max(...items.map((item) => item.y1)),
    size: dominantSize(items),
    bold: chars === 0 ? 0 : Math.min(1, bold / chars),
    right,
    body: cells[1]?.x0 ?? x0,
  };
}

/** Size of the widest piece. */
function dominantSize(items: readonly Item[]): number {
  let widest = items[0];
  for (const item of items) if (widest !== undefined && item.x1 - item.x0 > widest.x1 - widest.x0) widest = item;
  return widest?.size ?? 10;
}

/** Where the lines of a column end: the right edge that nineteen of twenty lines stay within. */
function rightEdge(rows: readonly Item[][]): number {
  const edges = rows.map((row) => Math.max(...row.map((item) => item.x1))).sort((a, b) => a - b);
  return edges[Math.floor((edges.length - 1) * 0.95)] ?? 0;
}
