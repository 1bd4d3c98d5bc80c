import type { BlockDetail } from '../builder.ts';
import type { Block, BlockKind, RunAnchor } from '../model.ts';
import type { Collector } from './collector.ts';
import { headingByLook, printedNumber } from './heading-look.ts';
import type { WordCell, WordFlow, WordParagraph, WordRow, WordSink } from './word-flow.ts';
import { flowText } from './word-flow.ts';
import type { ListLabel, WordNumbering } from './word-numbering.ts';
import type { WordStyles } from './word-styles.ts';

/** Longer than this, a paragraph in a heading style is a clause that borrows its number from the style. */
const LONGEST_HEADING = 220;

export interface WordStory {
  part: string;
  flow: readonly WordFlow[];
}

export interface WordBlocksOptions {
  part: string;
  anchors: boolean;
  notes: ReadonlyMap<string, WordStory>;
  diagrams: ReadonlyMap<string, readonly string[]>;
}

/** Turns the paragraphs and rows of the body into blocks: headings, numbers, notes after their paragraph, asides. */
export class WordBlocks implements WordSink {
  private readonly collector: Collector;
  private readonly styles: WordStyles;
  private readonly numbering: WordNumbering;
  private readonly options: WordBlocksOptions;
  private outline = 0;
  private titled = false;
  private noteCount = 0;
  private readonly noted = new Set<string>();

  constructor(collector: Collector, styles: WordStyles, numbering: WordNumbering, options: WordBlocksOptions) {
    this.collector = collector;
    this.styles = styles;
    this.numbering = numbering;
    this.options = options;
  }

  paragraph(paragraph: WordParagraph): void {
    this.asides(paragraph);
    const label = this.label(paragraph);
    if (paragraph.text.trim() !== '') {
      const { kind, level } = this.kindOf(paragraph, label);
      const detail: BlockDetail = { page: paragraph.page, pageApproximate: true };
      if (level !== undefined) detail.level = level;
      const contents = this.styles.get(paragraph.style).role === 'toc';
      const number = label ? label.number : contents ? null : printedNumber(paragraph.text.trimStart());
      if (number !== null && number !== '' && (label || kind === 'heading' || number.includes('.')))
        detail.number = number;
      if (this.options.anchors) detail.runs = anchorsOf(paragraph, this.options.part);
      this.collector.add(kind, paragraph.text, detail);
      if (kind === 'title') {
        this.titled = true;
        this.collector.builder.title ??= paragraph.text.trim();
      }
    }
    this.after(paragraph);
  }

  row(row: WordRow): void {
    if (row.deleted || row.hidden) {
      const text = row.cells
        .map((cell) => flowText(cell.flow))
        .filter((cell) => cell !== '')
        .join(' | ');
      this.collector.aside(row.deleted ? 'deleted' : 'hidden', text);
      return;
    }
    const filled = row.cells.filter((cell) => !cell.continues && flowText(cell.flow) !== '');
    const only = filled.length === 1 ? filled[0] : undefined;
    // A cell alone in its row is a frame around ordinary text, or a heading set as a bar.
    if (only && (row.cells.length === 1 || this.isHeadingCell(only))) {
      this.flow(only.flow);
      return;
    }
    this.tableRow(row);
  }

  tableEnd(): void {}

  story(): void {}

  overflow(): void {
    this.collector.sayCut('A row or box of the document holds more than is read; the rest of it was left out.');
  }

  private flow(flow: readonly WordFlow[]): void {
    for (const item of flow) {
      if (item.type === 'paragraph') this.paragraph(item);
      else for (const row of item.rows) this.row(row);
    }
  }

  private isHeadingCell(cell: WordCell): boolean {
    return cell.flow.every(
      (item) => item.type === 'paragraph' && (item.text.trim() === '' || this.outlineOf(item) !== null),
    );
  }

  private tableRow(row: WordRow): void {
    const texts: string[] = [];
    const runs: RunAnchor[][] = [];
    const later: WordFlow[] = [];
    let number: string | undefined;
    let page: number | undefined;
    for (const cell of row.cells) {
      let text = '';
      const anchors: RunAnchor[] = [];
      for (const item of cell.flow) {
        if (item.type === 'table') {
          later.push(item);
          continue;
        }
        this.asides(item);
        const label = this.label(item);
        if (label && label.number !== '') number ??= label.number;
        // Text boxes and notes follow the row.
        later.push({ ...item, text: '', pieces: [], deleted: '', hidden: '', numId: '0' });
        if (cell.continues || item.text.trim() === '') continue;
        page ??= item.page;
        if (text !== '') text += '\n';
        if (this.options.anchors) {
          for (const run of anchorsOf(item, this.options.part)) {
            anchors.push({ ...run, start: run.start + text.length, end: run.end + text.length });
          }
        }
        text += item.text;
      }
      texts.push(text);
      runs.push(anchors);
    }
    const detail: BlockDetail = {};
    if (number !== undefined) detail.number = number;
    if (page !== undefined) {
      detail.page = page;
      detail.pageApproximate = true;
    }
    const block = this.collector.addRow(texts, detail);
    if (block && this.options.anchors) block.runs = placeRuns(block, texts, runs);
    for (const item of later) {
      if (item.type === 'paragraph') this.after(item);
      else for (const nested of item.rows) this.row(nested);
    }
  }

