import type { Collector } from './collector.ts';
import { headingByLook, printedNumber } from './heading-look.ts';

/** More rows with text than this in one sheet are a data table, not a document. */
export const MAX_ROWS = 50_000;

export interface SheetCell {
  text: string;
  hidden: boolean;
  bold: boolean;
}

/** Writes the rows of one sheet of a workbook: a heading for the sheet, a row for a row, hidden cells apart. */
export class SheetRows {
  private readonly collector: Collector;
  private readonly name: string;
  private readonly page: number;
  private readonly hidden: boolean;
  private headed = false;
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
    if (shown.length > 1) {
      this.collector.addRow(
        shown.map((cell) => cell.text),
        { page: this.page },
      );
    } else this.single(first);
  }

  /** Text beside the grid: text boxes and drawings. */
  paragraph(text: string): void {
    if (this.hidden) {
      this.aside('hidden', text);
      return;
    }
    if (text.trim() === '') return;
    this.head();
    this.collector.add('paragraph', text, { page: this.page });
  }

  aside(kind: 'hidden' | 'comment' | 'header' | 'footer', text: string): void {
    this.collector.aside(kind, text, this.page);
  }

  /** Says how many rows were left out. */
  end(): void {
    if (this.left === 0) return;
    this.collector.builder.problem({
      code: 'cut',
      message: `Sheet "${this.name}" has ${this.rows + this.left} rows with text; the first ${MAX_ROWS} were read.`,
      fatal: false,
    });
  }

  private single(cell: SheetCell): void {
    const text = cell.text.trim();
    const look = headingByLook({ text, bold: cell.bold, caps: false, large: false, number: null, ilvl: 0 });
    const number = printedNumber(text);
    if (look !== null) {
      this.collector.add('heading', text, {
        level: Math.min(9, look + 1),
        page: this.page,
        ...(number !== null && { number }),
      });
    } else this.collector.add('paragraph', text, { page: this.page });
  }

  private head(): void {
    if (this.headed) return;
    this.headed = true;
    this.collector.add('heading', this.name, { level: 1, page: this.page });
  }
}
