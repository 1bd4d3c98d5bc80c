/** The word lists of `words/phrases.yaml` as sources of regular expressions, made once at compile time. */

type ByLanguage = Record<string, string>;

/** The file as it is written. */
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

/** Sources of regular expressions, for the flags `iu`. */
export interface WordSources {
  conjunction: string;
  /** Of scripts without blanks. */
  conjunctionCjk: string;
  edition: string;
  minimumAfter: string;
  minimumBefore: string;
  equivalent: string;
  certification: string;
  field: string;
  digital: string;
  boilerplate: string;
}

const CJK = /^[\u3000-\u9fff]/;

function escaped(phrase: string): string {
  return phrase.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/\s+/g, '\\s+');
}

/** The phrases of one entry. */
export function parted(phrases: string): string[] {
  return phrases.split(/\s*,\s*/).filter((phrase) => phrase !== '');
}

function all(lists: ByLanguage): string[] {
  return [...new Set(Object.values(lists).flatMap(parted))].sort((a, b) => b.length - a.length);
}

/** Whole phrases, those that begin with the same word put together: a text is asked for forty words, not for four hundred phrases. */
function whole(phrases: string[]): string {
  const byFirst = new Map<string, string[]>();
  for (const phrase of phrases) {
    const first = /^\S+/.exec(phrase)?.[0] ?? '';
    byFirst.set(first, [...(byFirst.get(first) ?? []), phrase.slice(first.length)]);
  }
  const end = (p: string) => (CJK.test(p) || !/[\p{L}\p{N}]$/u.test(p) ? '' : '(?![\\p{L}\\p{N}])');
  return [...byFirst]
    .map(([first, rests]) => {
      const begin = /^[\p{L}]/u.test(first) && !CJK.test(first) ? '(?<![\\p{L}])' : '';
      return `${begin}${escaped(first)}(?:${rests.map((rest) => `${escaped(rest)}${end(first + rest)}`).join('|')})`;
    })
    .join('|');
}

/** Beginnings of words, or whole words in capitals. A stem of five letters or more may stand inside a compound. */
function stems(phrases: string[]): string {
  return phrases.map((p) => (CJK.test(p) || p.length > 4 ? escaped(p) : `(?<![\\p{L}\\p{N}])${escaped(p)}`)).join('|');
}

export function loadWords(phrases: Phrases): WordSources {
  return {
    conjunction: all(phrases.conjunctions)
      .filter((w) => !CJK.test(w))
      .map(escaped)
      .join('|'),
    conjunctionCjk: all(phrases.conjunctions)
      .filter((w) => CJK.test(w))
      .map(escaped)
      .join('|'),
    edition: all(phrases.edition).map(escaped).join('|'),
    minimumAfter: whole(all(phrases.minimum.after)),
    minimumBefore: all(phrases.minimum.before).map(escaped).join('|'),
    equivalent: whole(all(phrases.equivalent)),
    certification: stems(all(phrases.certification)),
    field: stems(all(phrases.field)),
    digital: stems(all(phrases.digital)),
    boilerplate: stems(all(phrases.boilerplate)),
  };
}

/** The first words of the prefixes of bodies. */
export function bodyPrefixes(bodies: { national: { prefix: string }[]; other: { prefix: string }[] }): string[] {
  return [...new Set([...bodies.national, ...bodies.other].map((b) => b.prefix.split(/[ /-]/)[0] as string))];
}
