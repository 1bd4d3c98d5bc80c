import { literal, stem } from './patterns.ts';

/** A stretch of time that a text names, in hours. */
export interface Duration {
  hours: number;
  /** Whether it is said in working time; "two working days" is no "48 hours". */
  working: boolean;
  /** It says how often: "every two years", "annually". */
  every: boolean;
  start: number;
  end: number;
}

/** Words of one language for counting time; data of `tender/LANGUAGE.yaml`. */
export interface DurationWords {
  /** Unit → its written forms; a final `*` takes any ending. */
  units: Readonly<Record<'minute' | 'hour' | 'day' | 'week' | 'month' | 'year', readonly string[]>>;
  /** Written numbers: `two: 2`. */
  numbers: Readonly<Record<string, number>>;
  /** Words between number and unit that make it working time. */
  working: readonly string[];
  /** Words before a period that make it one of repetition: "every". */
  every: readonly string[];
  /** One word for a period of repetition, by unit: "annually". */
  each: Readonly<Record<string, readonly string[]>>;
  /** Words that say a period without a number: "immediately". */
  atOnce: readonly string[];
}

const HOURS: Readonly<Record<string, number>> = { minute: 1 / 60, hour: 1, day: 24, week: 168, month: 730, year: 8760 };

/** Characters before a period in which "every" may stand. */
const REACH = 20;

/** Finds stretches of time; made once for a language. */
export class DurationFinder {
  private readonly pattern: RegExp;
  private readonly units: [RegExp, number][];
  private readonly numbers: Readonly<Record<string, number>>;
  private readonly workingWords: RegExp;
  private readonly once: RegExp;
  private readonly every: RegExp;
  private readonly each: [RegExp, number][];

  constructor({ units, numbers, working, every, each, atOnce }: DurationWords) {
    this.every = new RegExp(`(?<![\\p{L}\\p{N}])(?:${every.map(literal).join('|')})\\s+$`, 'iu');
    this.each = Object.entries(each).map(([unit, forms]) => [
      new RegExp(`(?<![\\p{L}\\p{N}])(?:${forms.map(stem).join('|')})(?![\\p{L}\\p{N}])`, 'giu'),
      HOURS[unit] ?? 0,
    ]);
    // The longest first: "jours ouvrés" is no "jours".
    const unitForms = Object.values(units)
      .flat()
      .sort((a, b) => b.length - a.length)
      .map(stem);
    const words = Object.keys(numbers).map(literal);
    // "24 hours", "24 (twenty-four) hours", "vierundzwanzig Stunden", "24-hour": at most a bracket and one word between.
    this.pattern = new RegExp(
      `(?<![\\p{L}\\p{N}.,])(\\d{1,4}(?:[.,]\\d)?|${words.join('|')})(?:\\s*\\([^)]{1,30}\\))?[\\s\\u00a0-]{1,3}(?:(${working.map(stem).join('|')})[\\s-])?(${unitForms.join('|')})(?![\\p{L}\\p{N}])`,
      'giu',
    );
    this.units = Object.entries(units).map(([unit, forms]) => [
      new RegExp(`^(?:${forms.map(stem).join('|')})$`, 'iu'),
      HOURS[unit] ?? 0,
    ]);
    this.numbers = numbers;
    this.workingWords = new RegExp(`(?<!\\p{L})(?:${working.map(stem).join('|')})`, 'iu');
    this.once = new RegExp(`(?<![\\p{L}\\p{N}])(?:${atOnce.map(literal).join('|')})(?![\\p{L}\\p{N}])`, 'iu');
  }

  find(text: string, from: number, to: number): Duration[] {
    const durations: Duration[] = [];
    for (const match of text.slice(from, to).matchAll(this.pattern)) {
      const [whole, amount = '', between, unit = ''] = match;
      const number = this.numbers[amount.toLowerCase()] ?? Number(amount.replace(',', '.'));
      const hours = this.units.find(([form]) => form.test(unit))?.[1];
      if (!Number.isFinite(number) || hours === undefined) continue;
      const start = from + match.index;
      const working = between !== undefined || this.workingWords.test(unit);
      const repeated = this.every.test(text.slice(Math.max(from, start - REACH), start));
      durations.push({ hours: number * hours, working, every: repeated, start, end: start + whole.length });
    }
    for (const [pattern, hours] of this.each)
      for (const { index, 0: word } of text.slice(from, to).matchAll(pattern))
        durations.push({ hours, working: false, every: true, start: from + index, end: from + index + word.length });
    return durations;
  }

  /** A period without a number: "immediately", "without delay". */
  saysAtOnce(text: string, from: number, to: number): boolean {
    return this.once.test(text.slice(from, to));
  }
}
