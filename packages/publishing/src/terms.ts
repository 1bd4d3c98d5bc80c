import type { Language, Level, Rating, StandardEntry } from '@proviso/catalogue';
import { say, wordsOf } from './messages.ts';
import { PROOFING } from './paper/locale.ts';

/** Words that all papers share: levels, ratings, weights, days, states of standards. */
export interface Terms {
  level(level: Level): string;
  rating(rating: Rating): string;
  /** Thousandths as a percentage with one decimal. */
  weight(thousandths: number): string;
  /** 2026-01-31 as it is written out. */
  day(day: string): string;
  status(status: StandardEntry['status']): string;
  say(id: string, values?: Readonly<Record<string, string | number>>): string;
}

export function termsOf(language: Language): Terms {
  const words = wordsOf('paper', language);
  const percent = new Intl.NumberFormat(PROOFING[language], {
    style: 'percent',
    minimumFractionDigits: 1,
    maximumFractionDigits: 1,
  });
  const days = new Intl.DateTimeFormat(PROOFING[language], { dateStyle: 'long', timeZone: 'UTC' });
  return {
    level: (level) => say(words, `level-${level}`),
    rating: (rating) => say(words, `rating-${rating}`),
    weight: (thousandths) => percent.format(thousandths / 1000),
    day: (day) => days.format(new Date(`${day}T00:00:00Z`)),
    status: (status) => say(words, `status-${status}`),
    say: (id, values) => say(words, id, values),
  };
}
