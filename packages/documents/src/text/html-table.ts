import type { Piece } from './piece.ts';

interface Cell {
  pieces: FlowPiece[];
}

/** A piece of a page, with what tells text from the page's frame. */
export interface FlowPiece extends Piece {
  region: 'body' | 'header' | 'footer' | 'hidden' | 'deleted';
  /** Stands inside `main` or the like. */
  main: boolean;
  /** Characters of the text that are link text. */
  linked: number;
  /** It is nothing but a link to a place in the same page. */
  within?: true;
  /** Elements around it whose names suggest the page's frame. */
  suspects: readonly number[];
}

/** A cell with more pieces than this is a page laid out by tables rather than a table. */
const MANY_PIECES = 40;

/** Collects the cells of one table, then gives rows, or the cells' content one after the other where the table is only layout. */
export class TableCollector {
  private readonly rows: Cell[][] = [];
  private nested = false;
  private readonly presentation: boolean;

  constructor(presentation: boolean) {
    this.presentation = presentation;
  }

  row(): void {
    this.rows.push([]);
  }

  cell(): void {
    if (this.rows.length === 0) this.row();
    this.rows.at(-1)?.push({ pieces: [] });
  }

  /** A table stands inside one of the cells. */
  holdsTable(): void {
    this.nested = true;
  }

  add(piece: FlowPiece): void {
    if (this.rows.at(-1)?.at(-1) === undefined) this.cell();
    this.rows.at(-1)?.at(-1)?.pieces.push(piece);
  }

  finish(): FlowPiece[] {
    if (this.isLayout()) return this.rows.flatMap((row) => row.flatMap((cell) => cell.pieces));
    const out: FlowPiece[] = [];
    for (const row of this.rows) {
      const all = row.flatMap((cell) => cell.pieces);
      const kept = all.filter((piece) => piece.region !== 'hidden' && piece.region !== 'deleted');
      for (const piece of all) if (piece.region === 'hidden' || piece.region === 'deleted') out.push(piece);
      const first = kept[0];
      if (first === undefined) continue;
      const cells = row.map((cell) =>
        cell.pieces
          .filter((piece) => piece.region !== 'hidden' && piece.region !== 'deleted')
          .map(cellText)
          .join('\n'),
      );
      const linked = kept.reduce((sum, piece) => sum + piece.linked, 0);
      const { level: _level, number: _number, ...rest } = first;
      out.push({ ...rest, kind: 'row', text: cells.join(' '), cells, linked });
    }
    return out;
  }

  private isLayout(): boolean {
    if (this.presentation) return true;
    const widest = this.rows.reduce(
      (most, row) => Math.max(most, row.filter((cell) => cell.pieces.length > 0).length),
      0,
    );
    const cells = this.rows.flat();
    if (this.nested) return true;
    if (cells.some((cell) => cell.pieces.length > MANY_PIECES)) return true;
    if (cells.some((cell) => cell.pieces.length > 1 && cell.pieces.some((piece) => piece.kind === 'heading')))
      return true;
    return widest <= 1 && cells.some((cell) => cell.pieces.length > 1);
  }
}

function cellText(piece: FlowPiece): string {
  if (piece.kind !== 'item') return piece.text;
  return `${piece.number === undefined ? '-' : `${piece.number}.`} ${piece.text}`;
}
