import type { FlowLine } from './flow.ts';
import type { LaidOutPage } from './furniture.ts';
import { depthOfNumber, startsItem, startsNumber } from './marks.ts';

/** What is usual in a document. */
export interface Measures {
  /** Size of the running text. */
  body: number;
  /** Line distance, in font sizes, of text of a size on a page. */
  leading(size: number, page: number): number;
  /** Sizes clearly above the running text, largest first. */
  sizes: number[];
}

const MAX_CHARS = 180;
const MAX_LINES = 4;

/** Takes the measures of a document. */
export function measure(pages: readonly LaidOutPage[]): Measures {
  const bySize = new Map<number, number>();
  const steps = new Map<string, number[]>();
  const all: number[] = [];
  for (const page of pages) {
    let before: FlowLine | null = null;
    for (const flow of page.flow) {
      const size = Math.round(flow.size * 2) / 2;
      const length =
        flow.kind === 'line' ? flow.text.length : flow.cells.reduce((sum, cell) => sum + cell.length, 0) / 2;
      bySize.set(size, (bySize.get(size) ?? 0) + length);
      if (flow.kind !== 'line') {
        before = null;
        continue;
      }
      if (before !== null && Math.abs(before.size - flow.size) < 0.6 && flow.base > before.base) {
        const step = (flow.base - before.base) / flow.size;
        all.push(step);
        for (const key of [`${size}`, `${size}@${page.page}`]) {
          const own = steps.get(key);
          if (own === undefined) steps.set(key, [step]);
          else own.push(step);
        }
      }
      before = flow;
    }
  }
  let body = 10;
  let most = 0;
  for (const [size, chars] of bySize) {
    if (chars > most) {
      most = chars;
      body = size;
    }
  }
  const usual = usualStep(all, 1.2);
  const leadings = new Map<string, number>();
  for (const [key, own] of steps) if (own.length >= 6) leadings.set(key, usualStep(own, usual));
  const sizes = [...bySize.keys()].filter((size) => size >= body * 1.12).sort((a, b) => b - a);
  const leading = (size: number, page: number): number => {
    const key = `${Math.round(size * 2) / 2}`;
    return leadings.get(`${key}@${page}`) ?? leadings.get(key) ?? usual;
  };
  return { body, leading, sizes: merged(sizes) };
}

/** Most steps are inside paragraphs; two fifths up is safely one of them. */
function usualStep(steps: number[], otherwise: number): number {
  steps.sort((a, b) => a - b);
  return Math.min(2.2, Math.max(1.05, steps[Math.floor(steps.length * 0.4)] ?? otherwise));
}

/** Sizes within half a point of each other are one. */
function merged(sizes: readonly number[]): number[] {
  const out: number[] = [];
  for (const size of sizes) if (out.length === 0 || (out.at(-1) ?? 0) - size > 0.6) out.push(size);
  return out;
}

/**
 * The level of a heading, 0 for what may be the document's title; null for a paragraph. A heading is short, does not end like a
 * sentence, and is larger, bold, in capitals or numbered and set off.
 */
export function headingLevel(lines: readonly FlowLine[], text: string, measures: Measures): number | null {
  const first = lines[0];
  if (first === undefined || text.length > MAX_CHARS || lines.length > MAX_LINES || !/\p{L}{2}/u.test(text))
    return null;
  // A line that goes on in small letters is the rest of a sentence.
  if (/^\p{Ll}[\p{Ll}-]*\s/u.test(text)) return null;
  const number = startsNumber(text);
  const depth = number === null ? null : depthOfNumber(number);
  const large = first.size >= measures.body * 1.12;
  const bold = lines.every((line) => line.bold > 0.8);
  const letters = text.replace(/[^\p{L}]/gu, '');
  const capitals = letters.length >= 4 && letters === letters.toUpperCase() && letters !== letters.toLowerCase();
  if (
    /[.;,:]["'”’»]?$/u.test(text) &&
    !(depth !== null && bold && text.length < 90) &&
    !(large && !/[;,]$/.test(text))
  ) {
    // `Scope:` alone on a bold line is a heading as well.
    if (!(bold && /:$/.test(text) && text.length < 80)) return null;
  }
  if (startsItem(text) && depth === null && !large) return null;
  if (/[.…]{5,}|(?:\. ){4,}/.test(text)) return null;
  if (large) {
    const rank = measures.sizes.findIndex((size) => first.size >= size - 0.6);
    if (depth !== null) return Math.min(depth, 6);
    if (rank === 0 && lines.length <= MAX_LINES) return 0;
    return Math.min(1 + Math.max(0, rank), 4);
  }
  if (text.length > 120) return null;
  if (depth !== null && (bold || capitals)) return Math.min(depth, 6);
  if (bold && lines.length <= 2) return Math.min(measures.sizes.length + 1, 4);
  if (capitals && lines.length === 1 && letters.length >= 6 && first.size >= measures.body * 0.95)
    return Math.min(measures.sizes.length + 1, 4);
  return null;
}
