/**
 * Splits a text into the tokens that names are compared by. Letters and digits are separate tokens (`ISO27001` is two), so
 * that a space, hyphen, slash, dot, line break or nothing between them are the same; case and accents are folded away;
 * scripts without spaces give one token a character, so that a Latin name inside them stands alone. Offsets are UTF-16 into
 * the text as given, which is never copied or normalised.
 */

const SEPARATOR = 0;
const LETTER = 1;
const DIGIT = 2;
/** A character of a script without spaces: a token by itself. */
const SINGLE = 3;
/** Combining marks and joiners inside a word: as if they were not there. */
const IGNORED = 4;
/** One character that stands for several letters (`ﬁ`). */
const LIGATURE = 5;
/** A separator that no name crosses unless it is written in the name: comma, bracket, colon, quote. */
const HARD = 6;

const kind = new Uint8Array(0x10000);
const fold = new Uint16Array(0x10000);
const ligatures = new Map<number, number[]>();

const LETTERS = /\p{L}/u;
/** Letters without case among alphabets that have it, which are written in words: `ĸ`, `ŉ`, the ligatures. */
const UNCASED = /[ĸŉſǰ\ufb00-\ufb06]/;
const MARKS = /\p{M}/u;

/** Scripts whose words are not set apart by spaces, and symbols that need no table entry of their own. */
const SINGLE_RANGES: [number, number][] = [
  [0x0e00, 0x0eff],
  [0x1780, 0x17ff],
  [0x2e80, 0x2fdf],
  [0x3005, 0x3007],
  [0x3040, 0x30ff],
  [0x3100, 0x318f],
  [0x31f0, 0x31ff],
  [0x3400, 0x4dbf],
  [0x4e00, 0x9fff],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xff66, 0xff9d],
];

/** Alphabets with case or accents, folded by their Unicode decomposition; the rest of the plane is taken as it is. */
const FOLDED_RANGES: [number, number][] = [
  [0x0030, 0x024f],
  [0x0370, 0x0587],
  [0x1e00, 0x1ffc],
  [0xfb00, 0xfb06],
  [0xff10, 0xff5a],
];

/** Letters that Unicode does not decompose, and that are commonly written with their base letter. */
const BASE_LETTERS: Record<string, string> = { ø: 'o', ł: 'l', đ: 'd', ı: 'i', ħ: 'h', ŧ: 't' };

/** Scripts written with spaces that need no folding (Hebrew, Arabic, Indic, …): every letter of them is a letter. */
const PLAIN_RANGES: [number, number][] = [
  [0x0590, 0x0dff],
  [0x0f00, 0x177f],
  [0x1800, 0x1c7f],
];

function fillTables(): void {
  for (const c of ',;:()[]{}<>"|!?\u2026\u201c\u201d\u201e\u00ab\u00bb\u3001\u3002\uff08\uff09\uff0c\uff1a\uff1b\u2022\u00b7')
    kind[c.charCodeAt(0)] = HARD;
  for (const [from, to] of FOLDED_RANGES) for (let c = from; c <= to; c++) foldOne(c);
  for (const [from, to] of PLAIN_RANGES)
    for (let c = from; c <= to; c++) {
      const s = String.fromCharCode(c);
      kind[c] = LETTERS.test(s) ? LETTER : MARKS.test(s) ? IGNORED : SEPARATOR;
      fold[c] = c;
    }
  for (const [from, to] of SINGLE_RANGES) for (let c = from; c <= to; c++) single(c);
  kind[0x30fb] = SEPARATOR;
  for (let c = 0x0300; c <= 0x036f; c++) kind[c] = IGNORED;
  // Zero-width joiners and the byte order mark; ® and ™ set after a name.
  for (const c of [0x200c, 0x200d, 0x2060, 0xfeff]) kind[c] = IGNORED;
  for (const c of [0x00aa, 0x00ba]) kind[c] = SEPARATOR;
}

function single(c: number): void {
  kind[c] = SINGLE;
  fold[c] = c;
}

function foldOne(c: number): void {
  const s = String.fromCharCode(c);
  const lower = s.toLowerCase();
  if ((c >= 0x30 && c <= 0x39) || (c >= 0xff10 && c <= 0xff19)) {
    kind[c] = DIGIT;
    fold[c] = c & 0x3f;
    return;
  }
  // Letters of these alphabets have two cases; the few that have not are taken as they are.
  if (lower === s.toUpperCase() && !UNCASED.test(s)) return;
  const base = BASE_LETTERS[lower] ?? (c < 0x80 ? lower : lower.normalize('NFKD').replace(/[\u0300-\u036f]+/g, ''));
  const folded = BASE_LETTERS[base] ?? base;
  if (folded.length > 1) {
    kind[c] = LIGATURE;
    ligatures.set(
      c,
      [...folded].map((l) => l.charCodeAt(0)),
    );
    return;
  }
  kind[c] = LETTER;
  fold[c] = folded.charCodeAt(0);
}

