import { readdirSync } from 'node:fs';
import { readContent } from '@proviso/content';
import { spelledOut, type Term, TermMatcher } from './term-matcher.ts';
import { TOPICS, type Topic } from './types.ts';

/** What a word of the lexicon is a sign of. `lexicon/README.md` says what each one means. */
const CUES = [
  'ict',
  'othersubject',
  'procurement',
  'policy',
  'security',
  'falsefriend',
  'must',
  'should',
  'may',
  'negation',
  'forbidden',
  'without',
  'instead',
  'imperative',
  'supplier',
  'buyer',
  'proof',
  'sanction',
  'process',
  'vague',
  'unnamed',
  'delegation',
  'testtool',
  'bidding',
  'heading',
  'mandatory',
  'context',
  'datecue',
  'publishercue',
  'type',
] as const;
export type Cue = (typeof CUES)[number];

/** One group of terms: what they are a sign of, and how much one hit proves by itself (3 enough alone, 2 in company, 1 a hint). */
export interface Sign {
  cue: Cue;
  /** For `security`. */
  topic: Topic | null;
  /** For `type`: the kind of document. */
  type: string | null;
  weight: number;
}

export interface Lexicon {
  language: string;
  terms: Term<Sign>[];
  /** Month names in order of the year, several forms each. */
  months: string[];
}

/** Codes that name a language whose lexicon has another: Norwegian in general, and its other written form. */
const SAME_LEXICON: Record<string, string> = { no: 'nb', nn: 'nb' };

/** Lexicons by language; `any` holds what all languages share. A matcher is built once, when a passage first needs it. */
export class Lexicons {
  private readonly matchers = new Map<string, TermMatcher<Sign>>();
  private readonly loaded = new Map<string, Lexicon>();
  private readonly load: (language: string) => Lexicon | null;

  constructor(load: (language: string) => Lexicon | null) {
    this.load = load;
  }

  /** The lexicon of a language, or null where there is none. */
  lexicon(language: string): Lexicon | null {
    const known = this.loaded.get(language);
    if (known) return known;
    const lexicon = this.load(language);
    if (lexicon) this.loaded.set(language, lexicon);
    return lexicon;
  }

  /** The matcher for a passage; a language without a lexicon is read with the shared words and English. */
  matcher(language: string | null): TermMatcher<Sign> {
    const asked = SAME_LEXICON[language ?? ''] ?? language;
    const wanted = asked !== null && this.lexicon(asked) ? asked : 'en';
    let matcher = this.matchers.get(wanted);
    if (!matcher) {
      const terms = [...(this.lexicon('any')?.terms ?? []), ...(this.lexicon(wanted)?.terms ?? [])];
      matcher = new TermMatcher(terms);
      this.matchers.set(wanted, matcher);
    }
    return matcher;
  }
}

/** Languages that have a lexicon file. */
export function lexiconLanguages(folder: URL = LEXICON_FOLDER): string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.yaml') && name !== 'any.yaml')
    .map((name) => name.slice(0, -'.yaml'.length))
    .sort();
}

export const LEXICON_FOLDER = new URL('../lexicon/', import.meta.url);

/** Lexicons read from `folder` as passages ask for them. */
export function loadLexicons(folder: URL = LEXICON_FOLDER): Lexicons {
  const available = new Set([...lexiconLanguages(folder), 'any']);
  return new Lexicons((language) =>
    available.has(language) ? lexiconOf(readContent(new URL(`${language}.yaml`, folder))) : null,
  );
}

/** A lexicon from what its file holds. Throws on a cue, topic or weight that does not exist. */
export function lexiconOf(content: unknown): Lexicon {
  const data = content as Record<string, unknown>;
  const language = String(data.language);
  const terms: Term<Sign>[] = [];
  let months: string[] = [];
  for (const [key, value] of Object.entries(data)) {
    if (key === 'language') continue;
    if (key === 'month') months = list(value);
    else if (key === 'security') {
      for (const [topic, weights] of entries(value, `${language}.security`)) {
        if (!(TOPICS as readonly string[]).includes(topic))
          throw new Error(`${language}: no topic ${topic}; there are ${TOPICS.join(', ')}`);
        addWeighted(terms, weights, { cue: 'security', topic: topic as Topic, type: null }, language);
      }
    } else if (key === 'type') {
      for (const [type, words] of entries(value, `${language}.type`)) {
        add(terms, words, { cue: 'type', topic: null, type, weight: 3 });
      }
    } else if ((CUES as readonly string[]).includes(key)) {
      addWeighted(terms, value, { cue: key as Cue, topic: null, type: null }, language);
    } else throw new Error(`${language}: no cue ${key}; there are ${CUES.join(', ')}`);
  }
  return { language, terms, months };
}

function addWeighted(terms: Term<Sign>[], value: unknown, sign: Omit<Sign, 'weight'>, language: string): void {
  for (const [weight, words] of entries(value, `${language}.${sign.cue}`)) {
    const number = Number(weight);
    if (![1, 2, 3].includes(number)) throw new Error(`${language}.${sign.cue}: weight ${weight} is none of 1, 2, 3`);
    add(terms, words, { ...sign, weight: number });
  }
}

function add(terms: Term<Sign>[], words: unknown, label: Sign): void {
  for (const text of list(words)) terms.push({ text, label });
}

function entries(value: unknown, where: string): [string, unknown][] {
  if (typeof value !== 'object' || value === null) throw new Error(`${where}: a map is expected`);
  return Object.entries(value);
}

/** Terms are written with commas between them. */
function list(value: unknown): string[] {
  return String(value)
    .split(/,\s+|,$/)
    .flatMap(spelledOut)
    .filter((term) => term !== '');
}
