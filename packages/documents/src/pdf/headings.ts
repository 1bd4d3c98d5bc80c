import type { FlowLine } from './flow.ts';
import type { LaidOutPage } from './furniture.ts';
import { depthOfNumber, startsItem, startsLoneNumber, startsNumber } from './marks.ts';

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

/** How a heading stands among the others. */
export interface HeadingLook {
  /** 0 for the largest type of the document, more for smaller. */
  rank: number;
  /** By its number: `3.2` is 2; null without one. */
  depth: number | null;
  number: string | null;
}

/**
 * Whether a paragraph is a heading: short, not ending like a sentence, and larger, bold, in capitals or numbered and set off.
 * Null for anything else.
 */
export function headingLook(lines: readonly FlowLine[], text: string, measures: Measures): HeadingLook | null {
  const first = lines[0];
  if (first === undefined || text.length > MAX_CHARS || lines.length > MAX_LINES || !/\p{L}{2}/u.test(text))
    return null;
  // A line that goes on in small letters is the rest of a sentence.
  if (/^\p{Ll}[\p{Ll}-]*\s/u.test(text)) return null;
  const large = first.size >= measures.body * 1.12;
  const bold = lines.every((line) => line.bold > 0.8);
  const number = startsNumber(text) ?? (large || bold ? startsLoneNumber(text) : null);
  const depth = number === null ? null : depthOfNumber(number);
  if (endsLikeSentence(text, large, bold, depth)) return null;
  if (startsItem(text) && depth === null && !large) return null;
  // A line of a table of contents.
  if (/[.…]{5,}|(?:\. ){4,}/.test(text)) return null;
  if (large) {
    const rank = measures.sizes.findIndex((size) => first.size >= size - 0.6);
    return { rank: Math.max(0, rank), depth, number };
  }
  if (text.length > 120) return null;
  const letters = text.replace(/[^\p{L}]/gu, '');
  const capitals = letters.length >= 4 && /^[\p{Lu}ß]+$/u.test(letters);
  const setOff =
    (depth !== null && (bold || capitals)) ||
    (bold && lines.length <= 2) ||
    (capitals && lines.length === 1 && letters.length >= 6 && first.size >= measures.body * 0.95);
  return setOff ? { rank: measures.sizes.length, depth, number } : null;
}

/** Headings may end with a full stop when they are numbered and bold, or large; `Scope:` alone on a bold line is one as well. */
function endsLikeSentence(text: string, large: boolean, bold: boolean, depth: number | null): boolean {
  if (!/[.;,:]["'”’»]?$/u.test(text)) return false;
  if (depth !== null && bold && text.length < 90) return false;
  if (large && !/[;,]$/.test(text)) return false;
  return !(bold && text.endsWith(':') && text.length < 80);
}
