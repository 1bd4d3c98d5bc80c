/** The word lists of `words/phrases.yaml`, made once at compile time, and opened at run time. */
import { PhraseBook, StemBook } from './phrases.ts';

type ByLanguage = Record<string, string>;

/** The file as it is written: phrases parted by commas, by language. */
export interface Phrases {
  conjunctions: ByLanguage;
  minimum: { after: ByLanguage; before: ByLanguage };
  equivalent: ByLanguage;
  edition: ByLanguage;
  certification: ByLanguage;
  field: ByLanguage;
  digital: ByLanguage;
  boilerplate: ByLanguage;
}

/** What is kept of it in the compiled file. */
export interface WordLists {
  /** Sources of regular expressions, to be put into others. */
  conjunction: string;
  /** Of scripts without blanks. */
  conjunctionCjk: string;
  edition: string;
  minimumAfter: string[];
  minimumBefore: string[];
  equivalent: string[];
  certification: string[];
  field: string[];
  digital: string[];
  boilerplate: string[];
}

/** The lists, ready to be asked. */
export interface Words {
  conjunction: string;
  conjunctionCjk: string;
  edition: string;
  minimumAfter: PhraseBook;
  minimumBefore: PhraseBook;
  equivalent: PhraseBook;
  certification: StemBook;
  field: StemBook;
  digital: StemBook;
  boilerplate: StemBook;
  national: { prefix: string; country: string; own: string[] }[];
  other: { prefix: string; own: string[] }[];
}

const CJK = /^[\u3000-\u9fff]/;

function escaped(phrase: string): string {
  return phrase.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/\s+/g, '\\s+');
}

/** The phrases of one entry. */
export function parted(phrases: string): string[] {
  return phrases.split(/\s*,\s*/).filter((phrase) => phrase !== '');
}

/** Longest first, so that an alternation of them takes the longest. */
function all(lists: ByLanguage): string[] {
  return [...new Set(Object.values(lists).flatMap(parted))].sort((a, b) => b.length - a.length);
}

/** The phrases of all languages as the matcher keeps them in the compiled file. */
export function listWords(phrases: Phrases): WordLists {
  const conjunctions = all(phrases.conjunctions);
  const source = (words: string[]) => words.map(escaped).join('|');
  return {
    conjunction: source(conjunctions.filter((w) => !CJK.test(w))),
    conjunctionCjk: source(conjunctions.filter((w) => CJK.test(w))),
    edition: source(all(phrases.edition)),
    minimumAfter: all(phrases.minimum.after),
    minimumBefore: all(phrases.minimum.before),
    equivalent: all(phrases.equivalent),
    certification: all(phrases.certification),
    field: all(phrases.field),
    digital: all(phrases.digital),
    boilerplate: all(phrases.boilerplate),
  };
}

/** Lists from the compiled file made ready for matching. */
export function openWords(lists: WordLists, bodies: Pick<Words, 'national' | 'other'>): Words {
  return {
    conjunction: lists.conjunction,
    conjunctionCjk: lists.conjunctionCjk,
    edition: lists.edition,
    minimumAfter: new PhraseBook(lists.minimumAfter),
    minimumBefore: new PhraseBook(lists.minimumBefore),
    equivalent: new PhraseBook(lists.equivalent),
    certification: new StemBook(lists.certification),
    field: new StemBook(lists.field),
    digital: new StemBook(lists.digital),
    boilerplate: new StemBook(lists.boilerplate),
    ...bodies,
  };
}

/** The first words of the prefixes of bodies. */
export function bodyPrefixes(bodies: { national: { prefix: string }[]; other: { prefix: string }[] }): string[] {
  return [...new Set([...bodies.national, ...bodies.other].map((b) => b.prefix.split(/[ /-]/)[0] as string))];
}
