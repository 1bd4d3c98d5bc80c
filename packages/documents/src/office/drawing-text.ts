import type { OoxmlPackage } from './ooxml-package.ts';
import { Enough } from './xml.ts';

/** More than any drawing shows. */
const MAX_TEXTS = 20_000;

/** Paragraphs of the text boxes and shapes of a drawing part, in the order of the file. */
export async function drawingTexts(pack: OoxmlPackage, part: string): Promise<string[]> {
  const texts: string[] = [];
  let current = '';
  let inText = false;
  const choices: boolean[] = [];
  await pack.parse(part, {
    open: (name) => {
      if (name === 'a:t') inText = true;
      else if (name === 'a:br') current += '\n';
      else if (name === 'mc:AlternateContent') choices.push(false);
      else if (name === 'mc:Choice') {
        if (choices.at(-1)) return false;
        choices[choices.length - 1] = true;
      } else if (name === 'mc:Fallback') return !choices.at(-1);
      return true;
    },
    close: (name) => {
      if (name === 'a:t') inText = false;
      else if (name === 'mc:AlternateContent') choices.pop();
      else if (name === 'a:p') {
        if (current.trim() !== '') texts.push(current.trim());
        if (texts.length > MAX_TEXTS) throw new Enough();
        current = '';
      }
    },
    text: (text) => {
      if (inText) current += text;
    },
  });
  return texts;
}
