import type { Language } from './language.ts';
import { fill, type Values } from './message.ts';

type Messages = Readonly<Record<string, string>>;

/** Says a message of one area; an id that does not exist is shown as it is, which a test keeps from happening. */
export type Words = (id: string, values?: Values) => string;

const FILES = import.meta.glob<Messages>('../../messages/*.json', { import: 'default' });
const loading = new Map<string, Promise<Words>>();

/**
 * The words of an area in a language: `messages/{area}.{language}.json`, fetched once and only when a page asks for it. The same promise
 * comes back each time, so that it may be handed to React's `use`.
 */
export function loadWords(area: string, language: Language): Promise<Words> {
  const name = `${area}.${language}`;
  let words = loading.get(name);
  if (!words) {
    words = fetchWords(name, language);
    loading.set(name, words);
    // A fetch that failed may be tried again.
    words.catch(() => loading.delete(name));
  }
  return words;
}

async function fetchWords(name: string, language: Language): Promise<Words> {
  const load = FILES[`../../messages/${name}.json`];
  if (!load) throw new Error(`There is no messages/${name}.json.`);
  return wordsOf(await load(), language);
}

export function wordsOf(messages: Messages, language: Language): Words {
  return (id, values = {}) => {
    const message = Object.hasOwn(messages, id) ? messages[id] : undefined;
    return message === undefined ? id : fill(message, values, language);
  };
}
