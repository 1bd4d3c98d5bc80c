import { type Analysis, type Clause, quoteAt } from '../analysis.ts';
import type { Lexicons } from '../lexicon.ts';
import type { Quote, Source, Stated } from '../types.ts';
import { countryCode, countryIn } from './countries.ts';
import { datesIn, type WrittenDate } from './dates.ts';

/** What people know of a document that does not say it itself; null where they do not either. */
export interface ManifestRow {
  date: string | null;
  country: string | null;
  publisher: string | null;
  type: string | null;
  title: string | null;
  language: string | null;
}

export type Facts = Pick<Source, 'date' | 'country' | 'publisher' | 'type' | 'stated'>;
type Fact = keyof Source['stated'];

/** Where a document states its own date, publisher and type: its first characters, and for a signed date its last ones. */
const OPENING = 4_000;
const CLOSING = 1_500;

/** Properties of files and notices that state a fact, best first. */
const PROPERTIES: Record<Fact, readonly string[]> = {
  date: [
    'date',
    'published',
    'issued',
    'publication-date',
    'dispatch-date',
    'datePublished',
    'updated',
    'created',
    'modified',
  ],
  country: ['country', 'buyer-country'],
  publisher: ['publisher', 'buyer', 'organisation', 'organization', 'company'],
  type: ['type', 'notice-type', 'document-type'],
};

/** Properties a file's maker fills in for the work, not for the document: taken last of all. */
const WEAK = new Set(['created', 'modified', 'company']);

/**
 * Date, country, publisher and type of a document: where its text states them, with the words; else where its file does; else from
 * the manifest; else null.
 */
export function factsOf(analysis: Analysis, lexicons: Lexicons, manifest: ManifestRow | null): Facts {
  const stated: Source['stated'] = {};
  const country =
    property(analysis, 'country', false) ??
    textual(analysis, countryIn(analysis.document.text)) ??
    known(manifest?.country);
  if (country) stated.country = country;
  const found: Record<'date' | 'publisher' | 'type', Stated | null> = {
    date: dateOf(analysis, lexicons, country?.value ?? manifest?.country ?? null),
    publisher: publisherOf(analysis),
    type: typeOf(analysis),
  };
  for (const fact of ['date', 'publisher', 'type'] as const) {
    const value =
      found[fact] ??
      property(analysis, fact, false) ??
      known(manifest?.[fact]) ??
      (fact === 'type' ? null : property(analysis, fact, true));
    if (value) stated[fact] = value;
  }
  return {
    date: stated.date?.value ?? null,
    country: stated.country?.value ?? null,
    publisher: stated.publisher?.value ?? null,
    type: stated.type?.value ?? null,
    stated,
  };
}

function known(value: string | null | undefined): Stated | null {
  return value ? { value, from: 'manifest', quote: null } : null;
}

function property(analysis: Analysis, fact: Fact, weak: boolean): Stated | null {
  const { properties } = analysis.document;
  for (const name of PROPERTIES[fact]) {
    if (WEAK.has(name) !== weak) continue;
    const value = properties[name]?.trim();
    if (!value) continue;
    const plain = plainValue(fact, value);
    if (plain !== null) return { value: plain, from: 'property', quote: null };
    if (fact !== 'date') continue;
    const date = /^(?:19[89]|20[0-4])\d(?:-\d\d(?:-\d\d)?)?/.exec(value)?.[0];
    if (date) return { value: date, from: 'property', quote: null };
  }
  return null;
}

/** A country by its code, a type in the words of the codebook's type names (`contract-notice`), a publisher as written; null for a date. */
function plainValue(fact: Fact, value: string): string | null {
  switch (fact) {
    case 'country':
      return countryCode(value);
    case 'type':
      return value
        .slice(0, 60)
        .toLowerCase()
        .replace(/[\s_]+/g, '-');
    case 'publisher':
      return value.slice(0, 200);
    case 'date':
      return null;
  }
}

