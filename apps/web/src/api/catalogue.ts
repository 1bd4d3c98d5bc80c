import { use } from 'react';
import { type Language, useLanguage } from '../i18n/index.ts';
import type { CatalogueContent, Vocabulary } from './build/content.ts';

export type { CatalogueContent, RequirementEntry, RiskEntry, Term, Vocabulary } from './build/content.ts';

const VOCABULARIES: Record<Language, () => Promise<{ default: Vocabulary }>> = {
  en: () => import('virtual:vocabulary/en'),
  fr: () => import('virtual:vocabulary/fr'),
  nl: () => import('virtual:vocabulary/nl'),
  de: () => import('virtual:vocabulary/de'),
};
const CATALOGUES: Record<Language, () => Promise<{ default: CatalogueContent }>> = {
  en: () => import('virtual:catalogue/en'),
  fr: () => import('virtual:catalogue/fr'),
  nl: () => import('virtual:catalogue/nl'),
  de: () => import('virtual:catalogue/de'),
};

/** One promise a language, as React's `use` wants it; one that failed is asked for again. */
function once<T>(loaders: Record<Language, () => Promise<{ default: T }>>): (language: Language) => Promise<T> {
  const loading = new Map<Language, Promise<T>>();
  return (language) => {
    let found = loading.get(language);
    if (!found) {
      found = loaders[language]().then((module) => module.default);
      found.catch(() => loading.delete(language));
      loading.set(language, found);
    }
    return found;
  };
}

export const loadVocabulary = once(VOCABULARIES);
export const loadCatalogueContent = once(CATALOGUES);

/** The words a purchase is described in, in the reader's language; waits by Suspense. */
export function useVocabulary(): Vocabulary {
  return use(loadVocabulary(useLanguage().language));
}

/** The whole catalogue in the reader's language; waits by Suspense. */
export function useCatalogue(): CatalogueContent {
  return use(loadCatalogueContent(useLanguage().language));
}
