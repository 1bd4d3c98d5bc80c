import type { BlockDetail } from '../builder.ts';
import type { BlockKind, Document } from '../model.ts';
import type { FileToRead, FormatReader } from '../reader.ts';
import { UnreadableError } from '../reader.ts';
import { Collector } from './collector.ts';
import { headingByLook, printedNumber } from './heading-look.ts';
import type { RtfSink } from './rtf-parser.ts';
import { RtfParser } from './rtf-parser.ts';
import type { RtfParagraph } from './rtf-table.ts';
import { readRtfTokens } from './rtf-tokens.ts';
import { Enough } from './xml.ts';

/** Rich Text Format up to 1.9.1. */
export const reader: FormatReader = { formats: ['rtf'], read: readRtf };

const LONGEST_HEADING = 220;

function readRtf(bytes: Uint8Array, file: FileToRead): Document {
  const collector = new Collector('rtf', file.limits);
  const { builder } = collector;
  if (bytes[0] !== 0x7b || bytes[1] !== 0x5c) {
    throw new UnreadableError({
      code: 'corrupt',
      message: 'The file does not begin as an RTF file does. Ask for it again.',
    });
  }
  const blocks = new RtfBlocks(collector);
  const parser = new RtfParser(blocks, file.limits);
  try {
    readRtfTokens(bytes, parser);
    parser.end();
  } catch (error) {
    if (!(error instanceof Enough)) throw error;
  }
  if (!closes(bytes)) {
    const message = 'The end of the file is missing; what stands before the break was read. Ask for the file again.';
    builder.problem({ code: 'truncated', message, fatal: false });
  }
  builder.title ??= builder.properties.title ?? null;
  const document = collector.build();
  if (parser.page === 1) {
    for (const block of document.blocks) {
      delete block.page;
      delete block.pageApproximate;
    }
  } else document.pages = parser.page;
  return document;
}

/** The last group of a whole file is closed; white space and zero bytes may follow. */
function closes(bytes: Uint8Array): boolean {
  let at = bytes.length - 1;
  while (at > 0 && (bytes[at] ?? 0) <= 0x20) at--;
  return bytes[at] === 0x7d;
}

class RtfBlocks implements RtfSink {
  private readonly collector: Collector;
  private outline = 0;
  private notes = 0;
  private titled = false;

  constructor(collector: Collector) {
    this.collector = collector;
  }

  aside(kind: 'header' | 'footer' | 'comment', text: string): void {
    this.collector.aside(kind, text);
  }

  property(name: string, value: string): void {
    this.collector.builder.properties[name] = value;
  }

  paragraph(paragraph: RtfParagraph): void {
    this.asides(paragraph);
    const text = paragraph.text.trim();
    if (text !== '') {
      const { kind, level } = this.kindOf(paragraph, text);
      const detail = detailOf(paragraph);
      if (level !== undefined) detail.level = level;
      const printed = printedNumber(text);
      if (detail.number === undefined && printed !== null && (kind === 'heading' || printed.includes('.')))
        detail.number = printed;
      this.collector.add(kind, text, detail);
      if (kind === 'title') {
        this.titled = true;
        this.collector.builder.title ??= text;
      }
    }
    this.after(paragraph);
  }

  row(cells: RtfParagraph[][]): void {
    const filled = cells.filter((cell) => cell.some((paragraph) => paragraph.text.trim() !== ''));
    const [only] = filled;
    if (cells.length === 1 && only) {
      for (const paragraph of only) this.paragraph(paragraph);
      return;
    }
    const all = cells.flat();
    for (const paragraph of all) this.asides(paragraph);
    const first = all.find((paragraph) => paragraph.text.trim() !== '');
    const detail = first ? detailOf(first) : {};
    const label = all.map(numberOf).find((number) => number !== '');
    if (label !== undefined) detail.number = label;
    this.collector.addRow(
      cells.map((cell) =>
        cell
          .map((paragraph) => paragraph.text.trim())
          .filter((text) => text !== '')
          .join('\n'),
      ),
      detail,
    );
    for (const paragraph of all) this.after(paragraph);
  }

  private after(paragraph: RtfParagraph): void {
    for (const note of paragraph.notes) {
      this.notes++;
      const detail = detailOf(paragraph);
      this.collector.add('footnote', note, { ...detail, number: String(this.notes) });
    }
  }

  private asides(paragraph: RtfParagraph): void {
    this.collector.aside('deleted', paragraph.deleted, paragraph.page);
    this.collector.aside('hidden', paragraph.hidden, paragraph.page);
  }

  private kindOf(paragraph: RtfParagraph, text: string): { kind: BlockKind; level?: number } {
    if (paragraph.outline !== null && paragraph.outline < 9 && text.length <= LONGEST_HEADING) {
      this.outline = paragraph.outline + 1;
      return { kind: 'heading', level: paragraph.outline + 1 };
    }
    if (paragraph.style === 'title' && text.length <= LONGEST_HEADING) {
      return this.titled ? { kind: 'heading', level: 1 } : { kind: 'title' };
    }
    if (paragraph.style === 'caption') return { kind: 'caption' };
    if (paragraph.style.startsWith('toc ')) return { kind: 'paragraph' };
    const number = numberOf(paragraph);
    if (paragraph.label === '' || number !== '') {
      const look = headingByLook({
        text,
        bold: paragraph.bold >= text.length,
        caps: paragraph.caps >= text.length,
        large: paragraph.size >= 28,
        number: number === '' ? null : number,
        ilvl: 0,
      });
      if (look !== null) return { kind: 'heading', level: Math.min(9, Math.max(look, this.outline + 1)) };
    }
    return { kind: paragraph.label === '' ? 'paragraph' : 'item' };
  }
}

function detailOf(paragraph: RtfParagraph): BlockDetail {
  const number = numberOf(paragraph);
  const detail: BlockDetail = { page: paragraph.page, pageApproximate: true };
  if (number !== '') detail.number = number;
  return detail;
}

/** The label without its full stop; empty for a bullet. */
function numberOf(paragraph: RtfParagraph): string {
  return /[\p{L}\p{N}]/u.test(paragraph.label) && !/^[o§]$/.test(paragraph.label)
    ? paragraph.label.replace(/\.$/, '')
    : '';
}
