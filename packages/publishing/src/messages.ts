import { join } from 'node:path';
import type { Language } from '@proviso/catalogue';
import { readContent } from '@proviso/content';
import type { Words } from './say.ts';

export { say, type Words } from './say.ts';

const kept = new Map<string, Words>();

/** The words of one kind of output (`annex`, `sheet`, `form` …) in one language: `messages/KIND.LANGUAGE.yaml`. */
export function wordsOf(kind: string, language: Language): Words {
  const name = `${kind}.${language}.yaml`;
  let words = kept.get(name);
  if (!words) {
    words = readContent(join(import.meta.dirname, '..', 'messages', name)) as Words;
    kept.set(name, words);
  }
  return words;
}
