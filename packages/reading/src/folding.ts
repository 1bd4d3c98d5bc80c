/** What a character is to the term matcher: its folded code, or a class below 32 that stands for no letter. */

/** Between words of one term: spaces, hyphens, apostrophes, slashes. */
export const GAP = 1;
/** Inside a word and not seen: soft hyphen, joiners. */
export const SKIP = 2;
/** Ends a term: full stops, brackets, pipes and the rest. */
export const STOP = 3;

const GAPS = ' \t\n\r\u00a0\u2007\u2009\u202f\u3000-\u2010\u2011\u2012\u2013\'\u2019\u02bc`´/_*"“”„«»';
const SKIPPED = '\u00ad\u200b\u200c\u200d\u2060\ufeff\ufffe';
/** Letters that have no decomposition, and what careless typing makes of them. */
const BARE: Record<string, string> = { ł: 'l', ø: 'o', đ: 'd', ı: 'i', ð: 'd', ħ: 'h' };

/** Ligatures a PDF may leave in its text, as the letters they stand for. */
const LIGATURES = ['ff', 'fi', 'fl', 'ffi', 'ffl'];
const FIRST_LIGATURE = 0xfb00;

function foldOf(code: number): number {
  const char = String.fromCharCode(code);
  if (GAPS.includes(char)) return GAP;
  if (SKIPPED.includes(char)) return SKIP;
  const base = char.normalize('NFKD').charAt(0).toLowerCase();
  const plain = BARE[base] ?? base;
  return /[\p{L}\p{N}&+@]/u.test(plain) ? plain.charCodeAt(0) : STOP;
}

function buildTable(): Uint16Array {
  const table = new Uint16Array(0x10000);
  for (let code = 0; code < 0x10000; code++) {
    const latin = code < 0x2070 || code >= 0xff00;
    if (latin) table[code] = code >= 0xd800 && code < 0xe000 ? STOP : foldOf(code);
    else if (code >= 0x3041 && code <= 0xd7a3) table[code] = code;
    else table[code] = code >= 0x2c00 && code < 0x3000 ? code : STOP;
  }
  table[0x3000] = GAP;
  return table;
}

/** Folded code per UTF-16 unit: lower case, no accents, full width made narrow. */
export const FOLD: Uint16Array = buildTable();

/** True where words are written without spaces between them (kana, han, hangul is spaced but harmless). */
export function isUnspaced(folded: number): boolean {
  return folded >= 0x3041 && folded <= 0x9fff;
}

/** The letters of a ligature such as `ﬁ`, else undefined. */
export function ligature(code: number): string | undefined {
  return code >= FIRST_LIGATURE && code < FIRST_LIGATURE + LIGATURES.length
    ? LIGATURES[code - FIRST_LIGATURE]
    : undefined;
}

/** True for a folded letter or digit. */
export function isWord(folded: number): boolean {
  return folded > STOP;
}