fillTables();

/** Set on a token before which stands a hard separator. */
export const BREAK = 1;
/** Set on a token that a hyphen and a line break, or a soft hyphen, may have cut from the next one. */
export const CUT = 2;
/** Set on a token of digits. */
export const NUMBER = 4;

/** Tokens of one text, as parallel arrays; only the first `count` entries count. */
export interface Tokens {
  count: number;
  hash: Int32Array;
  start: Int32Array;
  end: Int32Array;
  flags: Uint8Array;
}

const SEED = 0x2545f491;
const PRIME = 0x01000193;

function finish(h: number): number {
  let x = h;
  x = Math.imul(x ^ (x >>> 15), 0x2c1b3c6d);
  x = Math.imul(x ^ (x >>> 12), 0x297a2d39);
  return x ^ (x >>> 15);
}

function room(tokens: Tokens): void {
  const size = Math.max(1024, tokens.hash.length * 2);
  const grow = (a: Int32Array) => {
    const b = new Int32Array(size);
    b.set(a);
    return b;
  };
  tokens.hash = grow(tokens.hash);
  tokens.start = grow(tokens.start);
  tokens.end = grow(tokens.end);
  const flags = new Uint8Array(size);
  flags.set(tokens.flags);
  tokens.flags = flags;
}

function isCut(text: string, end: number, next: number): boolean {
  const c = text.charCodeAt(end);
  if (c === 0x00ad || c === 0xfffe) return true;
  // A hyphen, then white space: the word may go on there.
  if (c !== 0x2d && c !== 0x2010) return false;
  if (next === end + 1) return false;
  for (let i = end + 1; i < next; i++) if (text.charCodeAt(i) > 32 && text.charCodeAt(i) !== 0xa0) return false;
  return true;
}

/** The tokens of `text`. Cost is linear in its length. Surrogate pairs separate. */
export function tokenize(text: string): Tokens {
  const n = text.length;
  // Reading code units from an array is twice as fast as charCodeAt, the copy included.
  const bytes = Buffer.from(text, 'utf16le');
  const units = new Uint16Array(bytes.buffer, bytes.byteOffset, n);
  const size = Math.max(16, (n >> 2) + 16);
  const tokens: Tokens = {
    count: 0,
    hash: new Int32Array(size),
    start: new Int32Array(size),
    end: new Int32Array(size),
    flags: new Uint8Array(size),
  };
  let { hash, start: starts, end: ends, flags: marks } = tokens;
  let count = 0;
  let flags = BREAK;
  let before = 0;
  let i = 0;
  while (i < n) {
    const code = units[i] as number;
    const k = kind[code] as number;
    const start = i++;
    if (k === SEPARATOR || k === IGNORED) continue;
    if (k === HARD) {
      flags = BREAK;
      continue;
    }
    let h = Math.imul(SEED ^ (fold[code] as number), PRIME);
    let last = k;
    if (k === LETTER || k === DIGIT) {
      if (k === DIGIT) flags |= NUMBER;
      while (i < n) {
        const c = units[i] as number;
        last = kind[c] as number;
        if (last !== k) break;
        h = Math.imul(h ^ (fold[c] as number), PRIME);
        i++;
      }
    }
    // Marks inside a word and ligatures are rare: once one is met, the word is read again the long way.
    if (last >= IGNORED && last <= LIGATURE) {
      i = wordEnd(text, start, k === DIGIT);
      h = rawHash(text, start, i);
    }
    if (count === hash.length) {
      room(tokens);
      ({ hash, start: starts, end: ends, flags: marks } = tokens);
    }
    if (start > before && flags !== BREAK) {
      const gap = units[before] as number;
      if (
        (gap === 0x2d || gap === 0x00ad || gap === 0xfffe || gap === 0x2010) &&
        count > 0 &&
        isCut(text, before, start)
      )
        marks[count - 1] = (marks[count - 1] as number) | CUT;
    }
    hash[count] = finish(h);
    starts[count] = start;
    ends[count] = i;
    marks[count] = flags;
    flags = 0;
    before = i;
    count++;
  }
  tokens.count = count;
  return tokens;
}

