/** Finds one of many phrases in a short piece of text, by its words, with case, accents and punctuation folded away. */
import { folded } from './tokens.ts';

/** A phrase found: its words as folded, and which of the piece's words it covers. */
export interface Found {
  phrase: string;
  first: number;
  /** Words of the piece after it. */
  after: number;
}

/** Whole phrases, looked up by their first word. */
export class PhraseBook {
  private readonly byFirst = new Map<string, string[][]>();

  constructor(phrases: readonly string[]) {
    for (const phrase of phrases) {
      const words = folded(phrase).split(' ');
      const first = words[0] ?? '';
      if (first === '') continue;
      const known = this.byFirst.get(first);
      if (known) known.push(words);
      else this.byFirst.set(first, [words]);
    }
  }

  /** The first phrase in `text` that `fits`; null where none does. */
  find(text: string, fits: (found: Found) => boolean = () => true): Found | null {
    const words = folded(text).split(' ');
    for (let i = 0; i < words.length; i++)
      for (const phrase of this.byFirst.get(words[i] ?? '') ?? []) {
        if (!phrase.every((word, k) => words[i + k] === word)) continue;
        const found = { phrase: phrase.join(' '), first: i, after: words.length - i - phrase.length };
        if (fits(found)) return found;
      }
    return null;
  }
}

/** A stem this long may stand inside a compound; a shorter one begins its word. */
const INSIDE_FROM = 5;

/** Stems of words (`certif`), anywhere in a text. */
export class StemBook {
  private readonly stems: string[];

  constructor(stems: readonly string[]) {
    this.stems = stems.map((stem) => {
      const plain = folded(stem);
      return plain.length < INSIDE_FROM ? ` ${plain}` : plain;
    });
  }

  /** The first stem of the list that stands in `text`; null where none does. */
  find(text: string): string | null {
    const around = ` ${folded(text)} `;
    return this.stems.find((stem) => around.includes(stem))?.trim() ?? null;
  }
}
