import type { Collector } from './collector.ts';
import type { OdfStyles } from './odf-styles.ts';
import type { SheetCell } from './sheet-rows.ts';
import { HiddenColumns, SheetRows } from './sheet-rows.ts';
import type { Attributes, XmlHandler } from './xml.ts';
import { Enough } from './xml.ts';

/** A row or cell repeated more often than this is a filler; it is read once. */
const MAX_REPEATS = 50;

/** Cells with text in one row; a sheet has 16,384 columns. */
const MAX_CELLS = 16_384;

/** Follows the body of an OpenDocument spreadsheet. Cells show the text stored with their value. */
export class OdsParser implements XmlHandler {
  /** Sheets seen. */
  sheets = 0;
  private readonly collector: Collector;
  private readonly styles: OdfStyles;
  private readonly maxSheets: number;
  private rows: SheetRows | null = null;
  private readonly hiddenColumns = new HiddenColumns();
  private columns = 0;
  private cells: SheetCell[] = [];
  private column = 0;
  private rowHidden = false;
  private rowRepeat = 1;
  private cell: { lines: string[]; repeat: number; bold: boolean; fallback: string } | null = null;
  private line: string | null = null;
  private comment: string[] | null = null;
  private shape: string[] | null = null;

  constructor(collector: Collector, styles: OdfStyles, maxSheets: number) {
    this.collector = collector;
    this.styles = styles;
    this.maxSheets = maxSheets;
  }

  open(name: string, attributes: Attributes): boolean {
    switch (name) {
      case 'table:tracked-changes':
      case 'table:content-validations':
      case 'office:forms':
      case 'table:named-expressions':
      case 'table:database-ranges':
      case 'draw:object':
      case 'svg:title':
      case 'svg:desc':
      case 'dc:creator':
      case 'dc:date':
        return false;
      case 'table:table':
        this.beginSheet(attributes);
        break;
      case 'table:table-column': {
        const count = Number(attributes['table:number-columns-repeated'] ?? 1);
        if (attributes['table:visibility'] !== undefined && attributes['table:visibility'] !== 'visible') {
          this.hiddenColumns.hide(this.columns + 1, this.columns + count);
        }
        this.columns += count;
        break;
      }
      case 'table:table-row':
        this.cells = [];
        this.column = 0;
        this.rowHidden = attributes['table:visibility'] !== undefined && attributes['table:visibility'] !== 'visible';
        this.rowRepeat = Number(attributes['table:number-rows-repeated'] ?? 1);
        break;
      case 'table:table-cell':
      case 'table:covered-table-cell':
        this.cell = {
          lines: [],
          repeat: Number(attributes['table:number-columns-repeated'] ?? 1),
          bold: false,
          fallback: storedValue(attributes),
        };
        break;
      case 'office:annotation':
        this.comment = [];
        break;
      case 'draw:text-box':
      case 'draw:custom-shape':
        this.shape = [];
        break;
      case 'text:p':
        this.line = '';
        break;
      case 'text:span':
        if (this.cell && this.styles.get('text', attributes['text:style-name']).bold) this.cell.bold = true;
        break;
      case 'text:s':
        if (this.line !== null) this.line += ' ';
        break;
      case 'text:tab':
        if (this.line !== null) this.line += '\t';
        break;
      case 'text:line-break':
        if (this.line !== null) this.line += '\n';
        break;
    }
    return true;
  }

  close(name: string): void {
    switch (name) {
      case 'text:p':
        (this.comment ?? this.shape ?? this.cell?.lines)?.push(this.line ?? '');
        this.line = null;
        break;
      case 'office:annotation':
        this.rows?.aside('comment', (this.comment ?? []).join('\n'));
        this.comment = null;
        break;
      case 'draw:text-box':
      case 'draw:custom-shape':
        this.rows?.paragraph((this.shape ?? []).join('\n'));
        this.shape = null;
        break;
      case 'table:table-cell':
      case 'table:covered-table-cell':
        this.endCell();
        break;
      case 'table:table-row':
        this.endRow();
        break;
      case 'table:table':
        this.rows?.end();
        this.rows = null;
        break;
    }
  }

  text(text: string): void {
    if (this.line !== null) this.line += text.replace(/[ \t\r\n]+/g, ' ');
  }

  private beginSheet(attributes: Attributes): void {
    this.sheets++;
    if (this.sheets > this.maxSheets) {
      this.collector.sayCut(`The first ${this.maxSheets} sheets were read.`);
      throw new Enough();
    }
    this.hiddenColumns.clear();
    this.columns = 0;
    const hidden = !this.styles.isDisplayed(attributes['table:style-name']);
    this.rows = new SheetRows(this.collector, attributes['table:name'] ?? '', this.sheets, hidden);
  }

  private endCell(): void {
    const cell = this.cell;
    this.cell = null;
    if (!cell) return;
    const first = this.column + 1;
    this.column += cell.repeat;
    const text = cell.lines.join('\n').trim() || cell.fallback;
    if (text === '' || this.cells.length > MAX_CELLS) return;
    const times = cell.repeat <= MAX_REPEATS ? cell.repeat : 1;
    for (let time = 0; time < times; time++) {
      this.cells.push({ text, hidden: this.hiddenColumns.has(first + time), bold: cell.bold });
    }
  }

  private endRow(): void {
    const filled = this.cells.length > 0;
    if (filled && this.rowRepeat > MAX_REPEATS) {
      this.collector.sayCut(`A row is repeated ${this.rowRepeat} times in sheet ${this.sheets}; it was read once.`);
    }
    const times = filled && this.rowRepeat <= MAX_REPEATS ? this.rowRepeat : 1;
    for (let time = 0; time < times; time++) this.rows?.row(this.cells, this.rowHidden);
    this.cells = [];
  }
}

/** What a cell without text holds. */
function storedValue(attributes: Attributes): string {
  return attributes['office:string-value'] ?? attributes['office:date-value'] ?? attributes['office:value'] ?? '';
}
