import type { BlockDetail } from '../builder.ts';
import { DocumentBuilder } from '../builder.ts';
import type { Aside, Block, BlockKind, Document, Format } from '../model.ts';
import { CELLS_A_BLOCK, type Limits } from '../reader.ts';
import { Enough } from './xml.ts';

/** Texts kept apart are bounded too, though less of them is worth keeping. */
const MAX_ASIDES = 20_000;

/** A builder that keeps to the limits: what would go past them ends the reading (`Enough`) and is said in a `cut` problem. */
export class Collector {
  readonly builder: DocumentBuilder;
  private readonly limits: Limits;
  private blocks = 0;
  private asideChars = 0;
  private cut = false;
  private asidesCut = false;
  private readonly seen = new Set<string>();

  constructor(format: Format, limits: Limits) {
    this.builder = new DocumentBuilder(format);
    this.limits = limits;
  }

  add(kind: BlockKind, text: string, detail: BlockDetail = {}): Block | null {
    const room = this.room();
    const block = this.builder.add(kind, text.length > room ? text.slice(0, room) : text, detail);
    if (text.length > room) this.stop();
    return block;
  }

  addRow(cells: readonly string[], detail: BlockDetail = {}): Block | null {
    const room = this.room();
    let size = 0;
    const kept: string[] = [];
    let over = false;
    for (const cell of cells) {
      over = size + cell.length > room;
      if (size >= room) break;
      kept.push(cell.length > room - size ? cell.slice(0, room - size) : cell);
      if (over) break;
      size += cell.length + 3;
    }
    this.blocks += Math.ceil(kept.length / CELLS_A_BLOCK) - 1;
    const block = this.builder.addRow(kept, detail);
    if (over) this.stop();
    return block;
  }

  /** Text that is no part of what the document says. The same running header is kept once. */
  aside(kind: Aside['kind'], raw: string, page?: number): void {
    const text = raw.trim();
    if (text === '') return;
    if (kind === 'header' || kind === 'footer') {
      if (this.seen.has(`${kind} ${text}`)) return;
      this.seen.add(`${kind} ${text}`);
    }
    const full = this.builder.asides.length >= MAX_ASIDES || this.asideChars + text.length > this.limits.maxChars;
    if (full && !this.asidesCut) {
      this.asidesCut = true;
      const message =
        'The file keeps more deleted, hidden or commented text than is read; the rest of it was left out.';
      this.builder.problem({ code: 'cut', message, fatal: false });
    }
    if (full) return;
    this.asideChars += text.length;
    this.builder.asides.push(page === undefined ? { kind, text } : { kind, text, page });
  }

  /** Says what was left out, once. */
  sayCut(message: string): void {
    if (this.cut) return;
    this.cut = true;
    this.builder.problem({ code: 'cut', message, fatal: false });
  }

  /** Says what was left out and ends the reading. */
  stop(): never {
    this.sayCut(
      `Only the first ${this.limits.maxChars} characters or ${this.limits.maxBlocks} blocks were read; the rest was left out. Split the file.`,
    );
    throw new Enough();
  }

  build(): Document {
    return this.builder.build();
  }

  private room(): number {
    if (++this.blocks > this.limits.maxBlocks) this.stop();
    // One character joins a block to the one before it.
    const room = this.limits.maxChars - this.builder.size - (this.builder.size > 0 ? 1 : 0);
    if (room <= 0) this.stop();
    return room;
  }
}
