import { FOLD, GAP, isUnspaced, isWord, ligature, SKIP, STOP } from './folding.ts';

/**
 * One term of a lexicon: words separated by one space; `*` after a word stands for any ending, `*` before the first word for any
 * beginning (compounds), `*` alone for any one word. A term whose first word has a capital is matched only where that word is written so (`IT`, `MFA`).
 */
export interface Term<Label> {
  text: string;
  label: Label;
}

/** `(no|without) flaws` → `no flaws`, `without flaws`; an empty alternative leaves the word out. */
export function spelledOut(term: string): string[] {
  const group = /\(([^()]*)\)/.exec(term);
  if (!group) return [term.replace(/\s{2,}/g, ' ').trim()];
  const [whole, alternatives = ''] = group;
  return alternatives.split('|').flatMap((one) => spelledOut(term.replace(whole, one)));
}

export type Emit<Label> = (label: Label, start: number, end: number) => void;

/** What may end or go on at a state of the tree. */
interface Ending {
  /** Terms that end here with the word. */
  wholes: number[];
  /** Terms that end here with any ending of the word. */
  stems: number[];
  /** State after any ending of the word; 0 for none. */
  star: number;
}

const ROOT = 0;
/** Root of the terms that may begin inside a word. */
const INSIDE = 1;
const NO_KEY = -1;
/** Blanks and hyphens between two words of a term. */
const LONGEST_GAP = 6;
/** Letters of an ending, so that a line without spaces costs no more than its length. */
const LONGEST_ENDING = 40;

/**
 * A letter tree over folded characters in one open-addressing table. One pass over a text; each word start is walked until the
 * tree ends, and compounds from inside words. Offsets are those of the text handed in.
 */
export class TermMatcher<Label> {
  private readonly labels: Label[] = [];
  /** First word as written, for terms in capitals; else empty. */
  private readonly exact: string[] = [];
  private keys = new Float64Array(1 << 13);
  private targets: Uint32Array;
  private used = 0;
  private readonly endings: (Ending | undefined)[] = [undefined, undefined];
  private readonly insideStarts = new Uint8Array(0x10000);

  constructor(terms: readonly Term<Label>[]) {
    // About as many states as half the letters: a table that need not grow is filled once.
    const letters = terms.reduce((sum, { text }) => sum + text.length, 0);
    while (this.keys.length < letters) this.keys = new Float64Array(this.keys.length * 2);
    this.keys.fill(NO_KEY);
    this.targets = new Uint32Array(this.keys.length);
    for (const term of terms) this.insert(term);
  }

  /** Hands every term between `from` and `to` to `emit`, in order of start; several may start at one place. */
  scan(text: string, from: number, to: number, emit: Emit<Label>): void {
    let before = STOP;
    for (let at = from; at < to; at++) {
      const folded = FOLD[text.charCodeAt(at)] as number;
      if (folded > STOP) {
        if (before <= STOP || isUnspaced(folded) || isUnspaced(before)) this.walk(text, ROOT, at, at, to, emit);
        if (this.insideStarts[folded] === 1) this.walk(text, INSIDE, at, at, to, emit);
      }
      if (folded !== SKIP) before = folded;
    }
  }

  private insert(term: Term<Label>): void {
    const inside = term.text.startsWith('*');
    const body = inside ? term.text.slice(1) : term.text;
    const index = this.labels.push(term.label) - 1;
    this.exact.push(capitals(body));
    if (inside) this.insideStarts[FOLD[body.charCodeAt(0)] as number] = 1;
    let state = inside ? INSIDE : ROOT;
    let before = GAP;
    for (let i = 0; i < body.length; i++) {
      if (body[i] === '*') {
        if (i < body.length - 1) state = this.starAt(state);
        before = STOP;
        continue;
      }
      const folded = FOLD[body.charCodeAt(i)] as number;
      if (folded === SKIP || (folded === GAP && before === GAP)) continue;
      before = folded;
      // A full stop that is written in a term is one of the text: `security.txt`.
      state = this.grown(state, folded === STOP ? body.charCodeAt(i) : folded);
    }
    const ending = this.endingAt(state);
    (body.endsWith('*') ? ending.stems : ending.wholes).push(index);
  }

  private endingAt(state: number): Ending {
    const known = this.endings[state];
    if (known) return known;
    const made: Ending = { wholes: [], stems: [], star: 0 };
    this.endings[state] = made;
    return made;
  }

  private starAt(state: number): number {
    const ending = this.endingAt(state);
    if (ending.star === 0) ending.star = this.make();
    return ending.star;
  }

  private make(): number {
    return this.endings.push(undefined) - 1;
  }

  private grown(state: number, folded: number): number {
    const found = this.next(state, folded);
    if (found !== 0) return found;
    if (this.used * 2 >= this.keys.length) this.rehash();
    const made = this.make();
    this.put(state * 0x10000 + folded, made);
    return made;
  }

