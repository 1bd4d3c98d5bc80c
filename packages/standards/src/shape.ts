/** Checks hand-made data against the shape of its kind of entry, with messages a person can act on. */
import type { Confidence, Kind, Status } from './types.ts';

/** One thing wrong with one entry of one file. */
export interface Fault {
  file: string;
  entry: string;
  message: string;
}

export const STATUSES: readonly Status[] = [
  'current',
  'superseded',
  'obsolete',
  'withdrawn',
  'historic',
  'deprecated',
  'draft',
  'unknown',
];
export const KINDS: readonly Kind[] = [
  'standard',
  'protocol',
  'algorithm',
  'format',
  'law',
  'baseline',
  'certification',
  'scheme',
  'framework',
  'guideline',
  'list',
  'tool',
];
export const CONFIDENCES: readonly Confidence[] = ['high', 'medium', 'low'];

const isString = (v: unknown): v is string => typeof v === 'string' && v.trim() === v && v !== '';
const isStrings = (v: unknown): v is string[] => Array.isArray(v) && v.every(isString);
const oneOf = (words: readonly string[]) => (v: unknown) =>
  typeof v === 'string' && words.includes(v) ? null : `must be one of ${words.join(', ')}`;

/** Each type: null when the value is good, else what it must be. */
const TYPES = {
  string: (v: unknown) => (isString(v) ? null : 'must be text without blanks at its ends (quote a number)'),
  strings: (v: unknown) => (isStrings(v) ? null : 'must be a list of texts (quote numbers and yes/no)'),
  boolean: (v: unknown) => (typeof v === 'boolean' ? null : 'must be true or false'),
  date: (v: unknown) =>
    typeof v === 'string' && /^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$/.test(v)
      ? null
      : 'must be a date such as 2025-09-23, "2025-09" or "2025", quoted',
  country: (v: unknown) =>
    typeof v === 'string' && /^[A-Z]{2}$/.test(v) ? null : 'must be two capitals (ISO 3166 alpha-2, or EU); quote NO',
  source: (v: unknown) =>
    typeof v === 'string' && /^https?:\/\/\S+$/.test(v) ? null : 'must be an address that can be opened',
  status: oneOf(STATUSES),
  kind: oneOf(KINDS),
  confidence: oneOf(CONFIDENCES),
  pattern: (v: unknown) => {
    try {
      return new RegExp(v as string, 'u').test('') ? 'matches the empty text' : null;
    } catch (error) {
      return `is not a regular expression: ${(error as Error).message}`;
    }
  },
  names: (v: unknown) =>
    typeof v === 'object' &&
    v !== null &&
    !Array.isArray(v) &&
    Object.entries(v).every(([language, list]) => /^(\*|[a-z]{2,3})$/.test(language) && isStrings(list))
      ? null
      : 'must map a language (two small letters, or *) to a list of texts; quote no: and numbers',
  known: (v: unknown) =>
    typeof v === 'object' && v !== null && !Array.isArray(v) ? null : 'must map an id to what is known of it',
} as const;

/** Field → type; a `!` marks a field that must be there. */
export type Shape = Record<string, keyof typeof TYPES | `${keyof typeof TYPES}!`>;

/** What is wrong with `given`: unknown keys, missing fields, values of the wrong form. Empty when nothing is. */
export function checkRecord(given: Record<string, unknown>, shape: Shape): string[] {
  const wrong: string[] = [];
  for (const key of Object.keys(given)) if (!(key in shape)) wrong.push(`unknown key ${key}`);
  for (const [key, type] of Object.entries(shape)) {
    const needed = type.endsWith('!');
    const value = given[key];
    if (value === undefined || value === null) {
      if (needed) wrong.push(`${key} is missing`);
      continue;
    }
    const message = TYPES[(needed ? type.slice(0, -1) : type) as keyof typeof TYPES](value);
    if (message !== null) wrong.push(`${key} ${message}`);
  }
  return wrong;
}
