import type { Aside, Block, BlockKind, Document, Format, Problem, RunAnchor } from './model.ts';

export interface BlockDetail {
  level?: number;
  number?: string;
  page?: number;
  pageApproximate?: true;
  runs?: RunAnchor[];
}

/**
 * Collects blocks in reading order and keeps the offsets right. A block is whitespace-trimmed and never empty: `add` of blank
 * text adds nothing. Half a surrogate pair becomes U+FFFD, so that what is written out is Unicode. Run anchors are handed in relative to the text given and are shifted here.
 */
export class DocumentBuilder {
  readonly properties: Record<string, string> = {};
  readonly problems: Problem[] = [];
  readonly asides: Aside[] = [];
  title: string | null = null;
  pages: number | null = null;
  private readonly format: Format;
  private readonly parts: string[] = [];
  private readonly blocks: Block[] = [];
  /** Index of the open heading per level; index 0 unused. */
  private readonly open: number[] = [];
  private length = 0;

  constructor(format: Format) {
    this.format = format;
  }

  /** Characters collected so far. */
  get size(): number {
    return this.length;
  }

  add(kind: BlockKind, raw: string, detail: BlockDetail = {}): Block | null {
    const lead = raw.length - raw.trimStart().length;
    const text = raw.trim().toWellFormed();
    if (text === '') return null;
    const start = this.begin();
    const block: Block = { kind, start, end: start + text.length };
    this.place(block, detail);
    if (detail.runs) {
      block.runs = detail.runs
        .map((run) => shiftRun(run, start - lead, start, block.end))
        .filter((run) => run.end > run.start);
    }
    this.push(block, text);
    return block;
  }

  /** A table row; empty cells are left out of the text. */
  addRow(cells: readonly string[], detail: BlockDetail = {}): Block | null {
    const kept = cells.map((cell) => cell.trim().toWellFormed()).filter((cell) => cell !== '');
    if (kept.length === 0) return null;
    const start = this.begin();
    const spans: [number, number][] = [];
    let at = start;
    for (const cell of kept) {
      spans.push([at, at + cell.length]);
      at += cell.length + 3;
    }
    const text = kept.join(' | ');
    const block: Block = { kind: 'row', start, end: start + text.length, cells: spans };
    this.place(block, detail);
    this.push(block, text);
    return block;
  }

  problem(problem: Problem): void {
    this.problems.push(problem);
  }

  /** Language is filled in by `language.ts` afterwards. */
  build(): Document {
    return {
      format: this.format,
      text: this.parts.join('\n'),
      blocks: this.blocks,
      asides: this.asides,
      language: null,
      pages: this.pages,
      title: this.title,
      properties: this.properties,
      problems: this.problems,
    };
  }

  private begin(): number {
    return this.parts.length === 0 ? 0 : this.length + 1;
  }

  private place(block: Block, detail: BlockDetail): void {
    if (detail.level !== undefined) block.level = detail.level;
    if (detail.number !== undefined) block.number = detail.number;
    if (detail.page !== undefined) block.page = detail.page;
    if (detail.pageApproximate) block.pageApproximate = true;
    const level = block.kind === 'heading' || block.kind === 'title' ? (block.level ?? 1) : Number.POSITIVE_INFINITY;
    while (this.open.length > 0 && this.levelOf(this.open.at(-1)) >= level) this.open.pop();
    const parent = this.open.at(-1);
    if (parent !== undefined) block.under = parent;
    if (block.kind === 'heading') this.open.push(this.blocks.length);
  }

  private levelOf(index: number | undefined): number {
    return index === undefined ? 0 : (this.blocks[index]?.level ?? 1);
  }

  private push(block: Block, text: string): void {
    this.parts.push(text);
    this.blocks.push(block);
    this.length = block.end;
  }
}

function shiftRun(run: RunAnchor, by: number, low: number, high: number): RunAnchor {
  const start = Math.max(run.start + by, low);
  const end = Math.min(run.end + by, high);
  return { ...run, start, end, offset: run.offset + (start - by - run.start) };
}
