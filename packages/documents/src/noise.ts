import { detector, identify } from './language.ts';
import { languageOfScript } from './script.ts';

export type Verdict = 'text' | 'noise' | 'unclear';

/** Model score under which nothing anyone writes in any language falls; shifted font maps score 0.1 to 0.45, prose 0.7 to 0.9. */
const NO_LANGUAGE = 0.5;
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
  const scores: number[] = [];
  const windows = Math.max(1, Math.min(5, Math.floor(length / WINDOW)));
  for (let i = 0; i < windows; i++) {
    const at = Math.floor(((i + 0.5) * length) / windows - WINDOW / 2);
    const found = identify(model, text.slice(Math.max(0, at), Math.max(0, at) + WINDOW * 2));
    // One passage of any language is enough: nobody sets half a page in a broken font.
    if (found !== null && found.score >= 0.66) return 'text';
    if (found !== null) scores.push(found.score);
  }
  if (scores.length === 0) return stray > 0.1 ? 'noise' : 'unclear';
  return Math.max(...scores) < NO_LANGUAGE ? 'noise' : 'unclear';
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
