import { showNumber } from './cell-format.ts';
import type { SheetCell, SheetRows } from './sheet-rows.ts';
import { HiddenColumns } from './sheet-rows.ts';
import type { SharedStrings, WorkbookStyles } from './xlsx-tables.ts';
import { cleanCell } from './xlsx-tables.ts';
import type { Attributes, XmlHandler } from './xml.ts';

/** Follows the XML of one worksheet and hands its rows on. Formulas show the value stored with them; errors are no text. */
export class SheetParser implements XmlHandler {
  private readonly rows: SheetRows;
  private readonly strings: SharedStrings;
  private readonly styles: WorkbookStyles;
  private readonly from1904: boolean;
  private readonly hiddenColumns = new HiddenColumns();
  private cells: SheetCell[] = [];
  private rowHidden = false;
  private column = 0;
  private type = '';
  private style = 0;
  private value = '';
  private taking = false;

  constructor(rows: SheetRows, strings: SharedStrings, styles: WorkbookStyles, from1904: boolean) {
    this.rows = rows;
    this.strings = strings;
    this.styles = styles;
    this.from1904 = from1904;
  }

  open(name: string, attributes: Attributes): boolean {
    switch (name) {
      case 'x:col':
        if (on(attributes.hidden)) this.hiddenColumns.hide(Number(attributes.min), Number(attributes.max));
        break;
      case 'x:row':
        this.cells = [];
        this.column = 0;
        this.rowHidden = on(attributes.hidden);
        break;
      case 'x:c':
        this.column = columnOf(attributes.r) ?? this.column + 1;
        this.type = attributes.t ?? 'n';
        this.style = Number(attributes.s ?? 0);
        this.value = '';
        break;
      case 'x:v':
      case 'x:t':
      case 'x:oddHeader':
      case 'x:oddFooter':
        this.value = name === 'x:t' ? this.value : '';
        this.taking = true;
        break;
      case 'x:f':
      case 'x:rPh':
      case 'x:conditionalFormatting':
      case 'x:dataValidations':
      case 'x:extLst':
        return false;
    }
    return true;
  }

  close(name: string): void {
    switch (name) {
      case 'x:v':
      case 'x:t':
        this.taking = false;
        break;
      case 'x:oddHeader':
      case 'x:oddFooter':
        this.taking = false;
        this.rows.aside(name === 'x:oddHeader' ? 'header' : 'footer', printedText(cleanCell(this.value)));
        break;
      case 'x:c':
        this.endCell();
        break;
      case 'x:row':
        this.rows.row(this.cells, this.rowHidden);
        this.cells = [];
        break;
    }
  }

  text(text: string): void {
    if (this.taking) this.value += text;
  }

  private endCell(): void {
    const text = this.shown();
    // A sheet has 16,384 columns.
    if (text === '' || this.cells.length >= 16_384) return;
    const column = this.column;
    this.cells.push({ text, hidden: this.hiddenColumns.has(column), bold: this.styles.bold(this.style) });
  }

  private shown(): string {
    switch (this.type) {
      case 's':
        return this.strings.get(Number(this.value));
      case 'str':
      case 'inlineStr':
        return cleanCell(this.value);
      case 'b':
        return this.value === '1' ? 'TRUE' : 'FALSE';
      case 'e':
        return '';
      case 'd':
        return this.value.replace(/T00:00:00(?:\.0+)?Z?$/, '');
      default:
        return this.value === '' ? '' : showNumber(Number(this.value), this.styles.kind(this.style), this.from1904);
    }
  }
}

function on(value: string | undefined): boolean {
  return value === '1' || value === 'true';
}

/** 1-based column of a reference such as `AB12`. */
function columnOf(reference: string | undefined): number | null {
  if (reference === undefined) return null;
  let column = 0;
  for (let at = 0; at < reference.length; at++) {
    const letter = reference.charCodeAt(at) & ~32;
    if (letter < 65 || letter > 90) break;
    column = column * 26 + letter - 64;
  }
  return column === 0 ? null : column;
}

/** The words of a page header or footer, without its codes (`&L`, `&P`, `&"Arial,Bold"`, `&12`). */
function printedText(code: string): string {
  return code
    .replace(/&[LCR]/g, ' ')
    .replace(/&(?:"[^"]*"|\d+|K[0-9A-F]{6}|[A-Z])/g, '')
    .replaceAll('&&', '&')
    .replace(/\s+/g, ' ')
    .trim();
}