  private label(paragraph: WordParagraph): ListLabel | null {
    // A paragraph that is hidden whole is not counted.
    if (paragraph.text === '' && (paragraph.hidden !== '' || paragraph.deleted !== '')) return null;
    const place = this.numbering.place(paragraph.numId, paragraph.ilvl, this.styles.get(paragraph.style));
    return place ? this.numbering.next(place.numId, place.ilvl) : null;
  }

  private outlineOf(paragraph: WordParagraph): number | null {
    const style = this.styles.get(paragraph.style);
    const outline = paragraph.outline ?? style.outline;
    return outline !== undefined && outline >= 0 && outline < 9 && style.role !== 'toc' ? outline : null;
  }

  private kindOf(paragraph: WordParagraph, label: ListLabel | null): { kind: BlockKind; level?: number } {
    const style = this.styles.get(paragraph.style);
    const text = paragraph.text.trim();
    const outline = this.outlineOf(paragraph);
    if (outline !== null && text.length <= LONGEST_HEADING) {
      this.outline = outline + 1;
      return { kind: 'heading', level: outline + 1 };
    }
    if (style.role === 'title' && text.length <= LONGEST_HEADING)
      return this.titled ? { kind: 'heading', level: 1 } : { kind: 'title' };
    if (style.role === 'caption') return { kind: 'caption' };
    if (style.role === 'quote') return { kind: 'quote' };
    if (style.role === 'code') return { kind: 'code' };
    if (style.role === 'toc') return { kind: 'paragraph' };
    if (!label?.bullet) {
      const length = Math.max(1, text.length);
      const look = headingByLook({
        text,
        bold: paragraph.bold >= length,
        caps: paragraph.caps >= length,
        large: paragraph.size >= this.styles.bodySize + 4,
        number: label && label.number !== '' ? label.number : null,
        ilvl: label?.ilvl ?? 0,
      });
      // Below the headings that the file marks as such.
      if (look !== null) return { kind: 'heading', level: Math.min(9, Math.max(look, this.outline + 1)) };
    }
    return { kind: label || style.role === 'list' ? 'item' : 'paragraph' };
  }

  /** What belongs to a paragraph and comes after it: text boxes, diagrams, notes. */
  private after(paragraph: WordParagraph): void {
    this.flow(paragraph.boxes);
    for (const id of paragraph.diagrams) {
      for (const text of this.options.diagrams.get(id) ?? [])
        this.collector.add('paragraph', text, { page: paragraph.page, pageApproximate: true });
    }
    for (const id of paragraph.notes) {
      const note = this.options.notes.get(id);
      if (!note || this.noted.has(id)) continue;
      this.noted.add(id);
      this.noteCount++;
      this.note(note, String(this.noteCount), paragraph.page);
    }
  }

  private note(note: WordStory, number: string, page: number): void {
    for (const item of note.flow) {
      if (item.type === 'table') {
        const text = flowText([item]);
        if (text !== '') this.collector.add('footnote', text, { number, page, pageApproximate: true });
        continue;
      }
      this.asides(item);
      const detail: BlockDetail = { number, page, pageApproximate: true };
      if (this.options.anchors) detail.runs = anchorsOf(item, note.part);
      this.collector.add('footnote', item.text, detail);
    }
  }

  private asides(paragraph: WordParagraph): void {
    if (paragraph.deleted !== '') this.collector.aside('deleted', paragraph.deleted, paragraph.page);
    if (paragraph.hidden !== '') this.collector.aside('hidden', paragraph.hidden, paragraph.page);
  }
}

function anchorsOf(paragraph: WordParagraph, part: string): RunAnchor[] {
  return paragraph.pieces.map((piece) => ({ ...piece, part }));
}

/** Shifts the anchors of each cell to where the cell stands in the row. */
function placeRuns(block: Block, texts: readonly string[], runs: readonly RunAnchor[][]): RunAnchor[] {
  const out: RunAnchor[] = [];
  let cell = 0;
  texts.forEach((text, index) => {
    if (text.trim() === '') return;
    const [start, end] = block.cells?.[cell++] ?? [0, 0];
    const shift = start - (text.length - text.trimStart().length);
    for (const run of runs[index] ?? []) {
      const from = Math.max(start, run.start + shift);
      const to = Math.min(end, run.end + shift);
      if (to > from) out.push({ ...run, start: from, end: to, offset: run.offset + (from - shift - run.start) });
    }
  });
  return out;
}
