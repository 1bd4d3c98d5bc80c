export interface RtfParagraph {
  text: string;
  hidden: string;
  deleted: string;
  /** As written by the list in front of it. */
  label: string;
  /** 0-based. */
  outline: number | null;
  style: string;
  bold: number;
  caps: number;
  /** Half-points of its first text. */
  size: number;
  page: number;
  notes: string[];
}

export function emptyParagraph(page: number): RtfParagraph {
  return {
    text: '',
    hidden: '',
    deleted: '',
    label: '',
    outline: null,
    style: '',
    bold: 0,
    caps: 0,
    size: 0,
    page,
    notes: [],
  };
}

/** Gathers the cells of a row, which RTF writes one after the other before it says that they were a row. */
export class RtfTable {
  /** Whether the current paragraph stands in a table, and at which depth. */
  depth = 0;
  private cell: RtfParagraph[] = [];
  private row: RtfParagraph[][] = [];
  private nested: RtfParagraph[] = [];
  private nestedRow: string[] = [];

  /** Takes a paragraph that ended inside a table. */
  paragraph(paragraph: RtfParagraph): void {
    if (this.depth > 1) this.nested.push(paragraph);
    else this.cell.push(paragraph);
  }

  endCell(last: RtfParagraph): void {
    this.cell.push(last);
    this.row.push(this.cell);
    this.cell = [];
  }

  /** The cells of the row that ended. */
  endRow(): RtfParagraph[][] {
    const { row } = this;
    this.row = [];
    this.cell = [];
    return row;
  }

  endNestedCell(last: RtfParagraph): void {
    const texts = [...this.nested, last].map((paragraph) => paragraph.text.trim());
    this.nestedRow.push(texts.filter((text) => text !== '').join('\n'));
    this.nested = [];
  }

  /** A row of a table in a cell is a line of that cell. */
  endNestedRow(page: number): void {
    const line = emptyParagraph(page);
    line.text = this.nestedRow.filter((text) => text !== '').join(' | ');
    this.nestedRow = [];
    if (line.text !== '') this.cell.push(line);
  }

  /** Whether a row was begun and not ended. */
  get open(): boolean {
    return this.row.length > 0 || this.cell.length > 0;
  }
}
