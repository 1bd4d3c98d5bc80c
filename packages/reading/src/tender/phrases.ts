import { TermMatcher } from '../term-matcher.ts';

/** A phrase of the catalogue: parts that must all stand in one clause, each with its alternatives. */
interface Phrase {
  requirement: string;
  parts: number;
}

interface Label {
  phrase: number;
  part: number;
}

export interface PhraseHit {
  requirement: string;
  start: number;
  end: number;
  /** How many different parts stood together; more say more. */
  parts: number;
  /** Which of all phrases it is: two hits of one say the same thing in the same words. */
  phrase: number;
}

/** Requirement id → its phrases in one language, as the catalogue writes them: `a & b* | c`. */
export type PhraseSource = Iterable<readonly [requirement: string, phrases: readonly string[]]>;

/** Finds the phrases of all requirements in a clause, in one pass over its letters. */
export class PhraseMatcher {
  private readonly phrases: Phrase[] = [];
  private readonly matcher: TermMatcher<Label>;

  constructor(source: PhraseSource) {
    const terms: { text: string; label: Label }[] = [];
    for (const [requirement, written] of source) {
      for (const phrase of written) {
        const parts = phrase.split('&').map((part) =>
          part
            .split('|')
            .map((one) => one.trim())
            .filter((one) => one !== ''),
        );
        const index = this.phrases.push({ requirement, parts: parts.length }) - 1;
        parts.forEach((alternatives, part) => {
          for (const text of alternatives) terms.push({ text, label: { phrase: index, part } });
        });
      }
    }
    this.matcher = new TermMatcher(terms);
  }

  /** The best hit of each requirement in a stretch of text: the most parts, then the shortest. */
  find(text: string, from: number, to: number): PhraseHit[] {
    const found = new Map<number, { seen: Set<number>; start: number; end: number }>();
    this.matcher.scan(text, from, to, ({ phrase, part }, start, end) => {
      const own = found.get(phrase) ?? { seen: new Set<number>(), start, end };
      own.seen.add(part);
      own.start = Math.min(own.start, start);
      own.end = Math.max(own.end, end);
      found.set(phrase, own);
    });
    const best = new Map<string, PhraseHit>();
    for (const [index, { seen, start, end }] of found) {
      const phrase = this.phrases[index] as Phrase;
      if (seen.size < phrase.parts) continue;
      const hit = { requirement: phrase.requirement, start, end, parts: phrase.parts, phrase: index };
      const rival = best.get(phrase.requirement);
      if (!rival || rival.parts < hit.parts || (rival.parts === hit.parts && rival.end - rival.start > end - start))
        best.set(phrase.requirement, hit);
    }
    return [...best.values()];
  }
}
