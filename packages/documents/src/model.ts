/** One model for every file: a text, and ordered blocks that point into it. */

export type Format =
  | 'pdf'
  | 'docx'
  | 'odt'
  | 'xlsx'
  | 'ods'
  | 'pptx'
  | 'html'
  | 'md'
  | 'rst'
  | 'adoc'
  | 'yaml'
  | 'json'
  | 'xml'
  | 'eml'
  | 'rtf'
  | 'doc'
  | 'txt'
  | 'zip'
  | 'unknown';

export type BlockKind =
  | 'title'
  | 'heading'
  | 'paragraph'
  | 'item'
  | 'row'
  | 'code'
  | 'quote'
  | 'footnote'
  | 'caption'
  | 'field';

/** `start`/`end`: UTF-16 offsets into `Document.text`, end exclusive. */
export interface Block {
  kind: BlockKind;
  start: number;
  end: number;
  /** Heading depth, 1 is the highest. */
  level?: number;
  /** Clause number as printed or as computed from the file's numbering: `3.2.1`, `(a)`. Not part of the text unless printed there. */
  number?: string;
  /** 1-based. Exact in PDF and slides (slide) and workbooks (sheet); `pageApproximate` elsewhere. */
  page?: number;
  pageApproximate?: true;
  /** Index in `blocks` of the heading this block stands under; absent at the top. */
  under?: number;
  /** ISO 639-1; inherited from the passage it stands in. */
  language?: string;
  /** Offsets of the cells of a `row`; cells are joined by ` | ` in the text. */
  cells?: [start: number, end: number][];
  /** Where each piece stands in the file, so that a comment can be anchored there (Word only). */
  runs?: RunAnchor[];
}

/** [start, end) of the text is run `run` of paragraph `paragraph` of `part`, from character `offset` of that run. */
export interface RunAnchor {
  start: number;
  end: number;
  part: string;
  paragraph: number;
  run: number;
  offset: number;
}

/** Kept, but not part of what the document says: running headers, deleted or hidden text, reviewers' comments. */
export interface Aside {
  kind: 'header' | 'footer' | 'deleted' | 'hidden' | 'comment';
  text: string;
  page?: number;
}

export type ProblemCode =
  | 'empty'
  | 'encrypted'
  | 'truncated'
  | 'corrupt'
  | 'mislabelled'
  | 'unsupported'
  | 'too-large'
  | 'too-deep'
  | 'too-slow'
  | 'too-much-memory'
  | 'crashed'
  | 'noise'
  | 'scanned'
  | 'partly-scanned'
  | 'cut'
  | 'external'
  | 'not-found';

/** What went wrong, where, and what the reader can do. `fatal`: nothing could be read, every answer is null. */
export interface Problem {
  code: ProblemCode;
  message: string;
  fatal: boolean;
  pages?: number[];
}

export interface Document {
  format: Format;
  /** Blocks joined by one newline. */
  text: string;
  blocks: Block[];
  asides: Aside[];
  /** Dominant language, ISO 639-1; null when it cannot be told. */
  language: string | null;
  /** Pages, slides or sheets; null where the format has none. */
  pages: number | null;
  title: string | null;
  /** As the file states them (docinfo, front matter, notice fields): `author`, `created`, `publisher`, `country`, … */
  properties: Record<string, string>;
  problems: Problem[];
}
