import type { Question, ReportData, ReportDocument } from '../data.ts';
import { answerOf, type PageCodes, QUESTIONS } from './scales.ts';

export type GroupBy = 'country' | 'publisher' | 'type' | 'language';
export const GROUPINGS: readonly GroupBy[] = ['country', 'publisher', 'type', 'language'];
/** Stands for a document that does not state the thing. */
export const NOT_STATED = '?';
/** Stands for an answer that could not be given. */
export const NOT_READABLE = '!';

export const ONLY = ['ict', 'security', 'named', 'stale', 'confirmed', 'machine', 'unread', 'duplicates'] as const;
export type Only = (typeof ONLY)[number];

/** What the reader has chosen; all of it is kept in the address, so that a view can be shared. */
export interface View {
  q: string;
  country: string;
  publisher: string;
  type: string;
  language: string;
  scope: string;
  security: string;
  standards: string;
  /** Id of a standard. */
  standard: string;
  topic: string;
  only: string;
  /** Near-identical documents count once. */
  once: boolean;
  by: GroupBy;
  /** Heat map: every naming, or only musts and shoulds. */
  named: 'demanded' | 'any';
  sort: string;
  /** Path of the document that is open. */
  doc: string;
  /** The cell that is open: `kind~value~group`. */
  cell: string;
  lang: string;
}

export const FIRST_VIEW: View = {
  q: '',
  country: '',
  publisher: '',
  type: '',
  language: '',
  scope: '',
  security: '',
  standards: '',
  standard: '',
  topic: '',
  only: '',
  once: true,
  by: 'country',
  named: 'demanded',
  sort: '',
  doc: '',
  cell: '',
  lang: '',
};

/** The fields that choose documents. */
export const FILTERS = [
  'q',
  'country',
  'publisher',
  'type',
  'language',
  'scope',
  'security',
  'standards',
  'standard',
  'topic',
  'only',
] as const;

/** `#country=NL&only=stale`; what is as at first is left out. */
export function hashOf(view: View): string {
  const parts = new URLSearchParams();
  for (const [key, value] of Object.entries(view)) {
    if (value !== FIRST_VIEW[key as keyof View])
      parts.set(key, typeof value === 'boolean' ? (value ? '1' : '0') : value);
  }
  const text = parts.toString();
  return text === '' ? '' : `#${text}`;
}

/** Reads what `hashOf` wrote; anything else in it is left aside. */
export function viewOf(hash: string): View {
  const parts = new URLSearchParams(hash.replace(/^#/, ''));
  const text = (key: keyof View): string => parts.get(key) ?? String(FIRST_VIEW[key]);
  const view: View = { ...FIRST_VIEW };
  for (const key of [...FILTERS, 'sort', 'doc', 'cell', 'lang'] as const) view[key] = text(key);
  view.once = parts.get('once') !== '0';
  view.by = GROUPINGS.find((by) => by === parts.get('by')) ?? FIRST_VIEW.by;
  view.named = parts.get('named') === 'any' ? 'any' : 'demanded';
  return view;
}

/** Which group a document stands in. */
export function groupOf(doc: ReportDocument, by: GroupBy): string {
  return doc[by] || NOT_STATED;
}

/** None of its answers could be given. */
export function isUnread(doc: ReportDocument): boolean {
  return doc.scope === null && doc.security === null && doc.standards === null;
}

export function isStaleDocument(doc: ReportDocument): boolean {
  return doc.named.some((naming) => naming.stale);
}

/** True where the answer is known and more than `none`. */
export function saysSome(doc: ReportDocument, question: Question, codes?: PageCodes): boolean {
  const { value } = answerOf(doc, question, codes);
  return value !== null && value !== 'none';
}

export function concernsIct(doc: ReportDocument, codes?: PageCodes): boolean {
  const { value, maker } = answerOf(doc, 'scope', codes);
  if (maker === 'people' || doc.concernsIct === null) return value !== null && value !== 'none';
  return doc.concernsIct;
}

/** The third question asks for names; `unnamed` ("latest international standards") is not one. */
export function namesStandards(doc: ReportDocument, codes?: PageCodes): boolean {
  const { value } = answerOf(doc, 'standards', codes);
  return value !== null && value !== 'none' && value !== 'unnamed';
}

/** The documents a view shows, in the order of the data. */
export function chosen(data: ReportData, view: View, codes?: PageCodes): ReportDocument[] {
  const words = fold(view.q).split(/\s+/).filter(Boolean);
  const standard = view.standard === '' ? -1 : data.standards.findIndex((entry) => entry.id === view.standard);
  const documents = data.documents.filter((doc) => {
    for (const by of GROUPINGS) if (view[by] !== '' && groupOf(doc, by) !== view[by]) return false;
    for (const question of QUESTIONS) {
      if (view[question] === '') continue;
      if ((answerOf(doc, question, codes).value ?? NOT_READABLE) !== view[question]) return false;
    }
    if (view.standard !== '' && !doc.named.some((naming) => naming.standard === standard)) return false;
    if (view.topic !== '' && !doc.topics.some((entry) => entry.topic === view.topic)) return false;
    if (!passes(doc, view.only, codes)) return false;
    return words.length === 0 || matches(data, doc, words);
  });
  if (!view.once || view.only === 'duplicates') return documents;
  const seen = new Set<string>();
  return documents.filter((doc) => {
    const group = doc.duplicateOf ?? doc.path;
    if (seen.has(group)) return false;
    seen.add(group);
    return true;
  });
}

function passes(doc: ReportDocument, only: string, codes?: PageCodes): boolean {
  switch (only) {
    case 'ict':
      return concernsIct(doc, codes);
    case 'security':
      return saysSome(doc, 'security', codes);
    case 'named':
      return namesStandards(doc, codes);
    case 'stale':
      return isStaleDocument(doc);
    case 'confirmed':
      return QUESTIONS.some((question) => answerOf(doc, question, codes).maker === 'people');
    case 'machine':
      return QUESTIONS.every((question) => answerOf(doc, question, codes).maker !== 'people');
    case 'unread':
      return isUnread(doc);
    case 'duplicates':
      return doc.duplicateOf !== null;
    default:
      return true;
  }
}

const searchable = new WeakMap<ReportDocument, string>();

function matches(data: ReportData, doc: ReportDocument, words: readonly string[]): boolean {
  let text = searchable.get(doc);
  if (text === undefined) {
    const quotes = [...doc.quotes.scope, ...doc.quotes.security, ...doc.topics.flatMap((entry) => entry.quotes)];
    const names = doc.named.flatMap((naming) => {
      const entry = data.standards[naming.standard];
      return [entry?.id, entry?.title, ...naming.places.map((place) => place.text)];
    });
    text = fold(
      [doc.path, doc.title, doc.country, doc.publisher, doc.type, ...names, ...quotes.map((quote) => quote.text)].join(
        '\n',
      ),
    );
    searchable.set(doc, text);
  }
  return words.every((word) => text.includes(word));
}

/** Lower case, without accents: `Sécurité` is found by `securite`. */
export function fold(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .toLowerCase();
}
