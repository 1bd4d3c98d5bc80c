/** What the words beside a mention add to it: the least that will do, or something equivalent, or only a way of writing. */
import type { Ground } from './grammar/ground.ts';

/** Characters after a name in which its condition may stand: "ISO 27001 certification or equivalent". */
const AFTER = 48;
const BEFORE = 32;
const BOILERPLATE_WITHIN = 160;

/** The rest of the sentence after `end`, cut at `stop`. Dots inside abbreviations (`o. ä.`) do not end it. */
function after(text: string, end: number, stop: number): string {
  const piece = text.slice(end, Math.min(stop, end + AFTER));
  const close = /[;\n]|(?<!\b\p{L})\.(?=\s+\p{Lu})/u.exec(piece);
  return close ? piece.slice(0, close.index) : piece;
}

/** `or equivalent`, in any language; `next` is where the next mention starts. */
export function hasEquivalent(ground: Ground, end: number, next: number): boolean {
  return ground.words.equivalent.test(after(ground.text, end, next));
}

/** `at least`, `≥`, `or later`, `+`. */
export function isMinimum(ground: Ground, start: number, end: number, next: number): boolean {
  const { text, words } = ground;
  const piece = after(text, end, next);
  if (/^\s?\+(?![\p{L}\d])/u.test(piece) || /[≥⩾]|>=/.test(text.slice(start, end))) return true;
  if (words.minimumAfter.test(piece)) return true;
  return words.minimumBefore.test(text.slice(Math.max(0, start - BEFORE), start));
}

/** Beside the key words of RFC 2119: how a document is written, not what it asks. */
export function isBoilerplate(ground: Ground, start: number, end: number): boolean {
  const { text, words } = ground;
  return words.boilerplate.test(text.slice(Math.max(0, start - BOILERPLATE_WITHIN), end + BOILERPLATE_WITHIN));
}
