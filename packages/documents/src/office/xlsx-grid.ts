import { showNumber } from './cell-format.ts';
import type { GridCell, GridCollector, GridRange } from './grid.ts';
import type { SharedStrings, WorkbookStyles } from './xlsx-tables.ts';
import { cleanCell } from './xlsx-tables.ts';
import type { Attributes, XmlHandler } from './xml.ts';

/** Follows the XML of one worksheet and hands on its cells with their places (ECMA-376 part 1, 18.3). */
export class GridParser implements XmlHandler {
  private readonly out: GridCollector;
  private readonly strings: SharedStrings;
  private readonly styles: WorkbookStyles;
  private readonly from1904: boolean;
  private row = 0;
  private column = 0;
  private type = 'n';
  private style = 0;
  private value = '';
  private formula = false;
  private taking = false;

  constructor(out: GridCollector, strings: SharedStrings, styles: WorkbookStyles, from1904: boolean) {
    this.out = out;
    this.strings = strings;
    this.styles = styles;
    this.from1904 = from1904;
  }

  open(name: string, attributes: Attributes): boolean {
    switch (name) {
      case 'x:row':
        this.row = Number(attributes.r) || this.row + 1;
        this.column = 0;
        break;
      case 'x:c':
        this.startCell(attributes);
        break;
      case 'x:v':
      case 'x:t':
        this.taking = true;
        break;
      case 'x:f':
        this.formula = true;
        return false;
      case 'x:mergeCell': {
        const range = rangeOf(attributes.ref);
        if (range) this.out.merge(range);
        return false;
      }
      case 'x:rPh':
      case 'x:conditionalFormatting':
      case 'x:dataValidations':
      case 'x:headerFooter':
      case 'x:extLst':
        return false;
    }
    return true;
  }

  close(name: string): void {
    if (name === 'x:v' || name === 'x:t') this.taking = false;
    else if (name === 'x:c') this.endCell();
  }

  text(text: string): void {
    if (this.taking) this.value += text;
  }

  private startCell(attributes: Attributes): void {
    const place = placeOf(attributes.r);
    this.column = place?.column ?? this.column + 1;
    if (place) this.row = place.row;
    this.type = attributes.t ?? 'n';
    this.style = Number(attributes.s ?? 0);
    this.value = '';
    this.formula = false;
  }

  private endCell(): void {
    const { row, column, formula } = this;
    const shown = this.shown();
    if (shown.text !== '' || shown.kind === 'error' || formula) this.out.add({ row, column, ...shown, formula });
  }

  private shown(): Pick<GridCell, 'kind' | 'text'> {
    const { value } = this;
    switch (this.type) {
      case 's':
        return { kind: 'text', text: value === '' ? '' : this.strings.get(Number(value)) };
      case 'str':
      case 'inlineStr':
        return { kind: 'text', text: cleanCell(value) };
      case 'b':
        return { kind: 'boolean', text: value === '' ? '' : value === '1' || value === 'true' ? 'TRUE' : 'FALSE' };
      case 'e':
        return { kind: 'error', text: '' };
      case 'd':
        return { kind: 'date', text: value.replace(/T00:00:00(?:\.0+)?Z?$/, '') };
    }
    const kind = this.styles.kind(this.style);
    const dated = kind !== 'number' && kind !== 'percent';
    const text = value === '' ? '' : showNumber(Number(value), dated ? kind : 'number', this.from1904);
    return { kind: dated ? 'date' : 'number', text };
  }
}

/** `AB12` as numbers; null for what is no reference. */
function placeOf(reference: string | undefined): { row: number; column: number } | null {
  const parts = /^\$?([A-Za-z]{1,3})\$?(\d{1,7})$/.exec(reference ?? '');
  if (!parts) return null;
  let column = 0;
  for (const letter of (parts[1] ?? '').toUpperCase()) column = column * 26 + letter.charCodeAt(0) - 64;
  return { row: Number(parts[2]), column };
}

function rangeOf(reference: string | undefined): GridRange | null {
  const [from, to] = (reference ?? '').split(':').map(placeOf);
  return from && to ? { top: from.row, left: from.column, bottom: to.row, right: to.column } : null;
}