/** Where the word that starts at `start` ends; joiners after it are left out. */
function wordEnd(text: string, start: number, digits: boolean): number {
  let end = start;
  for (let i = start; i < text.length; i++) {
    const c = text.charCodeAt(i);
    const k = kind[c];
    if (k === IGNORED) {
      if (c >= 0x0300 && c <= 0x036f && end === i) end = i + 1;
      continue;
    }
    if (digits ? k !== DIGIT : k !== LETTER && k !== LIGATURE) break;
    end = i + 1;
  }
  return end;
}

function rawHash(text: string, start: number, end: number): number {
  let h = SEED;
  for (let i = start; i < end; i++) {
    const c = text.charCodeAt(i);
    const k = kind[c] as number;
    if (k === LIGATURE) for (const l of ligatures.get(c) ?? []) h = Math.imul(h ^ l, PRIME);
    else if (k === LETTER || k === DIGIT || k === SINGLE) h = Math.imul(h ^ (fold[c] as number), PRIME);
  }
  return h;
}

/** Hash of the letters and digits of `text[start, end)` as one token, whatever separates them. */
export function joinedHash(text: string, start: number, end: number): number {
  return finish(rawHash(text, start, end));
}

/** Hash of the letters and digits of `text[start, end)` in the case they are written in. */
export function exactHash(text: string, start: number, end: number): number {
  let h = SEED;
  for (let i = start; i < end; i++) {
    const c = text.charCodeAt(i);
    const k = kind[c] as number;
    if (k !== SEPARATOR && k !== HARD && k !== IGNORED) h = Math.imul(h ^ c, PRIME);
  }
  return finish(h);
}

/** Whether a letter or digit stands at `index`; false outside the text. */
export function isWord(text: string, index: number): boolean {
  const k = kind[text.charCodeAt(index)];
  return k === LETTER || k === DIGIT || k === LIGATURE;
}

/** Whether a digit stands at `index`. */
export function isDigit(text: string, index: number): boolean {
  return kind[text.charCodeAt(index)] === DIGIT;
}

/** `text` in the form names are compared by: folded tokens with one space between them. For small pieces, not whole texts. */
export function folded(text: string): string {
  let out = '';
  let last = SEPARATOR;
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    const k = kind[c] as number;
    if (k === IGNORED) continue;
    if (k === SEPARATOR || k === HARD) {
      last = SEPARATOR;
      continue;
    }
    const as = k === LIGATURE ? LETTER : k;
    if (out !== '' && (last === SEPARATOR || as !== last || as === SINGLE)) out += ' ';
    out += k === LIGATURE ? String.fromCharCode(...(ligatures.get(c) ?? [])) : String.fromCharCode(fold[c] as number);
    last = as;
  }
  return out;
}

/** Sixteen bits of the first three letters at `start`: a cheap sieve before `prefixHash`. */
export function sieve(text: string, start: number): number {
  const [a, b, c] = [fold[text.charCodeAt(start)], fold[text.charCodeAt(start + 1)], fold[text.charCodeAt(start + 2)]];
  return (((a as number) * 31 + (b as number)) * 31 + (c as number)) & 0xffff;
}

/** Tells the hash of each beginning of the word [start, end) whose length has its bit set in `lengths`. */
export function eachPrefix(
  text: string,
  start: number,
  end: number,
  lengths: number,
  tell: (hash: number, length: number) => void,
): void {
  let h = SEED;
  let length = 0;
  for (let i = start; i < end && length < 31; i++) {
    const c = text.charCodeAt(i);
    const k = kind[c] as number;
    if (k === IGNORED) continue;
    if (k !== LETTER && k !== DIGIT && k !== SINGLE) return;
    h = Math.imul(h ^ (fold[c] as number), PRIME);
    length++;
    if ((lengths & (1 << length)) !== 0) tell(finish(h), length);
  }
}

/** Hash of the first `length` folded letters from `start`, or null when the word ends before. Ligatures end it. */
export function prefixHash(text: string, start: number, end: number, length: number): number | null {
  let h = SEED;
  let left = length;
  for (let i = start; i < end && left > 0; i++) {
    const c = text.charCodeAt(i);
    const k = kind[c] as number;
    if (k === IGNORED) continue;
    if (k !== LETTER && k !== DIGIT && k !== SINGLE) return null;
    h = Math.imul(h ^ (fold[c] as number), PRIME);
    left--;
  }
  return left === 0 ? finish(h) : null;
}
