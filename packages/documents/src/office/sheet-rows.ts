import type { Collector } from './collector.ts';
import { headingByLook, printedNumber } from './heading-look.ts';

/** More rows with text than this in one sheet are a data table, not a document. */
const MAX_ROWS = 50_000;

export interface SheetCell {
  text: string;
  hidden: boolean;
  bold: boolean;
}

/** Columns of the widest sheet there is. */
const MAX_COLUMNS = 16_384;

/** Which columns of a sheet are hidden; 1-based. */
export class HiddenColumns {
  private readonly hidden = new Uint8Array(MAX_COLUMNS + 1);

  hide(first: number, last: number): void {
    if (first >= 1) this.hidden.fill(1, Math.min(first, MAX_COLUMNS + 1), Math.min(last, MAX_COLUMNS) + 1);
  }

  has(column: number): boolean {
    return this.hidden[column] === 1;
  }

  clear(): void {
    this.hidden.fill(0);
  }
}

/** Writes the rows of one sheet of a workbook: a heading for the sheet, a row for a row, hidden cells apart. */
export class SheetRows {
  private readonly collector: Collector;
  private readonly name: string;
  private readonly page: number;
  private readonly hidden: boolean;
  private headed = false;
  /** A bold line alone in its row; what follows tells whether it heads anything. */
  private pending: { text: string; level: number } | null = null;
  private rows = 0;
  /** Set when `MAX_ROWS` is reached; later rows are only counted. */
  left = 0;

  constructor(collector: Collector, name: string, page: number, hidden: boolean) {
    this.collector = collector;
    this.name = name;
    this.page = page;
    this.hidden = hidden;
  }

  row(cells: readonly SheetCell[], hidden: boolean): void {
    const shown = hidden || this.hidden ? [] : cells.filter((cell) => !cell.hidden && cell.text.trim() !== '');
    const apart = cells.filter((cell) => (hidden || this.hidden || cell.hidden) && cell.text.trim() !== '');
    if (shown.length === 0 && apart.length === 0) return;
    if (this.rows >= MAX_ROWS) {
      this.left++;
      return;
    }
    this.rows++;
    if (apart.length > 0) this.aside('hidden', apart.map((cell) => cell.text.trim()).join(' | '));
    const [first] = shown;
    if (!first) return;
    this.head();
    const level = shown.length === 1 ? levelOf(first) : null;
    this.settle(level === null);
    if (shown.length > 1) {
      this.collector.addRow(
        shown.map((cell) => cell.text),
        { page: this.page },
      );
    } else if (level !== null) this.pending = { text: first.text.trim(), level };
    else this.collector.add('paragraph', first.text, { page: this.page });
  }

  /** Text beside the grid: text boxes and drawings. */
  paragraph(text: string): void {
    if (this.hidden) {
      this.aside('hidden', text);
      return;
    }
    if (text.trim() === '') return;
    this.head();
    this.settle(false);
    this.collector.add('paragraph', text, { page: this.page });
  }

  aside(kind: 'hidden' | 'comment' | 'header' | 'footer', text: string): void {
    this.collector.aside(kind, text, this.page);
  }

  /** Says how many rows were left out. */
  end(): void {
    this.settle(false);
    if (this.left === 0) return;
    this.collector.builder.problem({
      code: 'cut',
      message: `Sheet "${this.name}" has ${this.rows + this.left} rows with text; the first ${MAX_ROWS} were read.`,
      fatal: false,
    });
  }

  private settle(heads: boolean): void {
    const pending = this.pending;
    if (!pending) return;
    this.pending = null;
    if (heads) {
      const number = printedNumber(pending.text);
      const detail = { level: pending.level, page: this.page };
      this.collector.add('heading', pending.text, number === null ? detail : { ...detail, number });
    } else this.collector.add('paragraph', pending.text, { page: this.page });
  }

  private head(): void {
    if (this.headed) return;
    this.headed = true;
    this.collector.add('heading', this.name, { level: 1, page: this.page });
  }
}

function levelOf(cell: SheetCell): number | null {
  const level = headingByLook({
    text: cell.text.trim(),
    bold: cell.bold,
    caps: false,
    large: false,
    number: null,
    ilvl: 0,
  });
  return level === null ? null : Math.min(9, level + 1);
}
