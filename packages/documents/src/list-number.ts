const CIRCLED = '①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳';
const AIUEO = 'アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン';
const IROHA = 'イロハニホヘトチリヌルヲワカヨタレソツネナラムウヰノオクヤマケフコエテアサキユメミシヱヒモセス';
const KANJI = '〇一二三四五六七八九';
const CYRILLIC = 'абвгдежзиклмнопрстуфхцчшщыэюя';
const ROMAN: readonly [number, string][] = [
  [1000, 'm'],
  [900, 'cm'],
  [500, 'd'],
  [400, 'cd'],
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

/** What HTML's `type` of an ordered list means (`a`, `A`, `i`, `I`); anything else counts in digits. */
const OF_HTML: ReadonlyMap<string, string> = new Map([
  ['a', 'lowerAlpha'],
  ['A', 'upperAlpha'],
  ['i', 'lowerRoman'],
  ['I', 'upperRoman'],
]);

/** The number of the `value`th item of an HTML list whose `type` is `style`. */
export function htmlListNumber(value: number, style: string): string {
  return listNumber(value, OF_HTML.get(style) ?? 'decimal');
}

/**
 * One number of a list, written as `format` says: ST_NumberFormat (ECMA-376 17.18.59), and `lowerAlpha` and `upperAlpha` of CSS.
 * Unknown formats are written in digits.
 */
export function listNumber(value: number, format: string): string {
  switch (format) {
    case 'none':
    case 'bullet':
      return '';
    case 'decimalZero':
      return value < 10 ? `0${value}` : String(value);
    case 'lowerLetter':
      return letters(value);
    case 'upperLetter':
      return letters(value).toUpperCase();
    case 'lowerAlpha':
      return alphabetic(value);
    case 'upperAlpha':
      return alphabetic(value).toUpperCase();
    case 'lowerRoman':
      return roman(value);
    case 'upperRoman':
      return roman(value).toUpperCase();
    case 'ordinal':
      return `${value}${ordinalEnding(value)}`;
    case 'decimalFullWidth':
    case 'decimalFullWidth2':
      return String(value).replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0));
    case 'decimalEnclosedCircle':
    case 'decimalEnclosedCircleChinese':
      return CIRCLED[value - 1] ?? String(value);
    case 'aiueo':
    case 'aiueoFullWidth':
      return AIUEO[value - 1] ?? String(value);
    case 'iroha':
    case 'irohaFullWidth':
      return IROHA[value - 1] ?? String(value);
    case 'japaneseCounting':
    case 'chineseCounting':
    case 'chineseCountingThousand':
    case 'ideographDigital':
    case 'taiwaneseCountingThousand':
      return kanji(value);
    case 'russianLower':
      return CYRILLIC[value - 1] ?? String(value);
    case 'russianUpper':
      return CYRILLIC[value - 1]?.toUpperCase() ?? String(value);
    default:
      return String(value);
  }
}

/** a…z, then aa, bb, …: Word repeats the letter. */
function letters(value: number): string {
  if (value < 1) return String(value);
  return String.fromCharCode(97 + ((value - 1) % 26)).repeat(Math.min(20, Math.ceil(value / 26)));
}

/** a…z, then aa, ab, …: as browsers count (CSS Counter Styles, `alphabetic`). */
function alphabetic(value: number): string {
  if (value < 1) return String(value);
  let rest = value;
  let out = '';
  while (rest > 0) {
    rest -= 1;
    out = String.fromCharCode(97 + (rest % 26)) + out;
    rest = Math.floor(rest / 26);
  }
  return out;
}

function roman(value: number): string {
  if (value < 1 || value > 4999) return String(value);
  let rest = value;
  let out = '';
  for (const [worth, sign] of ROMAN) {
    while (rest >= worth) {
      out += sign;
      rest -= worth;
    }
  }
  return out;
}

function ordinalEnding(value: number): string {
  const tens = value % 100;
  if (tens > 10 && tens < 14) return 'th';
  return ['th', 'st', 'nd', 'rd'][value % 10] ?? 'th';
}

function kanji(value: number): string {
  if (value < 1 || value > 99) return String(value);
  const tens = Math.floor(value / 10);
  const ones = value % 10;
  const head = tens === 0 ? '' : `${tens === 1 ? '' : KANJI[tens]}十`;
  return head + (ones === 0 ? '' : KANJI[ones]);
}
