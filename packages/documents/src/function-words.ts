/**
 * Little words that no other language of the Union writes so, of the languages that tenders here are mostly in. A passage full of them
 * needs no model to tell it.
 */
const WORDS: Readonly<Record<string, string>> = {
  en: 'the and to shall with for by be which this that are must will from at not been has have it as an was any all such their',
  fr: 'les des une est dans pour par sur qui aux du au cette sont être doit avec ou leur ces ses ainsi elle il dont cet',
  nl: 'het een van voor worden niet zijn deze door aan naar ook wordt bij uit moet dient kan heeft hebben indien zoals',
  de: 'der das und nicht mit werden ist eine einer zu auf für von sind oder wird durch nach sich dem im zur zum bei sowie auch',
};

const LANGUAGE_OF = new Map(
  Object.entries(WORDS).flatMap(([language, words]) => words.split(' ').map((word) => [word, language] as const)),
);

/** Words from which a passage is long enough to be told by its little ones. */
const LEAST_WORDS = 30;
/** Share of a language's little words in prose of it; a list of names or a table has fewer. */
const SHARE = 0.2;
/** How much rarer the little words of another language must be. */
const AHEAD = 8;

/** The language of a passage of plain prose in English, French, Dutch or German; null where its little words do not tell beyond doubt. */
export function languageOfWords(passage: string): string | null {
  const words = passage.toLowerCase().match(/\p{L}+/gu) ?? [];
  if (words.length < LEAST_WORDS) return null;
  const counts = new Map<string, number>();
  for (const word of words) {
    const language = LANGUAGE_OF.get(word);
    if (language !== undefined) counts.set(language, (counts.get(language) ?? 0) + 1);
  }
  const [best, second] = [...counts].sort((a, b) => b[1] - a[1]);
  if (!best || best[1] < words.length * SHARE) return null;
  return (second?.[1] ?? 0) * AHEAD <= best[1] ? best[0] : null;
}
