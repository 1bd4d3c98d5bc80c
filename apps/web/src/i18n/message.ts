import type { Language } from './language.ts';

export type Values = Readonly<Record<string, string | number>>;

type Part =
  | string
  | { kind: 'value'; name: string }
  | { kind: 'plural' | 'select'; name: string; cases: ReadonlyMap<string, readonly Part[]> }
  | { kind: 'count' };

const parsed = new Map<string, readonly Part[]>();
const plurals = new Map<Language, Intl.PluralRules>();
const numbers = new Map<Language, Intl.NumberFormat>();

/**
 * A message with its values. Marks are those of ICU MessageFormat that our files use: `{name}`, `{n, plural, one {…} other {…}}` with `#` for
 * the number and `=0` for exact values, `{x, select, a {…} other {…}}`. An apostrophe is an apostrophe. Numbers are written as the language
 * writes them. A mark that nothing fills stays as it is, so that a fault is seen and not guessed at.
 * @throws Error for a message that is not well formed; a test reads every message.
 */
export function fill(message: string, values: Values, language: Language): string {
  let parts = parsed.get(message);
  if (!parts) {
    parts = partsOf(message);
    parsed.set(message, parts);
  }
  return written(parts, values, language, null);
}

/** The names that a message wants, for the test that compares languages. */
export function namesIn(message: string): string[] {
  const names = new Set<string>();
  const look = (parts: readonly Part[]): void => {
    for (const part of parts) {
      if (typeof part === 'string' || part.kind === 'count') continue;
      names.add(part.name);
      if (part.kind !== 'value') for (const inner of part.cases.values()) look(inner);
    }
  };
  look(partsOf(message));
  return [...names].sort();
}

function written(parts: readonly Part[], values: Values, language: Language, count: number | null): string {
  return parts
    .map((part) => {
      if (typeof part === 'string') return part;
      if (part.kind === 'count') return count === null ? '#' : numberText(count, language);
      const value = Object.hasOwn(values, part.name) ? values[part.name] : undefined;
      if (part.kind === 'value') {
        if (value === undefined) return `{${part.name}}`;
        return typeof value === 'number' ? numberText(value, language) : value;
      }
      const number = part.kind === 'plural' && typeof value === 'number' ? value : null;
      const chosen =
        (number === null
          ? part.cases.get(String(value))
          : (part.cases.get(`=${number}`) ?? part.cases.get(pluralOf(number, language)))) ?? part.cases.get('other');
      return written(chosen ?? [], values, language, number ?? count);
    })
    .join('');
}

function numberText(value: number, language: Language): string {
  let format = numbers.get(language);
  if (!format) {
    format = new Intl.NumberFormat(language === 'en' ? 'en-GB' : language, { maximumFractionDigits: 2 });
    numbers.set(language, format);
  }
  return format.format(value);
}

function pluralOf(value: number, language: Language): string {
  let rules = plurals.get(language);
  if (!rules) {
    rules = new Intl.PluralRules(language);
    plurals.set(language, rules);
  }
  return rules.select(value);
}

function partsOf(message: string): readonly Part[] {
  let at = 0;
  const parts = sequence(false);
  if (at < message.length) throw new Error(`"${message}": there is a } too many.`);
  return parts;

  function sequence(inPlural: boolean): Part[] {
    const found: Part[] = [];
    let text = '';
    const keep = (): void => {
      if (text !== '') found.push(text);
      text = '';
    };
    for (; at < message.length && message[at] !== '}'; at += 1) {
      const sign = message[at] as string;
      if (sign === '{') {
        keep();
        found.push(mark(inPlural));
      } else if (sign === '#' && inPlural) {
        keep();
        found.push({ kind: 'count' });
      } else text += sign;
    }
    keep();
    return found;
  }

  /** From a `{`; leaves `at` on its `}`. */
  function mark(inPlural: boolean): Part {
    const head = /^\{\s*([a-zA-Z]+)\s*(?:\}|,\s*(plural|select)\s*,)/.exec(message.slice(at));
    if (!head) throw new Error(`"${message}": the mark at ${at} cannot be read.`);
    const [whole, name = '', kind] = head;
    if (kind === undefined) {
      at += whole.length - 1;
      return { kind: 'value', name };
    }
    at += whole.length;
    const cases = new Map<string, readonly Part[]>();
    for (;;) {
      const next = /^\s*(?:(=?[\w.-]+)\s*\{|\})/.exec(message.slice(at));
      if (!next) throw new Error(`"${message}": the cases of {${name}} do not end.`);
      at += next[0].length;
      if (next[1] === undefined) break;
      cases.set(next[1], sequence(kind === 'plural' || inPlural));
      if (message[at] !== '}') throw new Error(`"${message}": the case ${next[1]} does not end.`);
      at += 1;
    }
    at -= 1;
    if (!cases.has('other')) throw new Error(`"${message}": {${name}} has no case "other".`);
    return { kind: kind as 'plural' | 'select', name, cases };
  }
}
