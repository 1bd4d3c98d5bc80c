import type { Language } from '@proviso/catalogue';
import type { Deadline } from '@proviso/procurement';
import de from './words/de.json' with { type: 'json' };
import en from './words/en.json' with { type: 'json' };
import fr from './words/fr.json' with { type: 'json' };
import nl from './words/nl.json' with { type: 'json' };

/** Ids of all that letters say. */
export type WordId = keyof typeof en;
export const WORDS: Readonly<Record<Language, Readonly<Record<WordId, string>>>> = { en, fr, nl, de };

export type Values = Readonly<Record<string, string | number>>;

/**
 * One text in one language. Its `{name}` marks are filled in one pass, so that a mark inside a value stays the value's own. A mark that
 * nothing fills is a mistake of ours: throws Error.
 */
export function write(id: WordId, language: Language, values: Values = {}): string {
  return WORDS[language][id].replace(/\{(\w+)\}/g, (_, name: string) => {
    if (!Object.hasOwn(values, name)) throw new Error(`Nothing fills {${name}} of ${id}.`);
    return String(values[name]);
  });
}

export function isWordId(id: string): id is WordId {
  return Object.hasOwn(en, id);
}

/** A deadline as people read it: its own wall clock, with the zone named. */
export function timeText({ local, zone }: Pick<Deadline, 'local' | 'zone'>, language: Language): string {
  const [day = '', time = ''] = local.split('T');
  // The wall time is told as it is; as UTC no zone moves it.
  const date = new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: 'UTC' }).format(
    new Date(`${day}T00:00:00Z`),
  );
  return `${date}, ${time.slice(0, 5)} (${zone})`;
}

/** A day as people read it. */
export function dayText(day: string, language: Language): string {
  return new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(`${day}T00:00:00Z`));
}

/** One line without control characters or marks that turn the reading direction: names and titles in subjects are hostile text. */
export function oneLine(text: string, most = 200): string {
  const line = text
    .replace(/[\t\n\r\u0085\u2028\u2029]+/g, ' ')
    .replace(/\p{Cc}|\p{Cs}|[\u202a-\u202e\u2066-\u2069\ufeff]/gu, '')
    .trim();
  const characters = [...line];
  return characters.length <= most ? line : `${characters.slice(0, most - 1).join('')}…`;
}
