/** The languages of the interface. The first is what is shown where nothing else fits. */
export const LANGUAGES = ['en', 'fr', 'nl', 'de'] as const;
export type Language = (typeof LANGUAGES)[number];

/** Each language in its own words: a reader who is lost in another one finds it. */
export const LANGUAGE_NAMES: Readonly<Record<Language, string>> = {
  en: 'English',
  fr: 'Français',
  nl: 'Nederlands',
  de: 'Deutsch',
};

const KEPT = 'proviso.language';

export function isLanguage(value: unknown): value is Language {
  return LANGUAGES.some((one) => one === value);
}

/** The reader's own choice, else the first of the browser's languages that we speak, else English. */
export function firstLanguage(kept: string | null, browser: readonly string[]): Language {
  if (isLanguage(kept)) return kept;
  return browser.map((one) => one.slice(0, 2).toLowerCase()).find(isLanguage) ?? 'en';
}

export function keptLanguage(): Language {
  return firstLanguage(read(KEPT), navigator.languages);
}

export function keepLanguage(language: Language): void {
  try {
    localStorage.setItem(KEPT, language);
  } catch {
    // A browser may refuse to keep anything; the choice then lasts as long as the page.
  }
}

function read(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}
