import type { Block, Document } from '@proviso/documents';
import { FOLD, isWord } from './folding.ts';

/** A sentence, clause or table cell: the smallest piece a judgement rests on. Offsets into the document's text. */
export interface Segment {
  start: number;
  end: number;
  /** Index in `Document.blocks`. */
  block: number;
}

/** Longer pieces are cut at a space, so that a quote stays readable and one endless line costs no more than its length. */
const LONGEST_SEGMENT = 900;
/** A table row up to this length is one piece: its cells explain each other. */
const LONGEST_ROW = 400;

/**
 * Words before a full stop that do not end a sentence: number, section, article, version words and titles, in the languages
 * of the lexicons, and single letters.
 */
const ABBREVIATION =
  /(?:^|[\s([/-])(?:\p{L}|no|nos|nr|núm|num|sec|sect|art|arts|abs|rev|ver|vol|fig|par|para|pt|ch|cf|al|ca|bzw|inkl|ggf|evtl|usw|vgl|sog|etc|ex|approx|ed|eds|inc|ltd|corp|dept|dr|mr|mrs|ms|prof|st|vs|resp|incl|excl|max|min|tel|dal|lett|co|bijv|enz|blz|jf|stk|kap|pkt|poz|ust|lp|pp|nn|nt|mm|p\.ex|e\.g|i\.e|z\.b|d\.h|u\.a|m\.m|o\.a|d\.w\.z|t\.o\.v|s\.m\.i|u\.s|m\.b\.t|i\.v\.m|n\.b|p\.es)$/iu;

const ENDS = /[.!?。！？…;](?=[\s"'”’»)\]]|$)|[。！？]|\n/g;

/** Cuts every block into segments, in order. Between them they cover every letter and digit. */
export function segment(document: Document): Segment[] {
  const segments: Segment[] = [];
  for (let index = 0; index < document.blocks.length; index++) {
    const block = document.blocks[index] as Block;
    if (block.kind === 'row' && block.end - block.start > LONGEST_ROW && block.cells) {
      for (const [start, end] of block.cells) cut(document.text, start, end, index, segments);
    } else if (block.kind === 'row') push(document.text, block.start, block.end, index, segments);
    else cut(document.text, block.start, block.end, index, segments);
  }
  return segments;
}

function cut(text: string, start: number, end: number, block: number, into: Segment[]): void {
  if (end - start < 60) {
    push(text, start, end, block, into);
    return;
  }
  const piece = text.slice(start, end);
  let from = 0;
  ENDS.lastIndex = 0;
  for (let found = ENDS.exec(piece); found !== null; found = ENDS.exec(piece)) {
    const at = found.index;
    if (!endsSentence(piece, at)) continue;
    push(text, start + from, start + at + 1, block, into);
    from = at + 1;
  }
  push(text, start + from, end, block, into);
}

function endsSentence(piece: string, at: number): boolean {
  const mark = piece[at];
  if (mark === '\n') return startsLine(piece, at + 1);
  if (mark !== '.') return true;
  const next = nextVisible(piece, at + 1);
  if (next === '') return true;
  if (/[\p{Ll},;:)]/u.test(next)) return false;
  const before = piece.slice(Math.max(0, at - 12), at);
  if (ABBREVIATION.test(before)) return false;
  // "4.2." before a word is a clause number where it opens the piece, or stands after "Sec".
  return !/(?:^|\n)\s*\(?\d[\d.]*$/.test(before) && !/(?:§|sec|art|abs)\.?\s*\d[\d.]*$/i.test(before);
}

/** A line break inside a block ends a piece only before a list mark or an empty line: a wrapped line goes on. */
function startsLine(piece: string, at: number): boolean {
  return /^\s*(?:\n|[-–•*▪◦‣●■□✓]\s|\(?[a-z0-9]{1,3}[.)]\s)/i.test(piece.slice(at, at + 16));
}

function nextVisible(piece: string, from: number): string {
  for (let at = from; at < piece.length && at < from + 40; at++) {
    const char = piece[at] as string;
    if (!/[\s"'”’»)\]*_]/.test(char)) return char;
  }
  return '';
}

function push(text: string, from: number, to: number, block: number, into: Segment[]): void {
  let start = from;
  let end = to;
  while (start < end && isBlank(text.charCodeAt(start))) start++;
  while (end > start && isBlank(text.charCodeAt(end - 1))) end--;
  while (end - start > LONGEST_SEGMENT) {
    const space = text.slice(start, start + LONGEST_SEGMENT).lastIndexOf(' ');
    const at = start + (space > LONGEST_SEGMENT / 2 ? space : LONGEST_SEGMENT);
    into.push({ start, end: at, block });
    start = at;
    while (start < end && isBlank(text.charCodeAt(start))) start++;
  }
  if (hasWord(text, start, end)) into.push({ start, end, block });
}

/** Rules, dots and boxes say nothing: a piece has a letter or a digit. */
function hasWord(text: string, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if (isWord(FOLD[text.charCodeAt(at)] as number)) return true;
  return false;
}

function isBlank(code: number): boolean {
  return code === 32 || code === 10 || code === 9 || code === 13 || code === 0xa0;
}
