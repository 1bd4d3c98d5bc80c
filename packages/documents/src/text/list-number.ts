/** The mark of the `number`th item of a list as HTML's `type` names it: `1`, `a`, `A`, `i`, `I`. */
export function inStyle(number: number, style: string): string {
  if (style === 'a' || style === 'A') {
    const letter = number <= 26 ? String.fromCharCode(96 + number) : String(number);
    return style === 'A' ? letter.toUpperCase() : letter;
  }
  if (style !== 'i' && style !== 'I') return String(number);
  const roman = toRoman(number);
  return style === 'I' ? roman.toUpperCase() : roman;
}

const ROMAN: readonly [number, string][] = [
  [100, 'c'],
  [90, 'xc'],
  [50, 'l'],
  [40, 'xl'],
  [10, 'x'],
  [9, 'ix'],
  [5, 'v'],
  [4, 'iv'],
  [1, 'i'],
];

function toRoman(number: number): string {
  if (number < 1 || number > 399) return String(number);
  let left = number;
  let out = '';
  for (const [value, letters] of ROMAN) {
    while (left >= value) {
      out += letters;
      left -= value;
    }
  }
  return out;
}
