import { type Insertable, type Selectable, sql } from 'kysely';
import type { Tables } from '../connect/tables.ts';
import { currentTenant, type TenantScope } from '../connect/tenant.ts';
import { type Page, pageOf, placeOf } from './cursor.ts';

export type DocumentRow = Omit<Selectable<Tables['document']>, 'brief'>;
export type DocumentLine = Omit<DocumentRow, 'tenant' | 'reading'>;
export type NewDocument = Omit<Insertable<Tables['document']>, 'tenant' | 'reading' | 'brief' | 'at'> & {
  reading?: object;
};

/** A piece of a document's text, in one language. */
export interface Passage {
  page: number | null;
  heading: string | null;
  /** `nl`, `nl-BE`; null when it is not known. */
  language: string | null;
  text: string;
}

export interface Found {
  document: string;
  documentName: string;
  n: number;
  page: number | null;
  heading: string | null;
  language: string | null;
  /** Words around the matches, in pieces; those that match are marked. Typographic signs are plain here: it is no quote. */
  excerpt: { text: string; match: boolean }[];
}

export interface SearchResult {
  found: Found[];
  /** Passages that match; when `more` is true there are others, which were not ranked. */
  matches: number;
  more: boolean;
}

/** So many matches are ranked; ranking reads each of them. */
const RANKED = 500;
/** Marks of a match inside an excerpt; no text has these control characters, and one that has shows a wrong mark and no more. */
const [OPEN, CLOSE] = ['\u0002', '\u0003'];

/** Adds a document with its passages, whose numbers count from 1. The file must be known to the tenant. */
export async function insertDocument(
  trx: TenantScope,
  document: NewDocument,
  passages: readonly Passage[],
): Promise<void> {
  const { reading, ...row } = document;
  await trx
    .insertInto('document')
    .values({ ...row, ...(reading && { reading: JSON.stringify(reading) }), tenant: currentTenant })
    .execute();
  await replacePassages(trx, document.id, passages);
}

/** Puts in another reading: after a later edition of the reader. */
export async function replaceReading(
  trx: TenantScope,
  id: string,
  { reading, passages }: { reading: object; passages: readonly Passage[] },
): Promise<void> {
  await trx
    .updateTable('document')
    .set({ reading: JSON.stringify(reading) })
    .where('id', '=', id)
    .execute();
  await trx.deleteFrom('passage').where('document', '=', id).execute();
  await replacePassages(trx, id, passages);
}

async function replacePassages(trx: TenantScope, document: string, passages: readonly Passage[]): Promise<void> {
  // One statement for all: a column each. PostgreSQL keeps no NUL in text.
  const column = (name: keyof Passage) => passages.map((passage) => withoutNul(passage[name]));
  await sql`
    INSERT INTO passage (tenant, document, n, page, heading, language, text)
    SELECT proviso.current_tenant(), ${document}, n, page, heading, language, text
    FROM unnest(${column('page')}::int[], ${column('heading')}::text[], ${column('language')}::text[], ${column('text')}::text[])
      WITH ORDINALITY AS p (page, heading, language, text, n)`.execute(trx);
}

function withoutNul<T>(value: T): T | string {
  return typeof value === 'string' ? value.replaceAll('\0', '\uFFFD') : value;
}

/** A page of documents, the newest first; of one purchase, or all. */
export async function listDocuments(
  trx: TenantScope,
  { purchase, after, limit }: { purchase?: string; after?: string; limit: number },
): Promise<Page<DocumentLine>> {
  let query = trx
    .selectFrom('document')
    .select(['id', 'purchase', 'name', 'sha256', 'bytes', 'format', 'language', 'pages', 'at'])
    .select(sql<string>`at::text`.as('place'))
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit + 1);
  if (purchase !== undefined) query = query.where('purchase', '=', purchase);
  const place = after === undefined ? null : placeOf(after);
  if (place !== null) query = query.where(sql<boolean>`(at, id) < (${place.at}::timestamptz, ${place.id}::uuid)`);
  return pageOf(await query.execute(), limit);
}

/** One document with its reading; undefined when this tenant has none of that id. */
export async function getDocument(trx: TenantScope, id: string): Promise<DocumentRow | undefined> {
  return await trx
    .selectFrom('document')
    .select(['tenant', 'id', 'purchase', 'name', 'sha256', 'bytes', 'format', 'language', 'pages', 'reading', 'at'])
    .where('id', '=', id)
    .executeTakeFirst();
}

/**
 * Full-text search over the passages, each in its own language, the best first. `words` are as people type them: `"a phrase"`, `or`,
 * `-not` (websearch_to_tsquery). Words without meaning find nothing.
 */
export async function searchPassages(
  trx: TenantScope,
  { words, skip = 0, limit }: { words: string; skip?: number; limit: number },
): Promise<SearchResult> {
  const { rows } = await sql<Omit<Found, 'excerpt'> & { excerpt: string; matches: number; more: boolean }>`
    SELECT s.document, d.name AS document_name, s.n, p.page, p.heading, p.language, s.matches, s.more,
      ts_headline(s.words, proviso.plain(p.text), websearch_to_tsquery(s.words, proviso.plain(${withoutNul(words)})),
        ${`StartSel=${OPEN}, StopSel=${CLOSE}, MaxWords=40, MinWords=15, MaxFragments=2, FragmentDelimiter=" … "`}) AS excerpt
    FROM proviso.search_passages(${withoutNul(words)}, ${RANKED}, ${skip}, ${limit}) WITH ORDINALITY s (document, n, rank, words, matches, more, place)
    -- One look for each that is shown: a join would read every passage, since it is planned for a thousand.
    CROSS JOIN LATERAL (
      SELECT * FROM passage p WHERE p.tenant = proviso.current_tenant() AND p.document = s.document AND p.n = s.n LIMIT 1) p
    JOIN document d ON d.tenant = p.tenant AND d.id = p.document
    ORDER BY s.place`.execute(trx);
  return {
    found: rows.map(({ matches: _, more: __, excerpt, ...row }) => ({ ...row, excerpt: pieces(excerpt) })),
    matches: rows[0]?.matches ?? 0,
    more: rows[0]?.more ?? false,
  };
}

function pieces(excerpt: string): Found['excerpt'] {
  return excerpt
    .split(OPEN)
    .flatMap((part, index) => {
      const end = index === 0 ? -1 : part.indexOf(CLOSE);
      return [
        { text: part.slice(0, Math.max(end, 0)), match: true },
        { text: part.slice(end + 1), match: false },
      ];
    })
    .filter(({ text }) => text !== '');
}
