import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Language } from '@proviso/catalogue';
import { parse } from 'yaml';

export type Words = Readonly<Record<string, string>>;

const kept = new Map<string, Words>();

/** The words of one kind of output (`annex`, `sheet`, `form` …) in one language: `messages/KIND.LANGUAGE.yaml`. */
export function wordsOf(kind: string, language: Language): Words {
  const name = `${kind}.${language}.yaml`;
  let words = kept.get(name);
  if (!words) {
    words = parse(readFileSync(join(import.meta.dirname, '..', 'messages', name), 'utf8')) as Words;
    kept.set(name, words);
  }
  return words;
}

/**
 * One message with `{name}` filled from `values`.
 * @throws Error for an id the file lacks: a test holds every language to the same ids.
 */
export function say(words: Words, id: string, values: Readonly<Record<string, string | number>> = {}): string {
  const text = words[id];
  if (text === undefined) throw new Error(`there is no message "${id}"`);
  return text.replace(/\{(\w+)\}/g, (mark, name: string) => String(values[name] ?? mark));
}
