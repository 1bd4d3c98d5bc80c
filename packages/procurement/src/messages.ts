import de from '../messages/de.json' with { type: 'json' };
import en from '../messages/en.json' with { type: 'json' };
import fr from '../messages/fr.json' with { type: 'json' };
import nl from '../messages/nl.json' with { type: 'json' };
import type { Language } from './purchase/purchase.ts';
import type { Refusal } from './refusal.ts';

/** Ids of all that this room says: refusals, and the words of the scale. */
export type Code = keyof typeof en;

const WORDS: Readonly<Record<Language, Readonly<Record<Code, string>>>> = { en, fr, nl, de };

/** One message in one language; `{name}` marks are filled from `values`, and stay as they are where nothing fills them. */
export function message(
  code: Code,
  language: Language,
  values: Readonly<Record<string, string | number>> = {},
): string {
  return WORDS[language][code].replace(/\{([a-zA-Z]+)\}/g, (mark, name: string) =>
    Object.hasOwn(values, name) ? String(values[name]) : mark,
  );
}

/** What a refusal says to the person who gave the command. */
export function refusalText({ code, values }: Refusal, language: Language): string {
  const { problem } = values;
  // What is wrong with an input is a message in a message.
  if (code === 'bad-input' && typeof problem === 'string' && isCode(problem))
    return message(code, language, { ...values, problem: message(problem, language, values) });
  return message(code, language, values);
}

/** Whether it is the id of a message; what comes from a request may be anything. */
export function isCode(id: string): id is Code {
  return Object.hasOwn(en, id);
}
