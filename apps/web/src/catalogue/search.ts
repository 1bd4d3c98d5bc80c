/** Does every word of what was typed stand somewhere in an entry? Case and accents do not count. */
export function matches(entry: object, typed: string): boolean {
  const words = plain(typed).split(/\s+/).filter(Boolean);
  if (words.length === 0) return true;
  let text = texts.get(entry);
  if (text === undefined) {
    text = plain(JSON.stringify(Object.values(entry)));
    texts.set(entry, text);
  }
  return words.every((word) => text.includes(word));
}

const texts = new WeakMap<object, string>();

const plain = (text: string): string => text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();
