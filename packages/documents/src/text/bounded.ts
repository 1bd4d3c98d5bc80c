import type { BlockDetail } from '../builder.ts';
import { DocumentBuilder } from '../builder.ts';
import type { Aside, Block, BlockKind, Document, Format } from '../model.ts';
import { CELLS_A_BLOCK, type Limits } from '../reader.ts';
import type { Decoded, DecodeHints } from './decode.ts';
import { decode } from './decode.ts';

/** Asides are kept for a person to look at; past this many characters a page's menus are of no use to anyone. */
const MAX_ASIDE_CHARS = 1_000_000;

/** Characters of markup that may stand for one of the text. */
const MARKUP_A_CHAR = 4;

/** `3.2.1`, `3.2.1.`, `12)`, `§ 14`, `(a)` before a text; the number is what is inside. */
const PRINTED =
  /^(?:§+\s*(\d{1,4}[a-z]?)|(\d{1,3}(?:\.\d{1,3}){0,6})[.)]?|\(([a-z]|[ivx]{1,5}|\d{1,3})\)|([a-z])\))(?=\s)/i;

/** A `DocumentBuilder` that keeps to `limits` and says once, in a `cut` problem, that it left something out. */
export class BoundedBuilder extends DocumentBuilder {
  /** Something was left out; a reader may stop. */
  full = false;
  private readonly limits: Pick<Limits, 'maxBlocks' | 'maxChars'>;
  private count = 0;
  /** What rows with many cells count beside themselves. */
  private wide = 0;
  /** Part of the file was left out before it was looked at, or need not be looked at. */
  leftOut = false;
  private asideChars = 0;

  constructor(format: Format, limits: Pick<Limits, 'maxBlocks' | 'maxChars'>) {
    super(format);
    this.limits = limits;
  }

  override add(kind: BlockKind, raw: string, detail: BlockDetail = {}): Block | null {
    if (this.full) return null;
    const room = this.limits.maxChars - this.size - 1;
    if (this.count + this.wide >= this.limits.maxBlocks || room <= 0) return this.stop();
    const text = raw.length > room ? raw.slice(0, room) : raw;
    const block = super.add(kind, text, withNumber(kind, text, detail));
    if (block !== null) this.count++;
    if (text !== raw) this.stop();
    return block;
  }

  override addRow(cells: readonly string[], detail: BlockDetail = {}): Block | null {
    if (this.full) return null;
    let length = 0;
    for (const cell of cells) length += cell.length + 3;
    if (this.count + this.wide >= this.limits.maxBlocks || length > this.limits.maxChars - this.size)
      return this.stop();
    const block = super.addRow(cells, detail);
    if (block !== null) this.wide += Math.ceil(cells.length / CELLS_A_BLOCK) - 1;
    if (block !== null) this.count++;
    return block;
  }

  /** Decodes a plain text. What has more characters or lines than a document may have is left out before it takes memory. */
  decode(bytes: Uint8Array): Decoded {
    const decoded = decode(this.within(bytes, this.limits.maxChars));
    const end = endOfLine(decoded.text, this.limits.maxBlocks);
    if (end === decoded.text.length) return decoded;
    this.leftOut = true;
    return { ...decoded, text: decoded.text.slice(0, end) };
  }

  /** Like `decode`, of a format that says little in many characters: markup, data. */
  decodeMarkup(bytes: Uint8Array, hints: DecodeHints = {}): Decoded {
    return decode(this.within(bytes, this.limits.maxChars * MARKUP_A_CHAR), hints);
  }

  /** Whether so much was collected elsewhere, to be added later, that the rest need not be looked at. */
  holdsEnough(blocks: number, chars: number): boolean {
    const enough = blocks > this.limits.maxBlocks || chars > this.limits.maxChars;
    this.leftOut ||= enough;
    return enough;
  }

  /** Keeps text that is not part of what the document says. Blank text, and text past the bound, is dropped. */
  aside(kind: Aside['kind'], raw: string): void {
    const text = raw.trim();
    if (text === '' || this.asideChars > MAX_ASIDE_CHARS) return;
    this.asideChars += text.length;
    this.asides.push({ kind, text: text.slice(0, MAX_ASIDE_CHARS) });
  }

  /** Sets a property unless it is blank or already there: the first statement counts. */
  property(name: string, value: string | null | undefined): void {
    const text = value?.replace(/\s+/g, ' ').trim();
    if (text && !Object.hasOwn(this.properties, name)) this.properties[name] = text.slice(0, 2000);
  }

  override build(): Document {
    const document = super.build();
    if ((this.full || this.leftOut) && !document.problems.some((problem) => problem.code === 'cut')) {
      document.problems.push({
        code: 'cut',
        message: `The document is longer than what is read: ${this.count} blocks were read, the rest was left out. Hand in the part that matters.`,
        fatal: false,
      });
    }
    return document;
  }

  private within(bytes: Uint8Array, most: number): Uint8Array {
    if (bytes.length <= most) return bytes;
    this.leftOut = true;
    return bytes.subarray(0, most);
  }

  private stop(): null {
    this.full = true;
    return null;
  }
}

/** Where the line with this number ends, or the text; empty lines do not count. */
function endOfLine(text: string, line: number): number {
  let end = -1;
  for (let count = 0; count < line; ) {
    const next = text.indexOf('\n', end + 1);
    if (next === -1) return text.length;
    if (next > end + 1) count++;
    end = next;
  }
  return end;
}

function withNumber(kind: BlockKind, text: string, detail: BlockDetail): BlockDetail {
  if (kind !== 'heading' || detail.number !== undefined) return detail;
  const found = PRINTED.exec(text.trimStart().slice(0, 40));
  const number = found?.[1] ?? found?.[2] ?? found?.[3] ?? found?.[4];
  return number === undefined ? detail : { ...detail, number };
}
