import type { Rule } from './drawing.ts';
import { bands, type Flow, type Item } from './flow.ts';
import { readBands } from './rows.ts';

/** Lines a column must hold on each side of a gutter to be one. */
const MIN_LINES = 4;
/** Mean characters of a line of prose in a narrow column; cells of tables stay below. */
const MIN_CHARS = 18;
const MAX_DEPTH = 12;

/**
 * Puts the items of a page in reading order: columns one after the other, whatever the order they were drawn in; what spans
 * them before or after. Text that only looks like columns because it is a table stays row by row.
 */
export function order(items: readonly Item[], rules: readonly Rule[], depth = 0): Flow[] {
  if (items.length === 0) return [];
  const rows = bands(items);
  const run = depth < MAX_DEPTH ? bestColumns(rows) : null;
  if (run === null) return readBands(rows, rules);
  const inside = rows.slice(run.from, run.to).flat();
  const left = inside.filter((item) => (item.x0 + item.x1) / 2 < run.gutter);
  const right = inside.filter((item) => (item.x0 + item.x1) / 2 >= run.gutter);
  return [
    ...order(rows.slice(0, run.from).flat(), rules, depth + 1),
    ...order(left, rules, depth + 1),
    ...order(right, rules, depth + 1),
    ...order(rows.slice(run.to).flat(), rules, depth + 1),
  ];
}

interface Columns {
  from: number;
  to: number;
  gutter: number;
  lines: number;
}

/** The longest stretch of bands that one gutter divides into two columns of prose. */
function bestColumns(rows: readonly Item[][]): Columns | null {
  let best: Columns | null = null;
  for (const gutter of gutters(rows)) {
    let from = -1;
    for (let i = 0; i <= rows.length; i++) {
      const row = rows[i];
      if (row !== undefined && !crosses(row, gutter)) {
        if (from < 0) from = i;
        continue;
      }
      if (from >= 0) {
        const lines = proseLines(rows.slice(from, i).flat(), gutter);
        if (lines > (best?.lines ?? 0)) best = { from, to: i, gutter, lines };
      }
      from = -1;
    }
  }
  return best;
}

/** Middles of the gaps between neighbours, at most 40, those found most often first. */
function gutters(rows: readonly Item[][]): number[] {
  const found = new Map<number, number>();
  for (const row of rows) {
    if (row.length < 2) continue;
    const sorted = [...row].sort((a, b) => a.x0 - b.x0);
    let reach = sorted[0]?.x1 ?? 0;
    for (const item of sorted) {
      if (item.x0 - reach > Math.max(6, item.size * 0.7)) {
        const middle = Math.round((item.x0 + reach) / 2 / 3) * 3;
        found.set(middle, (found.get(middle) ?? 0) + 1);
      }
      reach = Math.max(reach, item.x1);
    }
  }
  return [...found]
    .sort((a, b) => b[1] - a[1])
    .slice(0, 40)
    .map(([middle]) => middle);
}

function crosses(row: readonly Item[], gutter: number): boolean {
  return row.some((item) => item.x0 < gutter + 2 && item.x1 > gutter - 2);
}

/** Lines on the shorter side if both sides are prose, else 0. */
function proseLines(items: readonly Item[], gutter: number): number {
  const left = side(items.filter((item) => item.x1 <= gutter));
  const right = side(items.filter((item) => item.x0 >= gutter));
  if (left === null || right === null) return 0;
  // A narrow column of labels beside prose is a table.
  if (Math.min(left.width, right.width) < Math.max(left.width, right.width) * 0.3) return 0;
  return Math.min(left.lines, right.lines);
}

function side(items: readonly Item[]): { lines: number; width: number } | null {
  const byBase = new Map<number, { x0: number; x1: number; chars: number }>();
  for (const item of items) {
    if (item.piece === undefined) continue;
    const key = Math.round(item.y1 / 3);
    const near = byBase.get(key) ?? byBase.get(key - 1) ?? byBase.get(key + 1);
    if (near === undefined) byBase.set(key, { x0: item.x0, x1: item.x1, chars: item.piece.text.length });
    else {
      near.x0 = Math.min(near.x0, item.x0);
      near.x1 = Math.max(near.x1, item.x1);
      near.chars += item.piece.text.length;
    }
  }
  const lines = [...byBase.values()];
  if (lines.length < MIN_LINES) return null;
  const x0 = Math.min(...lines.map((line) => line.x0));
  const x1 = Math.max(...lines.map((line) => line.x1));
  const widths = lines.map((line) => line.x1 - line.x0).sort((a, b) => a - b);
  const median = widths[widths.length >> 1] ?? 0;
  const chars = lines.reduce((sum, line) => sum + line.chars, 0) / lines.length;
  return median >= (x1 - x0) * 0.6 && chars >= MIN_CHARS ? { lines: lines.length, width: x1 - x0 } : null;
}
