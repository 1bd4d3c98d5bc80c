import type { BlockDetail } from '../builder.ts';
import type { BoundedBuilder } from './bounded.ts';
import { dropInvisible, oneSpaceInLines } from './piece.ts';
import { isGridBorder, readGridTable, readPipeTable } from './text-table.ts';

const BULLET = /^([-–—•*·▪◦‣●■□✓➢o]|\([a-z0-9]{1,4}\)|[a-z0-9]{1,3}\)|\d{1,3}(?:\.\d{1,3}){0,5}\.?)[ \t]+(?=\S)/i;
/** No wrapped line is longer; a text with longer ones has one paragraph a line. */
const LONGEST_WRAPPED = 200;
/** A line beyond this is cut into blocks, so that no block is a whole file. */
const LONGEST_LINE = 1_000_000;

/** Reads lines into paragraphs, headings, items and rows. `page` is 1-based where form feeds tell pages. */
export function readLines(builder: BoundedBuilder, text: string, page?: number): void {
  const lines = dropInvisible(text).split('\n');
  const detail: BlockDetail = page === undefined ? {} : { page };
  const wrap = wrapWidth(lines);
  let at = 0;
  while (at < lines.length && !builder.full) {
    const line = (lines[at] as string).trimEnd();
    if (line.trim() === '') {
      at++;
      continue;
    }
    const table = readTable(builder, lines, at, detail);
    if (table > at) {
      at = table;
      continue;
    }
    const underlined = underlineLevel(lines, at);
    if (underlined > 0) {
      builder.add('heading', line, { ...detail, level: underlined });
      at += 2;
      continue;
    }
    if (/^[=\-_*~#.+]{3,}$/.test(line.trim())) {
      at++;
      continue;
    }
    at = readParagraph(builder, lines, at, wrap, detail);
  }
}

function readTable(builder: BoundedBuilder, lines: readonly string[], at: number, detail: BlockDetail): number {
  const line = lines[at] as string;
  if (isGridBorder(line)) {
    const grid = readGridTable(lines, at);
    if (grid !== null) {
      for (const row of grid.rows) builder.addRow(row, detail);
      return grid.next;
    }
  }
  const piped = readPipeTable(lines, at);
  if (piped !== null) {
    for (const row of piped.rows) builder.addRow(row, detail);
    return piped.next;
  }
  return at;
}

/** A short line with a rule of `=` or `-` of about its length below it. */
function underlineLevel(lines: readonly string[], at: number): number {
  const line = (lines[at] as string).trim();
  const rule = (lines[at + 1] ?? '').trim();
  if (line.length > 120 || !/^(=+|-+|~+)$/.test(rule) || rule.length < 3) return 0;
  if (rule.length < line.length * 0.6 || rule.length > line.length * 1.6 + 4) return 0;
  return rule.startsWith('=') ? 1 : 2;
}

function readParagraph(
  builder: BoundedBuilder,
  lines: readonly string[],
  from: number,
  wrap: number,
  detail: BlockDetail,
): number {
  const first = (lines[from] as string).trim();
  const level = headingLevel(first, lines[from + 1] ?? '', lines[from - 1] ?? '');
  if (level > 0) {
    builder.add('heading', first, { ...detail, level });
    return from + 1;
  }
  const quoted = first.startsWith('>');
  const parts: string[] = [];
  const indent = indentOf(lines[from] as string);
  let at = from;
  for (; at < lines.length; at++) {
    const raw = lines[at] as string;
    const line = raw.trim();
    if (line === '') break;
    if (at > from) {
      const previous = (lines[at - 1] as string).trimEnd();
      if (quoted !== line.startsWith('>')) break;
      if (!quoted && startsAnew(line, raw, previous, indent, wrap)) break;
      if (underlineLevel(lines, at) > 0 || isGridBorder(line)) break;
    }
    parts.push(quoted ? line.replace(/^[>\s]+/, '') : line);
  }
  emit(builder, parts, quoted, detail);
  return Math.max(at, from + 1);
}

/** Whether a line begins a block of its own although no empty line stands before it. */
function startsAnew(line: string, raw: string, previous: string, indent: number, wrap: number): boolean {
  if (wrap === 0) return true;
  const last = previous.trim();
  // A line that ends long before the others, with room for the next word, ended on purpose.
  const room = wrap - previous.length - (/^\S+/.exec(line)?.[0].length ?? 0);
  if (BULLET.test(line) && (room > 0 || /[.;:,)]$/.test(last) || /^[-–—•*·▪●(]/.test(line))) return true;
  if (room > 12 && (/[.!?:;)]$/.test(last) || /^[\p{Lu}\d"“«(]/u.test(line)) && indentOf(raw) <= indent + 1)
    return true;
  return indentOf(raw) >= indent + 4 && /[.:;]$/.test(last);
}

function emit(builder: BoundedBuilder, parts: readonly string[], quoted: boolean, detail: BlockDetail): void {
  const text = joinLines(parts);
  const bullet = quoted ? null : BULLET.exec(text);
  for (let at = 0; at < text.length; at += LONGEST_LINE) {
    const piece = text.slice(at, at + LONGEST_LINE);
    if (bullet !== null && at === 0) {
      const mark = bullet[1] as string;
      const number = /[a-z0-9]/i.test(mark) && mark !== 'o' ? mark.replace(/[().]+$|^\(/g, '') : undefined;
      // A printed number stays in the text; a dash or dot is only a mark.
      const shown = number === undefined ? piece.slice(bullet[0].length) : piece;
      builder.add('item', shown, { ...detail, level: 1, ...(number === undefined ? {} : { number }) });
    } else builder.add(quoted ? 'quote' : 'paragraph', piece, detail);
  }
}

/** Joins wrapped lines. A hyphen at the end of a line goes when the word goes on in lower case, and stays in `TLS-\nbased`. */
export function joinLines(parts: readonly string[]): string {
  let out = parts[0] ?? '';
  const pieces = [out];
  for (let index = 1; index < parts.length; index++) {
    const next = parts[index] as string;
    const before = out;
    out = next;
    if (
      /\p{Ll}[-\u2010]$/u.test(before) &&
      /^\p{Ll}/u.test(next) &&
      !/^(?:und|oder|bzw|and|or|et|ou|en|of|och|og|eller|ja|i|y|e|o)\b/u.test(next)
    ) {
      pieces[pieces.length - 1] = (pieces.at(-1) as string).slice(0, -1);
      pieces.push(next);
    } else if (/[\p{L}\d][-\u2010/]$/u.test(before) && /^[\p{L}\d]/u.test(next)) pieces.push(next);
    else pieces.push(isWide(before, next) ? '' : ' ', next);
  }
  return oneSpaceInLines(pieces.join(''));
}

/** Japanese and Chinese lines join without a space. */
function isWide(before: string, next: string): boolean {
  return (
    /[\u3000-\u30ff\u4e00-\u9fff\uff01-\uff60]$/.test(before) && /^[\u3000-\u30ff\u4e00-\u9fff\uff01-\uff60]/.test(next)
  );
}

/** `1. Scope`, `Article 5`, `SECURITY REQUIREMENTS`: short, alone on its line, no sentence; 0 for anything else. */
function headingLevel(line: string, next: string, before: string): number {
  if (line.length > 100 || /[.,;:!?。、，．！？]$/.test(line.replace(/^\d+(?:\.\d+)*\.$/, ''))) return 0;
  const alone = next.trim() === '' && before.trim() === '';
  const numbered = /^(\d{1,2}(?:\.\d{1,2}){0,4})\.?\s+\p{Lu}/u.exec(line);
  if (numbered !== null && alone && line.length < 80) return Math.min(6, (numbered[1] as string).split('.').length);
  if (
    alone &&
    /^(?:article|artikel|artículo|articolo|artigo|section|abschnitt|kapitel|chapter|chapitre|hoofdstuk|bijlage|annex|annexe|anlage|anhang|allegato|anexo|lot|los|lote|lotto|bilag|bilaga|liite|lisa|załącznik|§)\s*[\divxa-z]{1,6}\b/i.test(
      line,
    )
  )
    return 1;
  const letters = line.replace(/[^\p{L}]/gu, '');
  // Scripts without capitals have none to be written in: every letter must be one.
  const capital = letters.length >= 4 && /^[\p{Lu}ß]+$/u.test(letters);
  return capital && line.length < 80 && before.trim() === '' && (next.trim() === '' || /\p{Ll}/u.test(next)) ? 1 : 0;
}

/** The width lines are wrapped at; 0 where every line is a paragraph. */
function wrapWidth(lines: readonly string[]): number {
  const lengths: number[] = [];
  let long = 0;
  for (const line of lines.length > 5000 ? lines.slice(0, 5000) : lines) {
    const length = line.trimEnd().length;
    if (length === 0) continue;
    if (length > LONGEST_WRAPPED) long++;
    lengths.push(length);
  }
  if (lengths.length < 3) return lengths.length === 0 || long > 0 ? 0 : 80;
  if (long > lengths.length * 0.05) return 0;
  lengths.sort((a, b) => a - b);
  return lengths[Math.floor(lengths.length * 0.9)] ?? 80;
}

function indentOf(line: string): number {
  return /^[ \t]*/.exec(line)?.[0].replace(/\t/g, '    ').length ?? 0;
}
