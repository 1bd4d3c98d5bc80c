import { type Detector, detector } from './language.ts';
import { languageOfScript } from './script.ts';

export type Verdict = 'text' | 'noise' | 'unclear';

/** Pages of 88 real PDFs in nine languages score 0.65 to 0.9; the same pages with a shifted font map 0.1 to 0.58, half of them under 0.2. */
const LANGUAGE = 0.62;
const NO_LANGUAGE = 0.52;
const WINDOW = 420;
/** Characters under which a text is too short to be called noise. */
const MIN_CHARS = 200;

/**
 * Whether a text is writing at all. A text layer with a wrong font map, or one OCR made of a picture, has letters and spaces but
 * the letter sequences of no language. Lists of numbers, codes and names are `unclear`, which is to be read as text.
 * @param unmapped characters that could not be mapped to anything and are not part of `text`
 */
export async function judgeNoise(text: string, unmapped = 0): Promise<Verdict> {
  const length = text.length;
  if (unmapped > 20 && unmapped > (length + unmapped) * 0.2) return 'noise';
  if (length < MIN_CHARS) return 'unclear';
  const stray = strayShare(text);
  if (stray > 0.2) return 'noise';
  if (languageOfScript(text) !== null) return 'text';
  const model = await detector();
  const windows = Math.max(1, Math.min(5, Math.floor(length / WINDOW)));
  let best: number | null = null;
  for (let i = 0; i < windows; i++) {
    const at = Math.max(0, Math.floor(((i + 0.5) * length) / windows - WINDOW / 2));
    const score = likeness(model, text.slice(at, at + WINDOW));
    if (score !== null) best = Math.max(best ?? 0, score);
    // One passage of any language is enough: nobody sets half a page in a broken font.
    if (best !== null && best >= LANGUAGE) return 'text';
  }
  if (best === null) return stray > 0.1 ? 'noise' : 'unclear';
  if (best < NO_LANGUAGE / 2) return 'noise';
  return best < NO_LANGUAGE && oddVowels(text) ? 'noise' : 'unclear';
}

/**
 * Whether Latin letters hold far fewer or more vowels than any language writes (0.35 to 0.55). Lists of names from many languages
 * are like none of them, but can be spoken.
 */
function oddVowels(text: string): boolean {
  const letters = text.normalize('NFD').replace(/[^a-zA-Z]+/g, '');
  const vowels = letters.replace(/[^aeiouyAEIOUY]+/g, '').length;
  return letters.length > 0 && (vowels < letters.length * 0.29 || vowels > letters.length * 0.62);
}

/** How much a passage is like the language it is most like, 0 to about 1; null where it has too few letters to tell. */
function likeness(model: Detector, passage: string): number | null {
  const letters = passage.replace(/[^\p{L}]+/gu, '').length;
  if (letters < 60 || letters < passage.length * 0.4) return null;
  const scores = Object.values(model.detect(passage).getScores());
  return Math.max(0, ...scores);
}

/** Share of characters that no text should hold: controls, private use, replacement marks, halves of pairs. */
function strayShare(text: string): number {
  let stray = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (
      (code < 32 && code !== 9 && code !== 10 && code !== 13) ||
      (code >= 0x7f && code < 0xa0) ||
      code === 0xfffd ||
      (code >= 0xe000 && code <= 0xf8ff)
    )
      stray++;
  }
  return stray / Math.max(1, text.length);
}
