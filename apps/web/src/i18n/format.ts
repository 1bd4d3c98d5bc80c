import type { Language } from './language.ts';

const DAY = 86_400_000;

/** Dates, numbers and money as a language writes them. `zone` is an IANA name; left out, the reader's own. */
export interface Formats {
  day(value: string | Date): string;
  /** Day and time, with the name of the zone: `5 January 2026 at 12:00 CET`. */
  moment(value: string | Date, zone?: string): string;
  /** From now: `in 3 days`, `2 hours ago`. */
  relative(value: string | Date, now: Date): string;
  number(value: number, digits?: number): string;
  /** Points of a score, with the digits it has. */
  points(text: string): string;
  percent(share: number): string;
  /** Cents, as purchases keep money. */
  money(cents: number, currency?: string): string;
  bytes(value: number): string;
  list(values: readonly string[]): string;
  country(code: string): string;
  compare(a: string, b: string): number;
}

const made = new Map<Language, Formats>();

export function formatsFor(language: Language): Formats {
  let formats = made.get(language);
  if (!formats) {
    formats = makeFormats(language);
    made.set(language, formats);
  }
  return formats;
}

function makeFormats(language: Language): Formats {
  const locale = language === 'en' ? 'en-GB' : language;
  const days = new Intl.DateTimeFormat(locale, { dateStyle: 'long' });
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 });
  const lists = new Intl.ListFormat(locale, { type: 'conjunction' });
  const collator = new Intl.Collator(locale, { numeric: true });
  const countries = new Intl.DisplayNames(locale, { type: 'region' });
  const decimal = new Intl.NumberFormat(locale).formatToParts(0.5).find(({ type }) => type === 'decimal')?.value ?? '.';
  const number = (value: number, digits = 2): string =>
    new Intl.NumberFormat(locale, { maximumFractionDigits: digits }).format(value);
  return {
    day: (value) => days.format(asDate(value)),
    moment: (value, zone) =>
      new Intl.DateTimeFormat(locale, {
        day: 'numeric',
        month: 'long',
        year: 'numeric',
        hour: '2-digit',
        minute: '2-digit',
        timeZoneName: 'short',
        ...(zone === undefined ? {} : { timeZone: zone }),
      }).format(asDate(value)),
    relative(value, now) {
      const away = asDate(value).getTime() - now.getTime();
      const [unit, size] = unitOf(Math.abs(away));
      return relative.format(Math.trunc(away / size), unit);
    },
    number,
    // Digits are those of the score; only the sign between them is the language's.
    points: (text) => text.replace('.', decimal),
    percent: (share) => percent.format(share),
    money: (cents, currency = 'EUR') =>
      new Intl.NumberFormat(locale, { style: 'currency', currency }).format(cents / 100),
    bytes(value) {
      const [unit, size] = (
        [
          ['gigabyte', 1e9],
          ['megabyte', 1e6],
          ['kilobyte', 1e3],
        ] as const
      ).find(([, one]) => value >= one) ?? ['byte', 1];
      return new Intl.NumberFormat(locale, { style: 'unit', unit, maximumFractionDigits: 1 }).format(value / size);
    },
    list: (values) => lists.format(values),
    country(code) {
      try {
        return countries.of(code) ?? code;
      } catch {
        return code;
      }
    },
    compare: collator.compare,
  };
}

function unitOf(away: number): [Intl.RelativeTimeFormatUnit, number] {
  if (away >= 60 * DAY) return ['month', 30 * DAY];
  if (away >= DAY) return ['day', DAY];
  if (away >= DAY / 24) return ['hour', DAY / 24];
  return ['minute', 60_000];
}

/** A day without a time is that day everywhere, not the evening before it in the west. */
function asDate(value: string | Date): Date {
  if (value instanceof Date) return value;
  return new Date(/^\d{4}-\d{2}-\d{2}$/.test(value) ? `${value}T12:00:00` : value);
}
