import type { GridCell, GridCollector } from './grid.ts';
import type { Attributes, XmlHandler } from './xml.ts';

/** Repeats of a filled row or cell that are written out; an empty one may repeat to the end of the sheet. */
const MAX_REPEATS = 1_000;

interface OpenCell {
  attributes: Attributes;
  lines: string[];
}

/** Follows the body of an OpenDocument spreadsheet and hands on its cells with their places (OpenDocument 1.3 part 3, 9.1). */
export class OdsGridParser implements XmlHandler {
  private readonly out: GridCollector;
  private row = 1;
  private rowRepeat = 1;
  private column = 1;
  private rowCells: Omit<GridCell, 'row'>[] = [];
  private cell: OpenCell | null = null;
  private line: string | null = null;
  /** Tables within a cell's frame are no part of the grid. */
  private depth = 0;

  constructor(out: GridCollector) {
    this.out = out;
  }

  open(name: string, attributes: Attributes): boolean {
    switch (name) {
      case 'table:tracked-changes':
      case 'table:content-validations':
      case 'table:named-expressions':
      case 'table:database-ranges':
      case 'office:forms':
      case 'office:annotation':
      case 'table:shapes':
      case 'draw:frame':
      case 'draw:custom-shape':
      case 'draw:object':
        return false;
      case 'table:table':
        if (this.depth++ > 0) return false;
        this.out.begin(attributes['table:name'] ?? '');
        this.row = 1;
        break;
      case 'table:table-row':
        this.rowRepeat = repeats(attributes['table:number-rows-repeated']);
        this.rowCells = [];
        this.column = 1;
        break;
      case 'table:table-cell':
      case 'table:covered-table-cell':
        this.cell = { attributes, lines: [] };
        break;
      case 'text:p':
        this.line = '';
        break;
      case 'text:s':
        this.say(' '.repeat(Math.min(1_000, repeats(attributes['text:c']))));
        break;
      case 'text:tab':
        this.say('\t');
        break;
      case 'text:line-break':
        this.say('\n');
        break;
    }
    return true;
  }

  close(name: string): void {
    switch (name) {
      case 'text:p':
        this.cell?.lines.push(this.line ?? '');
        this.line = null;
        break;
      case 'table:table-cell':
      case 'table:covered-table-cell':
        this.endCell();
        break;
      case 'table:table-row':
        this.endRow();
        break;
      case 'table:table':
        this.depth--;
        break;
    }
  }

  text(text: string): void {
    this.say(text.replace(/[ \t\r\n]+/g, ' '));
  }

  private say(text: string): void {
    if (this.line !== null) this.line += text;
  }

  private endCell(): void {
    const { cell } = this;
    this.cell = null;
    if (!cell) return;
    const repeat = repeats(cell.attributes['table:number-columns-repeated']);
    const shown = shownIn(cell);
    const formula = cell.attributes['table:formula'] !== undefined;
    if (shown.text !== '' || shown.kind === 'error' || formula) {
      for (let i = 0; i < Math.min(repeat, MAX_REPEATS); i++)
        this.rowCells.push({ column: this.column + i, ...shown, formula });
    }
    this.span(cell.attributes);
    this.column += repeat;
  }

  private span(attributes: Attributes): void {
    const columns = repeats(attributes['table:number-columns-spanned']);
    const rows = repeats(attributes['table:number-rows-spanned']);
    if (columns === 1 && rows === 1) return;
    const { row: top, column: left } = this;
    this.out.merge({ top, left, bottom: top + rows - 1, right: left + columns - 1 });
  }

  private endRow(): void {
    if (this.rowCells.length > 0)
      for (let i = 0; i < Math.min(this.rowRepeat, MAX_REPEATS); i++)
        for (const cell of this.rowCells) this.out.add({ row: this.row + i, ...cell });
    this.row += this.rowRepeat;
    this.rowCells = [];
  }
}

function repeats(count: string | undefined): number {
  const number = Number(count ?? 1);
  return Number.isInteger(number) && number > 0 ? number : 1;
}

function shownIn({ attributes, lines }: OpenCell): Pick<GridCell, 'kind' | 'text'> {
  const text = lines.join('\n');
  // Where a formula failed, LibreOffice stores the text of the error, and says so in an attribute of its own.
  const type = attributes['calcext:value-type'] ?? attributes['office:value-type'];
  switch (type) {
    case 'error':
      return { kind: 'error', text: '' };
    case 'float':
    case 'percentage':
    case 'currency': {
      const value = Number(attributes['office:value']);
      return { kind: 'number', text: Number.isFinite(value) ? String(Number(value.toPrecision(14))) : '' };
    }
    case 'date':
      return { kind: 'date', text: (attributes['office:date-value'] ?? text).replace(/T00:00:00(?:\.0+)?$/, '') };
    case 'time':
      return { kind: 'date', text };
    case 'boolean':
      return { kind: 'boolean', text: attributes['office:boolean-value'] === 'true' ? 'TRUE' : 'FALSE' };
    default:
      return { kind: 'text', text: text === '' ? (attributes['office:string-value'] ?? '') : text };
  }
}
