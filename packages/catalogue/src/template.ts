/** Marks in catalogue texts: `{std:RFC 9325}` names a standard, `{level}` the measure of the chosen level, `{days-to-fix}` a parameter. */
export const MARK = /\{(std:)?([^{}]+)\}/g;

export interface Mark {
  kind: 'standard' | 'value';
  name: string;
}

export function marksOf(text: string): Mark[] {
  return [...text.matchAll(MARK)].map(([, std, name = '']) => ({ kind: std ? 'standard' : 'value', name }));
}

/** What fills the marks of a text. */
export interface Filling {
  /** Measure of the chosen level, for `{level}`. */
  level?: string;
  /** Parameter id → value as it is printed, with its unit where the text does not give it. */
  values: Readonly<Record<string, string | number>>;
  /** Printed after the first mention of each standard, as " (or equivalent)"; empty where the law does not ask it. */
  equivalent: string;
}

/**
 * A catalogue text with its marks filled. `{level}` may hold marks itself.
 * @throws Error for a mark that nothing fills: a compiled catalogue has none.
 */
export function fill(text: string, filling: Filling): string {
  const named = new Set<string>();
  const replace = (source: string): string =>
    source.replace(MARK, (mark: string, std: string | undefined, name: string) => {
      if (std) {
        if (named.has(name)) return name;
        named.add(name);
        return `${name}${filling.equivalent}`;
      }
      if (name === 'level' && filling.level !== undefined) return replace(filling.level);
      const value = filling.values[name];
      if (value === undefined) throw new Error(`nothing fills ${mark}`);
      return String(value);
    });
  return replace(text);
}
