import type { Rule } from './drawing.ts';
import { bands, type Flow, type Item, itemOf } from './flow.ts';
import type { Piece } from './letters.ts';
import { textOf } from './rows.ts';

/** How far apart, in points, line ends may lie and still meet. */
const NEAR = 3;
/** More lines than this are a drawing. */
export const MAX_RULES = 3000;
/** A cell with more characters than this is a part of the page in a frame, not a cell. */
const MAX_CELL_CHARS = 1800;

/**
 * Tables whose cells are drawn: their pieces leave the page and come back as one item per table, its rows in order. Cells that span
 * several rows or columns stand once, in their first row; a row with one filled cell is running text.
 */
export function takeTables(
  pieces: readonly Piece[],
  rules: readonly Rule[],
  layout: (items: readonly Item[]) => Flow[],
): Item[] {
  if (rules.length < 6 || rules.length > MAX_RULES) return pieces.map(itemOf);
  const grids = findGrids(rules);
  if (grids.length === 0) return pieces.map(itemOf);
  const inside: Piece[][] = grids.map(() => []);
  const rest: Item[] = [];
  for (const piece of pieces) {
    const x = (piece.x0 + piece.x1) / 2;
    const y = piece.base - piece.size * 0.3;
    const at = grids.findIndex((grid) => x > grid.left && x < grid.right && y > grid.top && y < grid.bottom);
    if (at >= 0) inside[at]?.push(piece);
    else rest.push(itemOf(piece));
  }
  grids.forEach((grid, index) => {
    const own = inside[index] ?? [];
    if (own.length === 0) return;
    const flow = grid.read(own, layout);
    const size = own[0]?.size ?? 10;
    rest.push({ x0: grid.left, x1: grid.right, y0: grid.top + size * 0.3, y1: grid.bottom - size * 0.3, size, flow });
  });
  return rest;
}

class Grid {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  private readonly xs: number[];
  private readonly ys: number[];
  private readonly level: readonly Rule[];
  private readonly upright: readonly Rule[];

  constructor(xs: number[], ys: number[], level: readonly Rule[], upright: readonly Rule[]) {
    this.xs = xs;
    this.ys = ys;
    this.level = level;
    this.upright = upright;
    this.left = xs[0] ?? 0;
    this.right = xs.at(-1) ?? 0;
    this.top = ys[0] ?? 0;
    this.bottom = ys.at(-1) ?? 0;
  }

  read(pieces: readonly Piece[], layout: (items: readonly Item[]) => Flow[]): Flow[] {
    const columns = this.xs.length - 1;
    const cells = this.cells();
    const contents = new Map<number, Item[]>();
    for (const piece of splitAtWalls(pieces, this.xs, (x, y) => this.wall(x, y))) {
      const column = slot(this.xs, (piece.x0 + piece.x1) / 2);
      const row = slot(this.ys, piece.base - piece.size * 0.3);
      const cell = cells[row * columns + column] ?? row * columns + column;
      const held = contents.get(cell);
      if (held === undefined) contents.set(cell, [itemOf(piece)]);
      else held.push(itemOf(piece));
    }
    const flow: Flow[] = [];
    for (let row = 0; row < this.ys.length - 1; row++) {
      const texts: string[] = [];
      const items: Item[][] = [];
      for (let column = 0; column < columns; column++) {
        const held = contents.get(row * columns + column);
        if (held === undefined) continue;
        items.push(held);
        texts.push(textOf(held));
      }
      if (texts.length === 0) continue;
      const first = items[0]?.[0];
      if (texts.length === 1 || texts.some((text) => text.length > MAX_CELL_CHARS))
        for (const held of items) flow.push(...layout(held));
      else if (holdsSeveralRows(items, this.xs)) flow.push(...levelRows(items));
      else flow.push({ kind: 'row', cells: texts, base: first?.y1 ?? 0, size: first?.size ?? 10 });
    }
    return flow;
  }

