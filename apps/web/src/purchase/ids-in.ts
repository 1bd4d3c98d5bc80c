/** Ids of requirements in what was typed; null, the whole demand, where nothing was. */
export function idsIn(text: string): string[] | null {
  if (text.trim() === '') return null;
  return text
    .toUpperCase()
    .split(/[\s,;]+/)
    .filter((one) => one !== '');
}
