import { UnreadableError } from '../reader.ts';

/** A rectangle of cells, 1-based, ends included. */
export interface GridRange {
  top: number;
  left: number;
  bottom: number;
  right: number;
}

/** A cell that holds something. */
export interface GridCell {
  /** 1-based. */
  row: number;
  column: number;
  kind: 'text' | 'number' | 'date' | 'boolean' | 'error';
  /** The value as a text: numbers without noise, dates and times in ISO 8601, `TRUE` and `FALSE`; empty for an error. */
  text: string;
  /** What stands there was computed: `text` is the result that was last stored, empty where none was. */
  formula: boolean;
}

/** One sheet: its cells in the order of the file, row by row. */
export interface Grid {
  name: string;
  cells: GridCell[];
  merged: GridRange[];
}

/** Cells a workbook may hold, all sheets together. More is a data table, and costs memory. */
export const MAX_GRID_CELLS = 1_000_000;
const MAX_MERGED = 10_000;

/** Collects the cells of a workbook and stops at the bound. */
export class GridCollector {
  readonly grids: Grid[] = [];
  private left = MAX_GRID_CELLS;

  begin(name: string): void {
    this.grids.push({ name, cells: [], merged: [] });
  }

  /** @throws UnreadableError (`too-large`) past the bound: half a table must not pass for the whole. */
  add(cell: GridCell): void {
    if (this.left-- <= 0)
      throw new UnreadableError({
        code: 'too-large',
        message: `The workbook holds more than ${MAX_GRID_CELLS} cells. Delete what does not belong to it and save it again.`,
      });
    this.grids.at(-1)?.cells.push(cell);
  }

  merge(range: GridRange): void {
    const grid = this.grids.at(-1);
    if (grid && grid.merged.length < MAX_MERGED) grid.merged.push(range);
  }
}
