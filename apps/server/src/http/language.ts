import type { Actor } from './route.ts';

type Language = Actor['language'];
const LANGUAGES: readonly string[] = ['en', 'fr', 'nl', 'de'];

/** The first language of an `accept-language` header that we speak, by its weights; English where there is none. RFC 9110, 12.5.4. */
export function languageOf(header: string | undefined): Language {
  const wanted = (header ?? '')
    .slice(0, 500)
    .split(',')
    .map((part) => {
      const [tag = '', ...rest] = part.trim().toLowerCase().split(';');
      const weight = /q=([\d.]+)/.exec(rest.join(';'))?.[1];
      return { language: tag.split('-')[0] ?? '', weight: weight === undefined ? 1 : Number(weight) };
    })
    .filter(({ language, weight }) => LANGUAGES.includes(language) && weight > 0)
    .sort((a, b) => b.weight - a.weight);
  return (wanted[0]?.language as Language | undefined) ?? 'en';
}
