import type { BlockDetail } from '../builder.ts';
import type { BlockKind } from '../model.ts';
import type { Collector } from './collector.ts';
import { headingByLook, printedNumber } from './heading-look.ts';
import type { OdfStyles } from './odf-styles.ts';
import type { OdfFlow, OdfParagraph, OdfRow, OdfSink } from './odf-text.ts';
import { odfText } from './odf-text.ts';

/** Longer than this, a paragraph in a heading style is a clause that borrows its number from the style. */
const LONGEST_HEADING = 220;

/** Turns the paragraphs and rows of an OpenDocument text into blocks. */
export class OdfBlocks implements OdfSink {
  private readonly collector: Collector;
  private readonly styles: OdfStyles;
  private outline = 0;
  private titled = false;

  constructor(collector: Collector, styles: OdfStyles) {
    this.collector = collector;
    this.styles = styles;
  }

  aside(kind: 'deleted' | 'hidden' | 'comment' | 'header' | 'footer', text: string): void {
    this.collector.aside(kind, text);
  }

  overflow(): void {
    this.collector.sayCut('A row or frame of the document holds more than is read; the rest of it was left out.');
  }

  paragraph(paragraph: OdfParagraph): void {
    if (paragraph.hidden !== '') this.collector.aside('hidden', paragraph.hidden, paragraph.page);
    const text = paragraph.text.trim();
    if (text !== '') {
      const { kind, level } = this.kindOf(paragraph, text);
      const detail: BlockDetail = { page: paragraph.page, pageApproximate: true };
      if (level !== undefined) detail.level = level;
      const computed = paragraph.label?.number ?? '';
      const number = paragraph.label && computed === '' ? null : computed || printedNumber(text);
      if (number !== null && !paragraph.index && (computed !== '' || kind === 'heading' || number.includes('.')))
        detail.number = number;
      this.collector.add(kind, text, detail);
      if (kind === 'title') {
        this.titled = true;
        this.collector.builder.title ??= text;
      }
    }
    this.after(paragraph);
  }

  row(row: OdfRow): void {
    const filled = row.cells.filter((cell) => odfText(cell) !== '');
    const [only] = filled;
    // A cell alone in its row is a frame around ordinary text, or a heading set as a bar.
    if (only && filled.length === 1 && (row.cells.length === 1 || isHeadingCell(only))) {
      this.flow(only);
      return;
    }
    const later: OdfFlow[] = [];
    const detail: BlockDetail = {};
    const texts = row.cells.map((cell) => {
      const lines: string[] = [];
      for (const item of cell) {
        if (item.type === 'row') {
          later.push(item);
          continue;
        }
        if (item.hidden !== '') this.collector.aside('hidden', item.hidden, item.page);
        if (item.label && item.label.number !== '') detail.number ??= item.label.number;
        if (item.text.trim() !== '') {
          detail.page ??= item.page;
          detail.pageApproximate = true;
          lines.push(item.text.trim());
        }
        if (item.frames.length > 0 || item.notes.length > 0) later.push({ ...item, text: '', hidden: '' });
      }
      return lines.join('\n');
    });
    this.collector.addRow(texts, detail);
    this.flow(later);
  }

  private flow(flow: readonly OdfFlow[]): void {
    for (const item of flow) {
      if (item.type === 'paragraph') this.paragraph(item);
      else this.row(item);
    }
  }

  private after(paragraph: OdfParagraph): void {
    this.flow(paragraph.frames);
    for (const { number, flow } of paragraph.notes) {
      for (const item of flow) {
        const detail: BlockDetail = { page: paragraph.page, pageApproximate: true };
        if (number !== '') detail.number = number;
        this.collector.add('footnote', odfText([item]), detail);
      }
    }
  }

  private kindOf(paragraph: OdfParagraph, text: string): { kind: BlockKind; level?: number } {
    if (paragraph.index) return { kind: 'paragraph' };
    const { names } = paragraph.style;
    if (paragraph.outline !== null && text.length <= LONGEST_HEADING) {
      this.outline = paragraph.outline;
      return { kind: 'heading', level: paragraph.outline };
    }
    if (names.includes('title') && text.length <= LONGEST_HEADING) {
      return this.titled ? { kind: 'heading', level: 1 } : { kind: 'title' };
    }
    if (names.includes('caption')) return { kind: 'caption' };
    if (names.includes('quotations')) return { kind: 'quote' };
    if (names.includes('preformatted text')) return { kind: 'code' };
    const label = paragraph.label;
    if (!label?.bullet) {
      const look = headingByLook({
        text,
        bold: paragraph.bold >= text.length,
        caps: paragraph.caps >= text.length,
        large: (paragraph.style.size ?? this.styles.bodySize) >= this.styles.bodySize + 2,
        number: label && label.number !== '' ? label.number : null,
        ilvl: label?.level ?? 0,
      });
      if (look !== null) return { kind: 'heading', level: Math.min(9, Math.max(look, this.outline + 1)) };
    }
    return { kind: label ? 'item' : 'paragraph' };
  }
}

function isHeadingCell(cell: readonly OdfFlow[]): boolean {
  return cell.every((item) => item.type === 'paragraph' && (item.text.trim() === '' || item.outline !== null));
}
