/** Whether the words around an ambiguous name let it mean what it could mean. */
import { folded } from './tokens.ts';

export interface Gate {
  needs: string[];
  not: string[];
}

/** What was decided, and the word that decided it. */
export interface Verdict {
  open: boolean;
  word: string | null;
}

/** Characters to each side in which a needed word may stand, and in which none of the others may. */
const NEEDS_WITHIN = 200;
const NOT_WITHIN = 60;
/** A word this long may stand inside a compound (`Informationssicherheit`); a shorter one begins its word. */
const INSIDE_FROM = 5;
/** A word shorter than this is looked for whole. */
const BEGINS_FROM = 4;

const foldedWords = new WeakMap<readonly string[], string[]>();

/**
 * The form in which a word is looked for: anywhere, at the beginning of a word, or as a whole word. Short words and figures are whole, or
 * "3DES" would be found in "ARTICLE 3 DESCRIPTION".
 */
function soughtForm(word: string): string {
  const plain = folded(word.replace(/\*$/, ''));
  if (plain === '') return '';
  if (/\d/.test(plain) || plain.length < BEGINS_FROM) return ` ${plain} `;
  return plain.length >= INSIDE_FROM && !plain.includes(' ') ? plain : ` ${plain}`;
}

function fold(words: readonly string[]): string[] {
  let known = foldedWords.get(words);
  if (!known) {
    known = words.map(soughtForm);
    foldedWords.set(words, known);
  }
  return known;
}

function find(words: readonly string[], around: string): string | null {
  const at = fold(words).findIndex((word) => word !== '' && around.includes(word));
  return at < 0 ? null : (words[at] as string);
}

function around(text: string, start: number, end: number, within: number): string {
  // A cut word at the edge would match by its beginning or end only.
  return ` ${folded(text.slice(Math.max(0, start - within), start))} | ${folded(text.slice(end, end + within))} `;
}

/** Looks at the words to both sides of [start, end), the name itself left out. */
export function judge(gate: Gate, text: string, start: number, end: number): Verdict {
  if (gate.not.length > 0) {
    const against = find(gate.not, around(text, start, end, NOT_WITHIN));
    if (against !== null) return { open: false, word: against };
  }
  if (gate.needs.length === 0) return { open: true, word: null };
  const word = find(gate.needs, around(text, start, end, NEEDS_WITHIN));
  return { open: word !== null, word };
}

/** Whether one of the gate's forbidding words is near. */
export function forbidden(gate: Gate, text: string, start: number, end: number): boolean {
  return gate.not.length > 0 && find(gate.not, around(text, start, end, NOT_WITHIN)) !== null;
}
