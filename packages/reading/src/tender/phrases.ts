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

const NONE: PhraseHit[] = [];
/** Bits of a number that `<<` leaves positive. */
const MOST_PARTS = 31;

/** Finds the phrases of all requirements in a clause, in one pass over its letters. */
export class PhraseMatcher {
  private readonly phrases: Phrase[] = [];
  private readonly matcher: TermMatcher<Label>;
  /** Of the clause at hand, by phrase: its parts seen, as bits, and from where to where they stand. */
  private readonly seen: Uint32Array;
  private readonly starts: Uint32Array;
  private readonly ends: Uint32Array;
  /** Phrases of which a part was seen. */
  private readonly touched: number[] = [];

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
        if (parts.length > MOST_PARTS)
          throw new Error(`${requirement}: a phrase has at most ${MOST_PARTS} parts: ${phrase}`);
        const index = this.phrases.push({ requirement, parts: parts.length }) - 1;
        parts.forEach((alternatives, part) => {
          for (const text of alternatives) terms.push({ text, label: { phrase: index, part } });
        });
      }
    }
    this.matcher = new TermMatcher(terms);
    this.seen = new Uint32Array(this.phrases.length);
    this.starts = new Uint32Array(this.phrases.length);
    this.ends = new Uint32Array(this.phrases.length);
  }

  /** The best hit of each requirement in a stretch of text: the most parts, then the shortest. */
  find(text: string, from: number, to: number): PhraseHit[] {
    const { seen, starts, ends, touched } = this;
    this.matcher.scan(text, from, to, this.note);
    if (touched.length === 0) return NONE;
    const best = new Map<string, PhraseHit>();
    for (const phrase of touched) {
      const { requirement, parts } = this.phrases[phrase] as Phrase;
      const start = starts[phrase] as number;
      const end = ends[phrase] as number;
      const complete = seen[phrase] === 2 ** parts - 1;
      seen[phrase] = 0;
      if (!complete) continue;
      const rival = best.get(requirement);
      if (!rival || rival.parts < parts || (rival.parts === parts && rival.end - rival.start > end - start))
        best.set(requirement, { requirement, start, end, parts, phrase });
    }
    touched.length = 0;
    return [...best.values()];
  }

  /** Takes a term that was found into what is known of its phrase in the present clause. */
  private readonly note = ({ phrase, part }: Label, start: number, end: number): void => {
    const before = this.seen[phrase] as number;
    if (before === 0) {
      this.touched.push(phrase);
      this.starts[phrase] = start;
      this.ends[phrase] = end;
    } else {
      if (start < (this.starts[phrase] as number)) this.starts[phrase] = start;
      if (end > (this.ends[phrase] as number)) this.ends[phrase] = end;
    }
    this.seen[phrase] = before | (1 << part);
  };
}
