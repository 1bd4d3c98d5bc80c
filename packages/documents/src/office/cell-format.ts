/** How the number in a cell is to be shown. */
export type NumberKind = 'number' | 'percent' | 'date' | 'time' | 'datetime';

const DAY = 86_400_000;
/** Day 0 of the two calendars of workbooks; 1900 has a 29 February in them, so the count is right from 1 March 1900. */
const EPOCH_1900 = Date.UTC(1899, 11, 30);
const EPOCH_1904 = Date.UTC(1904, 0, 1);

/** What a number format shows, by its id (ECMA-376 18.8.30) and, for the file's own formats, its code (`dd/mm/yyyy`, `0.0%`). */
export function numberKind(id: number, code: string | undefined): NumberKind {
  if (code === undefined) return builtIn(id);
  // Literals, colours, locales and conditions are no format letters; elapsed time in brackets (`[h]`) is.
  const letters = (code.split(';')[0] ?? '')
    .replace(/"[^"]*"|\\.|_.|\*./g, '')
    .replace(/\[(?!(?:h+|m+|s+)\])[^\]]*\]/gi, '')
    .toLowerCase();
  if (letters.includes('general')) return 'number';
  const time = /[hs]/.test(letters);
  const date = /[yd]|mmm/.test(letters) || (letters.includes('m') && !time);
  if (date) return time ? 'datetime' : 'date';
  if (time) return 'time';
  return letters.includes('%') ? 'percent' : 'number';
}

/** A number as its cell shows it: dates in ISO 8601, percentages with their sign, no digits of floating-point noise. */
export function showNumber(value: number, kind: NumberKind, from1904: boolean): string {
  if (!Number.isFinite(value)) return '';
  if (kind === 'number') return String(Number(value.toPrecision(14)));
  if (kind === 'percent') return `${Number((value * 100).toPrecision(12))}%`;
  // 2,958,466 is the day after 31 December 9999.
  if (value < 0 || value >= 2_958_466) return String(value);
  const iso = new Date((from1904 ? EPOCH_1904 : EPOCH_1900) + Math.round(value * 86_400) * 1000).toISOString();
  const clock = iso.endsWith(':00.000Z') ? iso.slice(11, 16) : iso.slice(11, 19);
  if (kind === 'time') return clock;
  if (kind === 'date' || (value * DAY) % DAY === 0) return iso.slice(0, 10);
  return `${iso.slice(0, 10)} ${clock}`;
}

function builtIn(id: number): NumberKind {
  if (id === 9 || id === 10) return 'percent';
  if (id === 22) return 'datetime';
  if ((id >= 18 && id <= 21) || (id >= 32 && id <= 35) || (id >= 45 && id <= 47)) return 'time';
  if ((id >= 14 && id <= 17) || (id >= 27 && id <= 36) || (id >= 50 && id <= 58)) return 'date';
  return 'number';
}
