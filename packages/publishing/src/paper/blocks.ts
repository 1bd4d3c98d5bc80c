import type { Language } from '@proviso/catalogue';

/** A piece of a line: plain, in bold, or a link to a `mark` of the same paper. */
export type Inline = string | { strong: string } | { link: string; to: string };

export type Level = 1 | 2 | 3 | 4;

/** Ground of a table cell; never the only sign of what it says. */
export type Shade = 'low' | 'medium' | 'high' | 'critical';

export interface Cell {
  paragraphs: Inline[][];
  shade?: Shade;
}

/** What a paper is made of, whether it becomes a Word file or a page. */
export type Block =
  | { kind: 'title'; text: string; under: string }
  /** `numbered`: an article of a contract or policy, whose clauses follow. `mark`: what links point to. */
  | { kind: 'heading'; level: Level; text: string; mark?: string; newPage?: boolean; numbered?: boolean }
  /** `meta`: facts about what follows. `note`: to be read before the rest. */
  | { kind: 'text'; text: Inline[]; tone?: 'meta' | 'note' }
  /** A label with what belongs to it, a paragraph each. */
  | { kind: 'detail'; label: string; text: Inline[][] }
  | { kind: 'item'; text: Inline[] }
  /** Level 1 is numbered 2.1, level 2 (a). */
  | { kind: 'clause'; level: 1 | 2; text: Inline[] }
  /** `widths` in hundredths. The first cell of a row names the row. `together`: small enough to stay on one page. */
  | { kind: 'table'; head: string[]; widths: number[]; rows: Cell[][]; together?: boolean };

/** A paper before it is written: what `wordFile` and `htmlPage` take. */
export interface Paper {
  language: Language;
  title: string;
  /** Stands in the footer of every page. */
  footer: string;
  /** Day that stands as the file's date, as 2026-01-31: the same content gives the same bytes. */
  date: string;
  blocks: Block[];
}

export const title = (text: string, under: string): Block => ({ kind: 'title', text, under });

export const heading = (
  level: Level,
  text: string,
  more: { mark?: string; newPage?: boolean; numbered?: boolean } = {},
): Block => ({ kind: 'heading', level, text, ...more });

export const text = (...pieces: Inline[]): Block => ({ kind: 'text', text: pieces });
export const meta = (...pieces: Inline[]): Block => ({ kind: 'text', text: pieces, tone: 'meta' });
export const note = (...pieces: Inline[]): Block => ({ kind: 'text', text: pieces, tone: 'note' });
export const item = (...pieces: Inline[]): Block => ({ kind: 'item', text: pieces });
export const clause = (level: 1 | 2, ...pieces: Inline[]): Block => ({ kind: 'clause', level, text: pieces });

export const detail = (label: string, ...paragraphs: (string | Inline[])[]): Block => ({
  kind: 'detail',
  label,
  text: paragraphs.map((one) => (typeof one === 'string' ? [one] : one)),
});

/** Rows of texts, of pieces, or of ready cells. */
export function table(
  columns: readonly { head: string; width: number }[],
  rows: readonly (string | Inline[] | Cell)[][],
  more: { together?: boolean } = {},
): Block {
  return {
    kind: 'table',
    head: columns.map(({ head }) => head),
    widths: columns.map(({ width }) => width),
    rows: rows.map((row) => row.map(cellOf)),
    ...more,
  };
}

function cellOf(from: string | Inline[] | Cell): Cell {
  if (typeof from === 'string') return { paragraphs: [[from]] };
  return Array.isArray(from) ? { paragraphs: [from] } : from;
}

/** The same blocks one heading level down, to stand under a heading of their own. */
export function deeper(blocks: readonly Block[]): Block[] {
  return blocks.map((block) =>
    block.kind === 'heading' ? { ...block, level: Math.min(4, block.level + 1) as Level } : block,
  );
}
