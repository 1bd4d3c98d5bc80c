import { join } from 'node:path';
import { readContent } from '@proviso/content';
import { inputProblemText, isCode, type Refusal, refusalText } from '@proviso/procurement';
import type { Actor } from './route.ts';

type Values = Readonly<Record<string, string | number>>;
const kept = new Map<string, Readonly<Record<string, string>>>();

/** The server's own words in one language, by id: `messages/LANGUAGE.yaml`. */
export function wordsOf(language: Actor['language']): Readonly<Record<string, string>> {
  let words = kept.get(language);
  if (!words) {
    const file = join(import.meta.dirname, '..', '..', 'messages', `${language}.yaml`);
    words = readContent(file) as Record<string, string>;
    kept.set(language, words);
  }
  return words;
}

/** One message with its marks filled; undefined where there is none of that id. */
export function sayOwn(id: string, language: Actor['language'], values: Values = {}): string | undefined {
  const words = wordsOf(language);
  if (!Object.hasOwn(words, id)) return undefined;
  return words[id]?.replace(/\{(\w+)\}/g, (mark, name: string) =>
    Object.hasOwn(values, name) ? String(values[name]) : mark,
  );
}

/** What a problem says to a person: our words, or those of procurement for its refusals. */
export function problemText(code: string, language: Actor['language'], values: Values = {}): string {
  const { problem } = values;
  const own =
    typeof problem === 'string' && isCode(problem)
      ? { ...values, problem: inputProblemText(values, language) }
      : values;
  return sayOwn(code, language, own) ?? refusalWords(code, language, values) ?? sayOwn('other', language) ?? code;
}

function refusalWords(code: string, language: Actor['language'], values: Values): string | undefined {
  try {
    return refusalText({ refused: true, code: code as Refusal['code'], values: { ...values } }, language);
  } catch {
    // Not one of its codes.
    return undefined;
  }
}