function textual(analysis: Analysis, found: { value: string; start: number; end: number } | null): Stated | null {
  return found && { value: found.value, from: 'text', quote: quoteOf(analysis, found.start, found.end) };
}

function quoteOf(analysis: Analysis, start: number, end: number): Quote {
  return quoteAt(analysis, clauseAt(analysis, start), start, end);
}

/** The clause that holds an offset, or the last one before it. */
export function clauseAt(analysis: Analysis, offset: number): Clause {
  const { clauses } = analysis;
  let low = 0;
  let high = clauses.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((clauses[middle] as Clause).start <= offset) low = middle;
    else high = middle - 1;
  }
  return clauses[low] as Clause;
}

/** A date after a word such as "issued" or "Stand", near the top or the signature; else a lone date in the first lines. */
function dateOf(analysis: Analysis, lexicons: Lexicons, country: string | null): Stated | null {
  const { document } = analysis;
  const months = monthsOf(lexicons, document.language);
  const head = datesIn(document.text.slice(0, OPENING), months, country);
  const tailStart = Math.max(OPENING, document.text.length - CLOSING);
  const tail = datesIn(document.text.slice(tailStart), months, country).map((date) => shift(date, tailStart));
  const cued = [...head, ...tail].find((date) => hasCueBefore(analysis, date.start));
  const date = cued ?? head.find(({ start, value }) => start < 600 && value.length === 10);
  return date ? textual(analysis, date) : null;
}

function shift(date: WrittenDate, by: number): WrittenDate {
  return { ...date, start: date.start + by, end: date.end + by };
}

function hasCueBefore(analysis: Analysis, offset: number): boolean {
  const clause = clauseAt(analysis, offset);
  return clause.hits.some((hit) => hit.sign.cue === 'datecue' && hit.end <= offset && offset - hit.end < 30);
}

function monthsOf(lexicons: Lexicons, language: string | null): Map<string, number> {
  const months = new Map<string, number>();
  for (const from of new Set(['en', language ?? 'en'])) {
    const names = lexicons.lexicon(from)?.months ?? [];
    names.slice(0, 12).forEach((name, index) => {
      for (const form of name.split('/')) months.set(form, index + 1);
    });
  }
  return months;
}

/** "Contracting authority: …": what follows the label in its clause, or the clause after it. */
function publisherOf(analysis: Analysis): Stated | null {
  const { clauses, document } = analysis;
  for (const clause of clauses) {
    if (clause.start > OPENING) return null;
    const cue = clause.hits.find((hit) => hit.sign.cue === 'publishercue');
    if (!cue || cue.start - clause.start > 20) continue;
    const rest = /^\s*(?:\([^)]{1,40}\))?\s*[:|]\s*([^|\n]{3,160})/.exec(document.text.slice(cue.end, clause.end));
    if (rest?.[1] === undefined) continue;
    const value = rest[1].trim();
    const start = cue.end + rest.index + rest[0].indexOf(rest[1]) + (rest[1].length - rest[1].trimStart().length);
    if (/^\p{Lu}/u.test(value))
      return { value, from: 'text', quote: quoteAt(analysis, clause, start, start + value.length) };
  }
  return null;
}

/** The first word for a kind of document in its title, headings or first lines. */
function typeOf(analysis: Analysis): Stated | null {
  const { document } = analysis;
  let best: { type: string; start: number; end: number; rank: number } | null = null;
  for (const clause of analysis.clauses) {
    if (clause.start > 1_200) break;
    const kind = document.blocks[clause.block]?.kind;
    const rank = kind === 'title' ? 0 : kind === 'heading' ? 1 : clause.start < 300 ? 2 : 3;
    for (const hit of clause.hits) {
      if (hit.sign.cue !== 'type' || hit.sign.type === null) continue;
      if (!best || rank < best.rank) best = { type: hit.sign.type, start: hit.start, end: hit.end, rank };
    }
  }
  return best && textual(analysis, { value: best.type, start: best.start, end: best.end });
}
