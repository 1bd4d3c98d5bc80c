export type Words = Readonly<Record<string, string>>;

/**
 * One message with `{name}` filled from `values`.
 * @throws Error for an id the file lacks: a test holds every language to the same ids.
 */
export function say(words: Words, id: string, values: Readonly<Record<string, string | number>> = {}): string {
  const text = words[id];
  if (text === undefined) throw new Error(`there is no message "${id}"`);
  return text.replace(/\{(\w+)\}/g, (mark, name: string) => String(values[name] ?? mark));
}
