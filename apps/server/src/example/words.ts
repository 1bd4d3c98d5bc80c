import en from './texts/en.json' with { type: 'json' };
import fr from './texts/fr.json' with { type: 'json' };

export type ExampleWord = keyof typeof en;
export type ExampleLanguage = 'en' | 'fr';
export const EXAMPLE_WORDS: Readonly<Record<ExampleLanguage, Readonly<Record<ExampleWord, string>>>> = { en, fr };

/** A text of the worked example with its marks filled. */
export function tell(
  id: ExampleWord,
  language: ExampleLanguage,
  values: Readonly<Record<string, string>> = {},
): string {
  return EXAMPLE_WORDS[language][id].replace(/\{(\w+)\}/g, (mark, name: string) => values[name] ?? mark);
}