  private rehash(): void {
    const { keys, targets } = this;
    this.keys = new Float64Array(keys.length * 2).fill(NO_KEY);
    this.targets = new Uint32Array(keys.length * 2);
    this.used = 0;
    for (let i = 0; i < keys.length; i++) {
      if (keys[i] !== NO_KEY) this.put(keys[i] as number, targets[i] as number);
    }
  }

  private put(key: number, target: number): void {
    const mask = this.keys.length - 1;
    let at = hash(key) & mask;
    while (this.keys[at] !== NO_KEY) at = (at + 1) & mask;
    this.keys[at] = key;
    this.targets[at] = target;
    this.used++;
  }

  private next(state: number, folded: number): number {
    const key = state * 0x10000 + folded;
    const mask = this.keys.length - 1;
    let at = hash(key) & mask;
    for (;;) {
      const found = this.keys[at] as number;
      if (found === key) return this.targets[at] as number;
      if (found === NO_KEY) return 0;
      at = (at + 1) & mask;
    }
  }

  private walk(text: string, root: number, start: number, from: number, to: number, emit: Emit<Label>): void {
    let state = root;
    let at = from;
    while (at < to) {
      const code = text.charCodeAt(at);
      const folded = FOLD[code] as number;
      if (folded === SKIP) {
        at++;
        continue;
      }
      if (folded === GAP) {
        const limit = Math.min(to, at + LONGEST_GAP);
        while (at < limit && FOLD[text.charCodeAt(at)] === GAP) at++;
        state = this.next(state, GAP);
        if (state === 0) return;
        const anyWord = this.endings[state]?.star ?? 0;
        const end = anyWord === 0 ? at : endOfWord(text, at, to);
        if (end > at) this.walk(text, anyWord, start, end, to, emit);
        continue;
      }
      state = folded === STOP ? this.next(state, code) || this.nextOfLigature(state, code) : this.next(state, folded);
      if (state === 0) return;
      at++;
      const ending = this.endings[state];
      if (ending) this.end(text, ending, start, at, to, emit);
    }
  }

  private nextOfLigature(from: number, code: number): number {
    let state = from;
    const letters = ligature(code);
    if (letters === undefined) return 0;
    for (let i = 0; i < letters.length && (state !== 0 || i === 0); i++) {
      state = this.next(state, letters.charCodeAt(i));
    }
    return state;
  }

  private end(text: string, ending: Ending, start: number, at: number, to: number, emit: Emit<Label>): void {
    const whole = isWordEnd(text, at, to);
    if (whole) this.emitAll(text, ending.wholes, start, at, emit);
    if (ending.stems.length === 0 && ending.star === 0) return;
    const end = whole ? at : endOfWord(text, at, to);
    this.emitAll(text, ending.stems, start, end, emit);
    if (ending.star !== 0) this.walk(text, ending.star, start, end, to, emit);
  }

  private emitAll(text: string, terms: readonly number[], start: number, end: number, emit: Emit<Label>): void {
    for (const index of terms) {
      const exact = this.exact[index] as string;
      if (exact === '' || text.startsWith(exact, start)) emit(this.labels[index] as Label, start, end);
    }
  }
}

/** The first word of a term where a letter of it is a capital; else empty. */
function capitals(body: string): string {
  let end = 0;
  let plain = true;
  for (; end < body.length; end++) {
    const code = body.charCodeAt(end);
    if (code === 0x20 || code === 0x2a) break;
    // Small letters, digits and signs of ASCII, which most terms are made of, need no closer look.
    plain &&= code < 0x41 || (code > 0x5a && code < 0x80);
  }
  if (plain) return '';
  const first = body.slice(0, end);
  return /\p{Lu}/u.test(first) ? first : '';
}

function hash(key: number): number {
  return ((Math.imul(key | 0, 0x9e3779b1) ^ Math.imul((key / 0x10000) | 0, 0x85ebca6b)) >>> 9) | 0;
}

function isWordEnd(text: string, at: number, to: number): boolean {
  let next = at;
  while (next < to && FOLD[text.charCodeAt(next)] === SKIP) next++;
  if (next >= to) return true;
  const folded = FOLD[text.charCodeAt(next)] as number;
  return !isWord(folded) || isUnspaced(folded) || isUnspaced(FOLD[text.charCodeAt(at - 1)] as number);
}

function endOfWord(text: string, from: number, to: number): number {
  const limit = Math.min(to, from + LONGEST_ENDING);
  let at = from;
  while (at < limit) {
    const folded = FOLD[text.charCodeAt(at)] as number;
    if (isUnspaced(folded) || (folded !== SKIP && !isWord(folded))) break;
    at++;
  }
  return at;
}