  /** For each slot of the raster the first slot of the cell it belongs to: slots without a line between them are one cell. */
  private cells(): number[] {
    const columns = this.xs.length - 1;
    const rows = this.ys.length - 1;
    const owner = Array.from({ length: columns * rows }, (_, index) => index);
    const find = (index: number): number => {
      let at = index;
      while (owner[at] !== at) at = owner[at] ?? at;
      return at;
    };
    const join = (a: number, b: number): void => {
      const [low, high] = [find(a), find(b)].sort((p, q) => p - q) as [number, number];
      owner[high] = low;
    };
    for (let row = 0; row < rows; row++) {
      const y = ((this.ys[row] ?? 0) + (this.ys[row + 1] ?? 0)) / 2;
      for (let column = 0; column < columns; column++) {
        const x = ((this.xs[column] ?? 0) + (this.xs[column + 1] ?? 0)) / 2;
        const at = row * columns + column;
        if (column + 1 < columns && !this.wall(this.xs[column + 1] ?? 0, y)) join(at, at + 1);
        if (row + 1 < rows && !this.floor(this.ys[row + 1] ?? 0, x)) join(at, at + columns);
      }
    }
    return owner.map((_, index) => find(index));
  }

  private wall(x: number, y: number): boolean {
    return this.upright.some((rule) => Math.abs(rule.x0 - x) <= NEAR && rule.y0 <= y && rule.y1 >= y);
  }

  private floor(y: number, x: number): boolean {
    return this.level.some((rule) => Math.abs(rule.y0 - y) <= NEAR && rule.x0 <= x && rule.x1 >= x);
  }
}

/**
 * Whether the cells of one drawn row hold several rows set without lines between them: few lines were broken because
 * they were full, and the lines of the cells stand level.
 */
function holdsSeveralRows(cells: readonly Item[][], edges: readonly number[]): boolean {
  if (cells.length < 3) return false;
  const levels: Set<number>[] = [];
  let breaks = 0;
  let full = 0;
  for (const cell of cells) {
    const lines = [...cell].sort((a, b) => a.y1 - b.y1);
    const right =
      edges.find((edge) => edge >= Math.max(...lines.map((line) => line.x1)) - NEAR) ?? Number.POSITIVE_INFINITY;
    for (let i = 1; i < lines.length; i++) {
      const [above, line] = [lines[i - 1], lines[i]];
      if (above?.piece === undefined || line?.piece === undefined || line.y1 - above.y1 < 2) continue;
      const letter = (line.x1 - line.x0) / Math.max(1, line.piece.text.length);
      const word = line.piece.text.split(' ', 1)[0]?.length ?? 0;
      breaks++;
      if (right - above.x1 < (word + 1) * letter + NEAR) full++;
    }
    levels.push(new Set(lines.map((line) => Math.round(line.y1 / 3))));
  }
  if (full > breaks * 0.4) return false;
  const deepest = levels.reduce((most, level) => (level.size > most.size ? level : most));
  if (deepest.size < 3) return false;
  const level = levels.filter(
    (own) => own.size > 1 && [...own].every((y) => deepest.has(y) || deepest.has(y - 1) || deepest.has(y + 1)),
  );
  return level.length >= 3;
}

/** The rows of such cells, one for each level. */
function levelRows(cells: readonly Item[][]): Flow[] {
  return bands(cells.flat()).map((band) => ({
    kind: 'row',
    cells: cells.map((cell) => textOf(cell.filter((item) => band.includes(item)))).filter((text) => text !== ''),
    base: band[0]?.y1 ?? 0,
    size: band[0]?.size ?? 10,
  }));
}

/** Texts of two cells may have been set so close that they read as one piece: cut where a wall stands between. */
function splitAtWalls(
  pieces: readonly Piece[],
  xs: readonly number[],
  wall: (x: number, y: number) => boolean,
): Piece[] {
  const out: Piece[] = [];
  for (const piece of pieces) {
    const y = piece.base - piece.size * 0.3;
    const cut = xs.find((x) => x > piece.x0 + piece.size && x < piece.x1 - piece.size && wall(x, y));
    // Letters are taken as evenly wide, and the cut must fall on a space.
    const guess = cut === undefined ? -1 : Math.round(((cut - piece.x0) / (piece.x1 - piece.x0)) * piece.text.length);
    const space = guess < 0 ? -1 : nearestSpace(piece.text, guess);
    if (cut === undefined || space < 0) out.push(piece);
    else {
      out.push(
        { ...piece, text: piece.text.slice(0, space), x1: cut - 1 },
        { ...piece, text: piece.text.slice(space + 1), x0: cut + 1 },
      );
    }
  }
  return out;
}

