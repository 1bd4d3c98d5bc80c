import type { Document, Format, Problem } from './model.ts';

/** Bounds a reader keeps to. What goes past `maxBlocks` or `maxChars` is left out and said in a `cut` problem; the others throw. */
export interface Limits {
  /** Bytes one file may inflate to, all its parts together. */
  maxInflatedBytes: number;
  /** A row counts once for every `CELLS_A_BLOCK` of its cells. */
  maxBlocks: number;
  /** UTF-16 units of `Document.text`. */
  maxChars: number;
  /** Nesting of elements, lists, groups. */
  maxDepth: number;
  /** Pages of a PDF, slides, sheets. */
  maxPages: number;
}

export const DEFAULT_LIMITS: Readonly<Limits> = {
  maxInflatedBytes: 256 * 1024 * 1024,
  maxBlocks: 100_000,
  maxChars: 4_000_000,
  maxDepth: 256,
  maxPages: 5_000,
};

/** Cells take memory as blocks do; that of this many cells is about that of one block. */
export const CELLS_A_BLOCK = 4;

/** A picture of one page, 8-bit grey or RGBA, rows top to bottom, for a text recogniser. */
export interface PageImage {
  page: number;
  width: number;
  height: number;
  channels: 1 | 4;
  pixels: Uint8Array;
}

/** Turns the picture of a page into its text; not part of this package. */
export type Ocr = (image: PageImage) => string | Promise<string>;

export interface FileToRead {
  name: string;
  /** Fill `Block.runs`, so that comments can be anchored (Word only). */
  anchors?: boolean;
  limits: Limits;
  ocr?: Ocr;
}

/** Reads one or more formats. Non-fatal troubles go to `Document.problems`; a fatal one is thrown as `UnreadableError`. */
export interface FormatReader {
  formats: readonly Format[];
  read(bytes: Uint8Array, file: FileToRead): Document | Promise<Document>;
}

/** Nothing of the file could be read; `problem.fatal` is true and its message says what the person can do. */
export class UnreadableError extends Error {
  readonly problem: Problem;

  constructor(problem: Omit<Problem, 'fatal'>) {
    super(problem.message);
    this.name = 'UnreadableError';
    this.problem = { ...problem, fatal: true };
  }
}
