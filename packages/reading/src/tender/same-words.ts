/** Whether two clauses share so many of their longer words (of the shorter clause), and at least three, that they speak of the same thing. */
export function sameWords(a: string, b: string, share: number): boolean {
  const words = (text: string): Set<string> => new Set(text.toLowerCase().match(/[\p{L}\p{N}]{5,}/gu) ?? []);
  const [one, other] = [words(a), words(b)];
  const shared = [...one].filter((word) => other.has(word)).length;
  return shared >= 3 && shared / Math.min(one.size, other.size) >= share;
}
