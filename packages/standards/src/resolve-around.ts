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

/** Words that may stand between a name and its condition: "TLS 1.2 protocol or higher", "at least version TLS 1.2". */
const BETWEEN = 2;

/** `or equivalent`, in any language; `next` is where the next mention starts. */
export function hasEquivalent(ground: Ground, end: number, next: number): boolean {
  return ground.words.equivalent.find(after(ground.text, end, next)) !== null;
}

/** `at least`, `≥`, `or later`, `+`. */
export function isMinimum(ground: Ground, start: number, end: number, next: number): boolean {
  const { text, words } = ground;
  const piece = after(text, end, next);
  if (/^\s?\+(?![\p{L}\d])/u.test(piece) || /[≥⩾]|>=/.test(text.slice(start, end))) return true;
  if (words.minimumAfter.find(piece, (found) => found.first <= BETWEEN) !== null) return true;
  const before = text.slice(Math.max(0, start - BEFORE), start);
  if (/(?:[≥⩾]|>=)\s*$/.test(before)) return true;
  // What ends in the sentence before, or was said of something else, is not said of this.
  const own = before.slice(Math.max(...['.', ';', ',', '\n'].map((sign) => before.lastIndexOf(sign))) + 1);
  return words.minimumBefore.find(own, (found) => found.after <= BETWEEN) !== null;
}

/** Beside the key words of RFC 2119: how a document is written, not what it asks. */
export function isBoilerplate(ground: Ground, start: number, end: number): boolean {
  const { text, words } = ground;
  return words.boilerplate.find(text.slice(Math.max(0, start - BOILERPLATE_WITHIN), end + BOILERPLATE_WITHIN)) !== null;
}
