import { mendPrivateUse } from './symbol-fonts.ts';
import type { WordParagraph, WordPiece } from './word-flow.ts';
import { emptyParagraph } from './word-flow.ts';
import type { ResolvedStyle, WordStyles } from './word-styles.ts';

/** Direct formatting of a run; undefined is inherited. */
interface RunFormat {
  style: string | undefined;
  hidden: boolean | undefined;
  bold: boolean | undefined;
  caps: boolean | undefined;
  size: number | undefined;
}

/** One paragraph while it is read: collects its text with the formatting that tells visible from hidden, heading from body. */
export class ParagraphReader {
  readonly paragraph: WordParagraph;
  /** The paragraph mark is deleted: what follows runs on in this paragraph. */
  markDeleted = false;
  pageBreakAfter = false;
  private readonly styles: WordStyles;
  private readonly index: number;
  private readonly anchors: boolean;
  private readonly pieces: WordPiece[] = [];
  private run = -1;
  private offset = 0;
  private format: RunFormat = plain();
  private style: ResolvedStyle | null = null;
  private hidden = false;
  private bold = false;
  private caps = false;
  private settled = false;

  constructor(styles: WordStyles, index: number, page: number, anchors: boolean) {
    this.styles = styles;
    this.index = index;
    this.anchors = anchors;
    this.paragraph = emptyParagraph(page);
    if (anchors) this.paragraph.pieces = this.pieces;
  }

  beginRun(): void {
    this.run++;
    this.offset = 0;
    this.format = plain();
    this.settled = false;
  }

  /** A property of the current run. */
  formatRun<K extends keyof RunFormat>(key: K, value: RunFormat[K]): void {
    this.format[key] = value;
  }

  /** Adds what the current run shows; `deleted` when a tracked change takes it away. */
  add(raw: string, deleted: boolean): void {
    if (!this.settled) this.settle();
    const text = mendPrivateUse(raw);
    const paragraph = this.paragraph;
    const offset = this.offset;
    this.offset += text.length;
    if (deleted) {
      paragraph.deleted += text;
      return;
    }
    if (this.hidden) {
      paragraph.hidden += text;
      return;
    }
    if (this.bold) paragraph.bold += text.length;
    if (this.caps) paragraph.caps += text.length;
    if (paragraph.size === 0 && text.trim() !== '') paragraph.size = this.size();
    // A soft hyphen is a permission to break, not a character of the word.
    const parts = text.includes('\u00ad') ? text.split('\u00ad') : [text];
    let at = offset;
    for (const part of parts) {
      if (this.anchors && part !== '') this.anchor(paragraph.text.length, part.length, at);
      paragraph.text += part;
      at += part.length + 1;
    }
  }

  /** Text that no run shows, such as the brackets around a placeholder. */
  addMark(mark: string): void {
    this.paragraph.text += mark;
  }

  /** Puts the text of a paragraph whose mark was deleted in front of this one. */
  prepend(before: WordParagraph): void {
    const own = this.paragraph;
    const shift = before.text.length;
    if (this.anchors) {
      const own = this.pieces.map((piece) => ({ ...piece, start: piece.start + shift, end: piece.end + shift }));
      this.paragraph.pieces = [...before.pieces, ...own];
    }
    own.text = before.text + own.text;
    own.deleted = before.deleted + own.deleted;
    own.hidden = before.hidden + own.hidden;
    own.bold += before.bold;
    own.caps += before.caps;
    own.page = before.page;
    own.notes = before.notes.concat(own.notes);
    own.boxes = [...before.boxes, ...own.boxes];
    own.diagrams = before.diagrams.concat(own.diagrams);
  }

  private anchor(start: number, length: number, offset: number): void {
    const last = this.pieces.at(-1);
    if (last && last.end === start && last.run === this.run && last.offset + last.end - last.start === offset) {
      last.end += length;
      return;
    }
    this.pieces.push({ start, end: start + length, paragraph: this.index, run: this.run, offset });
  }

  private settle(): void {
    this.settled = true;
    this.style ??= this.styles.get(this.paragraph.style);
    const character = this.styles.character(this.format.style);
    // Toggle properties of a paragraph style and a character style cancel each other (ECMA-376 17.7.3).
    this.hidden = this.format.hidden ?? (this.style.hidden ?? false) !== (character.hidden ?? false);
    this.bold = this.format.bold ?? (this.style.bold ?? false) !== (character.bold ?? false);
    this.caps = this.format.caps ?? (this.style.caps ?? false) !== (character.caps ?? false);
  }

  private size(): number {
    const character = this.styles.character(this.format.style);
    return this.format.size ?? character.size ?? this.style?.size ?? this.styles.bodySize;
  }
}

function plain(): RunFormat {
  return { style: undefined, hidden: undefined, bold: undefined, caps: undefined, size: undefined };
}
