import { MESSAGE_LANGUAGES, type MessageLanguage } from '@proviso/reading';
import { parse } from 'yaml';
import { StudyError } from './study-error.ts';

/** What `study.yaml` says. */
export interface StudyPlan {
  title: string;
  question: string;
  /** Language the report opens in. */
  language: MessageLanguage;
  /** Judge standards as of this day; null means the day of reading. */
  asOf: string | null;
  /** The list of addresses and files, relative to the study folder. */
  sources: string;
  /** Draws the sample for a second coder. */
  seed: number;
}

/** What a new study says, with every entry explained. */
export function newPlan(title: string): string {
  return `# A study: which documents, and what is asked of them.

title: ${JSON.stringify(title)}
# What the study wants to know, in one sentence; it stands at the head of the report.
question: ""
# Language the report opens in: en, fr, nl or de. Readers can switch.
language: en
# Judge standards as of this day (2026-01-31). null: the day of reading.
asOf: null
# The list of addresses and files: a CSV with a column "address", and country, publisher, type, language, title, date where known.
sources: sources.csv
# Draws the documents for a second coder (study code --share PERCENT): the same number draws the same ones again.
seed: 1
`;
}

const ENTRIES: ReadonlySet<string> = new Set(['title', 'question', 'language', 'asOf', 'sources', 'seed']);

/**
 * Reads `study.yaml`.
 * @throws StudyError that names the entry that is wrong.
 */
export function parsePlan(yaml: string): StudyPlan {
  let raw: unknown;
  try {
    raw = parse(yaml);
  } catch (error) {
    throw new StudyError(`study.yaml is not YAML: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (raw === undefined || raw === null) throw new StudyError('study.yaml is empty.');
  if (typeof raw !== 'object' || Array.isArray(raw))
    throw new StudyError('study.yaml has named entries, as in "title: …".');
  const plan = new Map<string, unknown>(Object.entries(raw));
  for (const name of plan.keys())
    if (!ENTRIES.has(name))
      throw new StudyError(`study.yaml: "${name}" is none of its entries (${[...ENTRIES].join(', ')}).`);
  const asOf = plan.get('asOf') ?? null;
  if (asOf !== null && !(typeof asOf === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(asOf)))
    throw new StudyError('study.yaml: asOf is a day written as 2026-01-31, or null.');
  const seed = plan.get('seed') ?? 1;
  if (typeof seed !== 'number' || !Number.isFinite(seed)) throw new StudyError('study.yaml: seed is a number.');
  const spoken = plan.get('language') ?? 'en';
  const language = MESSAGE_LANGUAGES.find((one) => one === spoken);
  if (language === undefined) throw new StudyError(`study.yaml: language is one of ${MESSAGE_LANGUAGES.join(', ')}.`);
  return {
    title: text(plan.get('title'), 'title', ''),
    question: text(plan.get('question'), 'question', ''),
    language,
    asOf,
    sources: text(plan.get('sources'), 'sources', 'sources.csv'),
    seed,
  };
}

function text(value: unknown, name: string, otherwise: string): string {
  if (value === undefined || value === null) return otherwise;
  if (typeof value !== 'string') throw new StudyError(`study.yaml: ${name} is a text.`);
  return value;
}
