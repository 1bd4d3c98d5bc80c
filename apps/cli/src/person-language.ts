import type { MessageLanguage } from '@proviso/reading';
import { LANGUAGES } from './option-values.ts';

/** The person's language by LC_ALL, LC_MESSAGES and LANG, as POSIX orders them; English when it is none of ours. */
export function languageOf(env: NodeJS.ProcessEnv): MessageLanguage {
  const named = (env.LC_ALL ?? env.LC_MESSAGES ?? env.LANG ?? '').slice(0, 2).toLowerCase();
  return LANGUAGES.find((language) => language === named) ?? 'en';
}
