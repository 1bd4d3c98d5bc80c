/** A word or turn of the tender words as part of a pattern; a blank stands for any number of them. */
export function literal(word: string): string {
  return word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/ /g, '\\s+');
}

/** The same, where a final `*` takes any ending of up to twelve letters. */
export function stem(word: string): string {
  return word.endsWith('*') ? `${literal(word.slice(0, -1))}\\p{L}{0,12}` : literal(word);
}
