export type { Formats } from './format.ts';
export { isLanguage, LANGUAGE_NAMES, LANGUAGES, type Language } from './language.ts';
export type { Values } from './message.ts';
export { loadWords, type Words } from './messages.ts';
export { LanguageProvider, useFormats, useLanguage, useWords } from './provider.tsx';
