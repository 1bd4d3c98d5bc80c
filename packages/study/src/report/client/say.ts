import type { Question } from '../data.ts';
import { type GroupBy, NOT_READABLE, NOT_STATED } from './view.ts';

/** A sentence, one by plural form (`one`, `other`, … as CLDR names them), or a table of them. */
export type Message = string | { [key: string]: Message };
export type Messages = Record<string, Message>;

/** The words of the page in one language. */
export interface Words {
  language: string;
  /** `id` may be a path: `value.scope.none`. `n` picks the plural form; an unknown id comes back as it is. */
  say(id: string, values?: Record<string, string | number>): string;
  /** Whether there is a message of this id. */
  has(id: string): boolean;
  number(value: number): string;
  percent(part: number, whole: number): string;
  date(iso: string): string;
  /** The codebook's name of a value. */
  label(scale: string, value: string): string;
  /** What the value means. */
  meaning(question: Question, value: string): string;
  question(question: Question): string;
  /** Like `label`, and `not readable` where there is no value. */
  value(question: Question, value: string | null): string;
  group(by: GroupBy, key: string): string;
}

export function createWords(language: string, messages: Messages, fallback: Messages = messages): Words {
  const plural = new Intl.PluralRules(language);
  const numbers = new Intl.NumberFormat(language);
  const shares = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 0 });
  const regions = new Intl.DisplayNames([language], { type: 'region', fallback: 'code' });
  const languages = new Intl.DisplayNames([language], { type: 'language', fallback: 'code' });
  // Day before month, as in the three other languages of the page.
  const dated = language === 'en' ? 'en-GB' : language;
  const days: Record<number, Intl.DateTimeFormat> = {
    7: new Intl.DateTimeFormat(dated, { year: 'numeric', month: 'short', timeZone: 'UTC' }),
    10: new Intl.DateTimeFormat(dated, { dateStyle: 'medium', timeZone: 'UTC' }),
  };

  const find = (id: string): Message | undefined => look(messages, id) ?? look(fallback, id);
  const say: Words['say'] = (id, values = {}) => {
    let message = find(id);
    if (message !== undefined && typeof message !== 'string') {
      message = message[plural.select(Number(values.n ?? 0))] ?? message.other;
    }
    if (typeof message !== 'string') return id.slice(id.lastIndexOf('.') + 1);
    return message.replace(/\{(\w+)\}/g, (_, name: string) => {
      const value = values[name] ?? '';
      return typeof value === 'number' ? numbers.format(value) : value;
    });
  };
  const named = (names: Intl.DisplayNames, code: string): string => {
    try {
      return names.of(code) ?? code;
    } catch {
      return code;
    }
  };
  return {
    language,
    say,
    has: (id) => find(id) !== undefined,
    number: (value) => numbers.format(value),
    percent: (part, whole) => (whole === 0 ? '–' : shares.format(part / whole)),
    date: (iso) => {
      const day = new Date(iso.slice(0, 10));
      if (Number.isNaN(day.getTime())) return iso;
      return days[Math.min(10, iso.length)]?.format(day) ?? iso;
    },
    label: (scale, value) => say(`codebook.${scale}.values.${value}`),
    meaning: (question, value) => say(`codebook.${question}.meanings.${value}`),
    question: (question) => say(`codebook.${question}.question`),
    value: (question, value) =>
      value === null || value === NOT_READABLE ? say('notReadable') : say(`codebook.${question}.values.${value}`),
    group: (by, key) => {
      if (key === NOT_STATED) return say('notStated');
      if (by === 'country') return /^[A-Z]{2}$/.test(key) ? named(regions, key) : key;
      if (by === 'language') return named(languages, key);
      return by === 'type' ? key.replaceAll('-', ' ') : key;
    },
  };
}

function look(messages: Messages, id: string): Message | undefined {
  let message: Message | undefined = messages;
  for (const step of id.split('.')) {
    message = typeof message === 'object' && Object.hasOwn(message, step) ? message[step] : undefined;
  }
  return message;
}
