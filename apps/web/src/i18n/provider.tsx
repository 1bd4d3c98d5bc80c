import { createContext, type ReactNode, startTransition, use, useContext, useEffect, useMemo, useState } from 'react';
import { I18nProvider } from 'react-aria-components/I18nProvider';
import { type Formats, formatsFor } from './format.ts';
import { keepLanguage, keptLanguage, type Language } from './language.ts';
import { loadWords, type Words } from './messages.ts';

interface Chosen {
  language: Language;
  choose(language: Language): void;
}

const LanguageContext = createContext<Chosen>({ language: 'en', choose: () => undefined });

/** Holds the reader's language; a change loads the new words first and then shows all of them together. */
export function LanguageProvider({ children }: { children: ReactNode }): ReactNode {
  const [language, setLanguage] = useState<Language>(keptLanguage);
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  const chosen = useMemo(
    () => ({
      language,
      choose(next: Language): void {
        keepLanguage(next);
        startTransition(() => setLanguage(next));
      },
    }),
    [language],
  );
  return (
    <LanguageContext value={chosen}>
      <I18nProvider locale={language}>{children}</I18nProvider>
    </LanguageContext>
  );
}

export function useLanguage(): Chosen {
  return useContext(LanguageContext);
}

/** The words of an area; waits (by Suspense) until they are there. `t('id', { n: 3 })`. */
export function useWords(area: string): Words {
  return use(loadWords(area, useLanguage().language));
}

export function useFormats(): Formats {
  return formatsFor(useLanguage().language);
}
