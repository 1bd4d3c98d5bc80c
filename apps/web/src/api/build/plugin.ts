import { LANGUAGES, type Language, loadCatalogue } from '@proviso/catalogue';
import type { Plugin } from 'vite';
import { catalogueIn, vocabularyIn } from './content.ts';

const MAKERS = { vocabulary: vocabularyIn, catalogue: catalogueIn };

/**
 * Gives the pages the catalogue that they are built with, one language at a time: `virtual:vocabulary/nl`, `virtual:catalogue/nl`. The
 * server is released together with them and derives from the same files, so the two never differ.
 */
export function catalogueModules(): Plugin {
  return {
    name: 'proviso-catalogue',
    resolveId: (id) => (read(id) ? `\0${id}` : null),
    load(id) {
      const asked = read(id.replace(/^\0/, ''));
      if (!asked) return null;
      const content = MAKERS[asked.what](loadCatalogue(), asked.language);
      // Parsed by the browser's JSON reader, which takes a fraction of the time of script.
      return `export default JSON.parse(${JSON.stringify(JSON.stringify(content))});`;
    },
  };
}

function read(id: string): { what: keyof typeof MAKERS; language: Language } | null {
  const [, what, language] = /^virtual:(vocabulary|catalogue)\/(\w\w)$/.exec(id) ?? [];
  const known = LANGUAGES.find((one) => one === language);
  return known ? { what: what as keyof typeof MAKERS, language: known } : null;
}
