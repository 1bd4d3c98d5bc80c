/** What the body, a cell, a note or a text box of a Word file holds, in order. */
export type WordFlow = WordParagraph | WordTable;

/** A stretch of a paragraph's text that one run shows. */
export interface WordPiece {
  start: number;
  end: number;
  paragraph: number;
  run: number;
  offset: number;
}

export interface WordParagraph {
  type: 'paragraph';
  /** Text of the accepted view; tabs and line breaks as themselves. */
  text: string;
  /** Where it stands in the file; only when anchors are asked for. */
  pieces: readonly WordPiece[];
  deleted: string;
  hidden: string;
  style: string | undefined;
  /** Its own list and level; absent when only the style says. */
  numId: string | undefined;
  ilvl: number | undefined;
  outline: number | undefined;
  /** Characters set in bold, in capitals by format, and in how many half-points the first of them. */
  bold: number;
  caps: number;
  size: number;
  page: number;
  /** Ids of the notes called in it, `f` or `e` first. */
  notes: string[];
  /** Ids of diagrams drawn in it. */
  diagrams: string[];
  /** Content of the text boxes anchored in it. */
  boxes: readonly WordFlow[];
}

export interface WordTable {
  type: 'table';
  rows: WordRow[];
}

export interface WordRow {
  cells: WordCell[];
  deleted: boolean;
  hidden: boolean;
}

export interface WordCell {
  flow: WordFlow[];
  /** Continues the cell above it. */
  continues: boolean;
}

/**
 * What a row, box, note or comment may hold before it is written, in paragraphs: more than any page of real text, few enough for
 * the memory of a worker.
 */
export const MAX_HELD = 50_000;

/** Takes the content of one part as it is read. Rows of outer tables come one by one. */
export interface WordSink {
  paragraph(paragraph: WordParagraph): void;
  row(row: WordRow): void;
  tableEnd(): void;
  /** A comment or note is complete. */
  story(id: string, flow: WordFlow[]): void;
  /** A row, box, note or comment held more than `MAX_HELD` paragraphs; the rest of it is left out. */
  overflow(): void;
}

/** Shared by all that hold nothing: most paragraphs do. */
const NOTHING: readonly never[] = [];

export function emptyParagraph(page: number): WordParagraph {
  return {
    type: 'paragraph',
    text: '',
    pieces: NOTHING,
    deleted: '',
    hidden: '',
    style: undefined,
    numId: undefined,
    ilvl: undefined,
    outline: undefined,
    bold: 0,
    caps: 0,
    size: 0,
    page,
    notes: [],
    diagrams: [],
    boxes: NOTHING,
  };
}

/** The accepted text of a flow, a line for a paragraph. */
export function flowText(flow: readonly WordFlow[]): string {
  return flow
    .flatMap((item) =>
      item.type === 'paragraph'
        ? [item.text.trim(), flowText(item.boxes)]
        : item.rows.map((row) =>
            row.cells
              .map((cell) => flowText(cell.flow))
              .filter((text) => text !== '')
              .join(' | '),
          ),
    )
    .filter((text) => text !== '')
    .join('\n');
}
