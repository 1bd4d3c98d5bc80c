import { parse } from 'yaml';
import { StudyError } from './study-error.ts';

/** What `study.yaml` says. */
export interface StudyPlan {
  title: string;
  question: string;
  /** Languages the report can open in; the first is the usual one. */
  languages: string[];
  /** Judge standards as of this day; null means the day of reading. */
  asOf: string | null;
  /** The list of addresses and files, relative to the study folder. */
  sources: string;
  people: { name: string; role: string }[];
  /** Share of the documents (0 to 100) that a second coder gets, and the number that draws them. */
  doubleCoding: { share: number; seed: number };
}

/** What a new study says, with every entry explained. */
export function newPlan(title: string): string {
  return `# A study: which documents, what is asked of them, and who answers.

title: ${JSON.stringify(title)}
# What the study wants to know, in one sentence; it stands at the head of the report.
question: ""
# Language of the report: en, fr, nl or de. Readers can switch.
languages: [en]
# Judge standards as of this day (2026-01-31). null: the day of reading.
asOf: null
# The list of addresses and files: a CSV with a column "address", and country, publisher, type, language, title, date where known.
sources: sources.csv
# Who codes. Two people code the same documents without seeing each other's codes.
people: []
#  - name: Ada
#    role: coder
# A second coder gets this share of the documents (percent), drawn by the seed, so that it can be drawn again.
doubleCoding: { share: 50, seed: 1 }
`;
}

/**
 * Reads `study.yaml`.
 * @throws StudyError that names the entry that is wrong.
 */
export function parsePlan(text: string): StudyPlan {
  let raw: unknown;
  try {
    raw = parse(text);
  } catch (error) {
    throw new StudyError(`study.yaml is not YAML: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (typeof raw !== 'object' || raw === null) throw new StudyError('study.yaml is empty.');
  const plan = new Map(Object.entries(raw));
  const double = new Map(Object.entries(record(plan.get('doubleCoding'), 'doubleCoding')));
  const share = number(double.get('share'), 'doubleCoding.share', 50);
  if (share < 0 || share > 100) throw new StudyError('study.yaml: doubleCoding.share is a percentage, 0 to 100.');
  const asOf = plan.get('asOf') ?? null;
  if (asOf !== null && !(typeof asOf === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(asOf)))
    throw new StudyError('study.yaml: asOf is a day written as 2026-01-31, or null.');
  return {
    title: string(plan.get('title'), 'title', ''),
    question: string(plan.get('question'), 'question', ''),
    languages: list(plan.get('languages'), 'languages').map((entry) => string(entry, 'languages', 'en')),
    asOf,
    sources: string(plan.get('sources'), 'sources', 'sources.csv'),
    people: list(plan.get('people'), 'people').map((entry) => {
      const person = new Map(Object.entries(record(entry, 'people')));
      return {
        name: string(person.get('name'), 'people.name', ''),
        role: string(person.get('role'), 'people.role', 'coder'),
      };
    }),
    doubleCoding: { share, seed: number(double.get('seed'), 'doubleCoding.seed', 1) },
  };
}

function string(value: unknown, name: string, otherwise: string): string {
  if (value === undefined || value === null) return otherwise;
  if (typeof value !== 'string') throw new StudyError(`study.yaml: ${name} is a text.`);
  return value;
}

function number(value: unknown, name: string, otherwise: number): number {
  if (value === undefined || value === null) return otherwise;
  if (typeof value !== 'number' || !Number.isFinite(value)) throw new StudyError(`study.yaml: ${name} is a number.`);
  return value;
}

function list(value: unknown, name: string): unknown[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) throw new StudyError(`study.yaml: ${name} is a list.`);
  return value;
}

function record(value: unknown, name: string): object {
  if (value === undefined || value === null) return {};
  if (typeof value !== 'object') throw new StudyError(`study.yaml: ${name} has named entries.`);
  return value;
}