function nearestSpace(text: string, near: number): number {
  for (let off = 0; off <= 6; off++) {
    if (text[near - off] === ' ') return near - off;
    if (text[near + off] === ' ') return near + off;
  }
  return -1;
}

/** Index of the slot between two edges that holds a value. */
function slot(edges: readonly number[], value: number): number {
  let at = 0;
  while (at < edges.length - 2 && value > (edges[at + 1] ?? 0)) at++;
  return at;
}

/** Groups of lines that meet and make at least two columns. */
function findGrids(rules: readonly Rule[]): Grid[] {
  const level = merge(
    rules.filter((rule) => rule.y0 === rule.y1),
    'y0',
    'x0',
    'x1',
  );
  const upright = merge(
    rules.filter((rule) => rule.y0 !== rule.y1),
    'x0',
    'y0',
    'y1',
  );
  if (level.length < 2 || upright.length < 3 || level.length * upright.length > 250_000) return [];
  const owner = Array.from({ length: level.length + upright.length }, (_, index) => index);
  const find = (index: number): number => {
    let at = index;
    while (owner[at] !== at) at = owner[at] ?? at;
    return at;
  };
  upright.forEach((wall, w) => {
    level.forEach((floor, f) => {
      const meets =
        wall.x0 >= floor.x0 - NEAR &&
        wall.x0 <= floor.x1 + NEAR &&
        floor.y0 >= wall.y0 - NEAR &&
        floor.y0 <= wall.y1 + NEAR;
      if (meets) owner[find(level.length + w)] = find(f);
    });
  });
  const groups = new Map<number, { level: Rule[]; upright: Rule[] }>();
  const group = (index: number): { level: Rule[]; upright: Rule[] } => {
    const root = find(index);
    const held = groups.get(root) ?? { level: [], upright: [] };
    groups.set(root, held);
    return held;
  };
  for (const [index, rule] of level.entries()) group(index).level.push(rule);
  for (const [index, rule] of upright.entries()) group(level.length + index).upright.push(rule);
  const grids: Grid[] = [];
  for (const { level: floors, upright: walls } of groups.values()) {
    const xs = distinct(walls.map((rule) => rule.x0));
    const ys = distinct(floors.map((rule) => rule.y0));
    if (xs.length >= 3 && ys.length >= 2) grids.push(new Grid(xs, ys, floors, walls));
  }
  // A table inside a cell of another is read with its own lines: smaller first.
  return grids.sort((a, b) => (a.right - a.left) * (a.bottom - a.top) - (b.right - b.left) * (b.bottom - b.top));
}

function distinct(values: readonly number[]): number[] {
  const out: number[] = [];
  for (const value of [...values].sort((a, b) => a - b)) {
    if (value - (out.at(-1) ?? Number.NEGATIVE_INFINITY) > NEAR) out.push(value);
  }
  return out;
}

/** Pieces of one line drawn one after the other become one line. */
function merge(rules: readonly Rule[], across: 'x0' | 'y0', from: 'x0' | 'y0', to: 'x1' | 'y1'): Rule[] {
  const sorted = [...rules].sort((a, b) => Math.round(a[across]) - Math.round(b[across]) || a[from] - b[from]);
  const out: Rule[] = [];
  for (const rule of sorted) {
    const last = out.at(-1);
    if (last !== undefined && Math.abs(last[across] - rule[across]) <= 1.5 && rule[from] <= last[to] + NEAR)
      last[to] = Math.max(last[to], rule[to]);
    else out.push({ ...rule });
  }
  return out;
}
