/** Letters after which endings begin: "provides" and "provided", "einspielen" and "eingespielt" only in part. */
const STEM = 5;
/** Letters from which a word may say what a clause is about. */
const SHORTEST = 4;

/** What a word is known by in all its forms: folded, and cut where endings begin. */
export function stemOf(word: string): string {
  return word.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().slice(0, STEM);
}

/**
 * Whether two clauses speak of the same thing: they have so many words in common, at `least`, and as a share of those of the shorter one.
 * `common`: stems of words that say nothing of it ("within", "supplier", "days").
 */
export function sameWords(
  a: string,
  b: string,
  { least, share }: { least: number; share: number },
  common: ReadonlySet<string>,
): boolean {
  const [one, other] = [stemsOf(a, common), stemsOf(b, common)];
  const shared = [...one].filter((stem) => other.has(stem)).length;
  return shared >= least && shared / Math.min(one.size, other.size) >= share;
}

function stemsOf(text: string, common: ReadonlySet<string>): Set<string> {
  const words = text.match(/[\p{L}\p{N}]+/gu) ?? [];
  return new Set(
    words
      .filter((word) => word.length >= SHORTEST)
      .map(stemOf)
      .filter((stem) => !common.has(stem)),
  );
}
