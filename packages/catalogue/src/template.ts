/** Marks in catalogue texts: `{std:RFC 9325}` names a standard, `{level}` the measure of the chosen level, `{days-to-fix}` a parameter. */
export const MARK = /\{(std:)?([^{}]+)\}/g;

export interface Mark {
  kind: 'standard' | 'value';
  name: string;
}

export function marksOf(text: string): Mark[] {
  return [...text.matchAll(MARK)].map(([, std, name = '']) => ({ kind: std ? 'standard' : 'value', name }));
}
