import type { BlockDetail } from '../builder.ts';
import type { BlockKind } from '../model.ts';
import type { BoundedBuilder } from './bounded.ts';

/** A block before its place in the document is known. A row holds `cells`; every other kind holds `text`. */
export interface Piece {
  kind: BlockKind;
  text: string;
  cells?: string[];
  level?: number;
  number?: string;
  /** ISO 639-1, where the source states it. */
  language?: string;
}

/** Puts a piece at the end of a document. */
export function addPiece(builder: BoundedBuilder, piece: Piece): void {
  const detail: BlockDetail = {};
  if (piece.level !== undefined) detail.level = piece.level;
  if (piece.number !== undefined) detail.number = piece.number;
  const block = piece.cells ? builder.addRow(piece.cells, detail) : builder.add(piece.kind, piece.text, detail);
  if (block !== null && piece.language !== undefined) block.language = piece.language;
}

/** White space as a person sees it: runs are one space, invisible characters (soft hyphen, zero width, direction marks) are gone. */
export function tidy(text: string): string {
  return oneSpace(dropInvisible(text)).trim();
}

/** Every run of white space as one space. Single spaces are not touched, which is what makes it cheap on long texts. */
export function oneSpace(text: string): string {
  return text.replace(/\s{2,}|[^\S ]/g, ' ');
}

/** Like `oneSpace`, within lines. */
export function oneSpaceInLines(text: string): string {
  return text.replace(/[^\S\n]{2,}|[^\S\n ]/g, ' ');
}

/** Removes characters that have no width; keeps the joiners that scripts of India and Arabia need between letters. */
export function dropInvisible(text: string): string {
  return INVISIBLE.test(text) ? text.replace(ALL_INVISIBLE, '') : text;
}

const INVISIBLE = /[[\p{Cc}--[\t\n\v\f\r]]\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/v;
const ALL_INVISIBLE = new RegExp(INVISIBLE.source, 'gv');
