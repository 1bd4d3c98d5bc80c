import type { Piece } from './letters.ts';

/** One printed line of running text. */
export interface FlowLine {
  kind: 'line';
  text: string;
  x0: number;
  x1: number;
  base: number;
  size: number;
  /** Share of the characters set bold, 0 to 1. */
  bold: number;
  /** Right edge of the column it stands in. */
  right: number;
  /** Left edge of what follows a hanging number or bullet; `x0` where there is none. */
  body: number;
}

/** One row of a table, its cells from left to right. */
export interface FlowRow {
  kind: 'row';
  cells: string[];
  base: number;
  size: number;
}

export type Flow = FlowLine | FlowRow;

/** A thing with a place: what the ordering works on. `y0` is about the top of the small letters, so that tight lines do not touch. */
export interface Item {
  x0: number;
  x1: number;
  y0: number;
  y1: number;
  size: number;
  piece?: Piece;
  /** Already ordered content that stands together, such as a table. */
  flow?: Flow[];
}

export function itemOf(piece: Piece): Item {
  return { x0: piece.x0, x1: piece.x1, y0: piece.base - piece.size * 0.6, y1: piece.base, size: piece.size, piece };
}

/** Items grouped into bands that no other item reaches into, top to bottom. */
export function bands(items: readonly Item[]): Item[][] {
  const sorted = [...items].sort((a, b) => a.y0 - b.y0);
  const out: Item[][] = [];
  let reach = Number.NEGATIVE_INFINITY;
  for (const item of sorted) {
    const band = out.at(-1);
    if (band === undefined || item.y0 >= reach - item.size * 0.08) out.push([item]);
    else band.push(item);
    reach = Math.max(reach, item.y1);
  }
  return out;
}

/** Stretches of the x axis that items cover, merged where they come closer than `join`. */
export function covered(items: readonly Item[], join: number): [number, number][] {
  const sorted = [...items].sort((a, b) => a.x0 - b.x0);
  const out: [number, number][] = [];
  for (const item of sorted) {
    const last = out.at(-1);
    if (last !== undefined && item.x0 - last[1] < join) last[1] = Math.max(last[1], item.x1);
    else out.push([item.x0, item.x1]);
  }
  return out;
}
