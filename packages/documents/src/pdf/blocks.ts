import type { DocumentBuilder } from '../builder.ts';
import type { FlowLine } from './flow.ts';
import { type LaidOutPage, textOfFlow } from './furniture.ts';
import { headingLook, type Measures, measure } from './headings.ts';
import { joinLines, knownWords, mendMarks } from './hyphen.ts';
import { startsItem, startsNumber } from './marks.ts';

/** Signs that open an item and are no part of what it says. */
const BULLET = /^[•▪‣◦●○■□➢➔✓✔❖❑◆◇►▶*–—·-]\s+/u;

/** Lines that belong together: a paragraph, an item, a heading, a footnote. */
interface Paragraph {
  lines: FlowLine[];
  text: string;
  page: number;
  footnote: boolean;
}

/**
 * Writes the pages' lines as blocks: lines become paragraphs again, and paragraphs headings, items, footnotes.
 * @returns the title as printed, or the first of the highest headings of the first page
 */
export function writeBlocks(builder: DocumentBuilder, pages: readonly LaidOutPage[], maxBlocks: number): string | null {
  const known = knownWords(linesOf(pages));
  const measures = measure(pages);
  let blocks = 0;
  let title: string | null = null;
  const highest = { text: '', level: 7 };
  const write = (paragraph: Paragraph): void => {
    if (++blocks > maxBlocks) return;
    const text = mendMarks(paragraph.text);
    const { page } = paragraph;
    const first = paragraph.lines[0];
    if (first === undefined) return;
    if (paragraph.footnote) {
      builder.add('footnote', text, { page });
      return;
    }
    const look = headingLook(paragraph.lines, text, measures);
    if (look?.rank === 0 && look.depth === null && title === null && page <= 2 && measures.sizes.length > 0) {
      builder.add('title', text, { page, level: 1 });
      title = text;
      return;
    }
    const number = look?.number ?? startsNumber(text);
    const numbered = number === null ? {} : { number };
    if (look !== null) {
      // The largest type is the title's, where there is one.
      const level = Math.min(6, look.depth ?? Math.max(1, look.rank + (title === null ? 1 : 0)));
      if (page === 1 && look.depth === null && level < highest.level) Object.assign(highest, { text, level });
      builder.add('heading', text.replace(BULLET, ''), { page, level, ...numbered });
    } else if (startsItem(text)) builder.add('item', text.replace(BULLET, ''), { page, ...numbered });
    else builder.add('paragraph', text, { page, ...numbered });
  };
  for (const page of pages) {
    let open: Paragraph | null = null;
    for (const flow of page.flow) {
      if (flow.kind === 'row') {
        if (open !== null) write(open);
        open = null;
        if (++blocks <= maxBlocks)
          builder.addRow(
            flow.cells.map((cell) => mendMarks(dropLeaders(cell))),
            { page: page.page },
          );
        continue;
      }
      if (open !== null && follows(open, flow, measures)) {
        open.text = joinLines(open.text, flow.text, known);
        open.lines.push(flow);
      } else {
        if (open !== null) write(open);
        open = { lines: [flow], text: flow.text, page: page.page, footnote: isFootnote(flow, open, page, measures) };
      }
    }
    if (open !== null) write(open);
  }
  if (blocks > maxBlocks) {
    builder.problem({
      code: 'cut',
      message: 'The document has more paragraphs than the limit; the rest was left out. Split it and read its parts.',
      fatal: false,
    });
  }
  return title ?? (highest.text || null);
}

function* linesOf(pages: readonly LaidOutPage[]): Iterable<string> {
  for (const page of pages) for (const flow of page.flow) yield textOfFlow(flow);
}

/** Whether a line carries on the paragraph before it. */
function follows(paragraph: Paragraph, line: FlowLine, measures: Measures): boolean {
  const last = paragraph.lines.at(-1);
  const first = paragraph.lines[0];
  if (last === undefined || first === undefined) return false;
  const step = line.base - last.base;
  const size = Math.max(last.size, line.size);
  const ratio = Math.max(
    measures.leading(line.size, paragraph.page),
    paragraph.lines.length > 1 ? stepOf(paragraph) / size : 0,
  );
  if (step <= 0 || step > size * Math.max(ratio * 1.22, 1.3)) return false;
  if (Math.abs(line.size - last.size) > last.size * 0.09) return false;
  const full = last.x1 > last.right - size * 2;
  if (line.bold > 0.9 !== last.bold > 0.9 && !(full && midSentence(paragraph.text))) {
    if (last.bold <= 0.9 || paragraph.lines.every((other) => other.bold > 0.9)) return false;
  }
  const unfinished = !/[.:;!?]["'”’»)\]]?$/u.test(paragraph.text);
  const lower = /^\p{Ll}/u.test(line.text);
  if (startsItem(line.text) || startsNumber(line.text) !== null) {
    // `in section` / `3.2 of the annex`: a number inside a full line's sentence, set at the text's own edge.
    const hanging = Math.abs(line.x0 - last.x0) < size * 0.4;
    const wrapped =
      unfinished &&
      hanging &&
      last.x1 > last.right - size * 4 &&
      !/^[•▪‣◦●○■□➢➔✓✔❖❑◆◇►▶]/u.test(line.text) &&
      paragraph.lines.length > 1;
    if (!wrapped) return false;
  }
  // The first word would have fitted on the line above: the break was meant.
  const word = line.text.split(' ', 1)[0]?.length ?? 1;
  const width = (line.x1 - line.x0) / Math.max(1, line.text.length);
  const room = last.right - last.x1;
  if (room > (word + 1) * width + size * 1.5 && !(unfinished && lower)) return false;
  // An indented first line after a finished sentence.
  const edge = paragraph.lines.length > 1 ? last.x0 : first.body;
  if (!unfinished && line.x0 > edge + size * 0.9) return false;
  return true;
}

function midSentence(text: string): boolean {
  return /[\p{L}\p{N},(–-]$/u.test(text);
}

function stepOf(paragraph: Paragraph): number {
  const last = paragraph.lines.at(-1);
  const before = paragraph.lines.at(-2);
  return last === undefined || before === undefined ? 0 : last.base - before.base;
}

/** Small print in the lower part of the page that begins with its mark, and what follows it. */
function isFootnote(line: FlowLine, before: Paragraph | null, page: LaidOutPage, measures: Measures): boolean {
  if (line.size > measures.body * 0.93 || line.base < page.height * 0.4) return false;
  if (/^(?:[⁰¹²³⁴⁵⁶⁷⁸⁹]+|\*{1,3}|†|‡|\d{1,3}(?=\s))\s*\S/u.test(line.text)) return true;
  return before?.footnote === true && line.size <= measures.body * 0.93;
}

/** Dots that lead from a title to its page in a table of contents. */
function dropLeaders(cell: string): string {
  return cell.replace(/[.…·_]{4,}|(?:\. ){4,}\.?/g, ' ').replace(/ {2,}/g, ' ');
}
