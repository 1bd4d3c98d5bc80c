/** A date as a document writes it, and where. `value` is ISO 8601, cut where the text is silent (`2019-03`). */
export interface WrittenDate {
  value: string;
  start: number;
  end: number;
}

const YEAR = '(19[89]\\d|20[0-4]\\d)';
const NUMERIC = new RegExp(
  `\\b${YEAR}[-/.](\\d{1,2})[-/.](\\d{1,2})\\b|\\b(\\d{1,2})[-/.](\\d{1,2})[-/.]${YEAR}\\b`,
  'gu',
);
const JAPANESE = new RegExp(`${YEAR}\\s?年\\s?(\\d{1,2})\\s?月(?:\\s?(\\d{1,2})\\s?日)?`, 'gu');

/** Countries that write the month first. */
const MONTH_FIRST = new Set(['US', 'PH']);

/**
 * Dates in a text, in order. `months` are the month names of a language, each with its number; `country` decides whether
 * `02/03/2019` is in February or March, and without one the day comes first.
 */
export function datesIn(text: string, months: ReadonlyMap<string, number>, country: string | null): WrittenDate[] {
  const found: WrittenDate[] = [];
  for (const match of text.matchAll(NUMERIC)) {
    const [whole, year, month, day, first, second, yearLast] = match;
    const value = year
      ? iso(year, month, day)
      : dayAndMonth(String(yearLast), Number(first), Number(second), country !== null && MONTH_FIRST.has(country));
    if (value) found.push({ value, start: match.index, end: match.index + whole.length });
  }
  for (const match of text.matchAll(JAPANESE)) {
    const value = iso(match[1], match[2], match[3]);
    if (value) found.push({ value, start: match.index, end: match.index + match[0].length });
  }
  if (months.size > 0) found.push(...namedMonths(text, months));
  return found.sort((a, b) => a.start - b.start);
}

function namedMonths(text: string, months: ReadonlyMap<string, number>): WrittenDate[] {
  const names = [...months.keys()].sort((a, b) => b.length - a.length).join('|');
  const pattern = new RegExp(
    `(?:\\b(\\d{1,2})(?:\\.|er|º|st|nd|rd|th)?\\s+(?:de\\s+|of\\s+)?)?(?<!\\p{L})(${names})\\.?(?!\\p{L})(?:\\s+(\\d{1,2})(?:st|nd|rd|th)?,?)?,?\\s+(?:de\\s+|del\\s+)?${YEAR}`,
    'giu',
  );
  const found: WrittenDate[] = [];
  for (const match of text.matchAll(pattern)) {
    const month = months.get(String(match[2]).toLowerCase());
    const value = iso(match[4], month === undefined ? undefined : String(month), match[1] ?? match[3]);
    if (value) found.push({ value, start: match.index, end: match.index + match[0].length });
  }
  return found;
}

function dayAndMonth(year: string, first: number, second: number, monthFirst: boolean): string | null {
  if (first > 12) return iso(year, String(second), String(first));
  if (second > 12 || monthFirst) return iso(year, String(first), String(second));
  return iso(year, String(second), String(first));
}

function iso(year: string | undefined, month: string | undefined, day: string | undefined): string | null {
  const m = Number(month);
  if (!year || !(m >= 1 && m <= 12)) return null;
  if (day === undefined) return `${year}-${pad(m)}`;
  const d = Number(day);
  return d >= 1 && d <= 31 ? `${year}-${pad(m)}-${pad(d)}` : null;
}

function pad(number: number): string {
  return String(number).padStart(2, '0');
}
