import { type SelectQueryBuilder, sql } from 'kysely';
import type { Tables } from '../connect/tables.ts';
import type { TenantScope } from '../connect/tenant.ts';
import { type Page, pageOf, placeOf } from './cursor.ts';

/** Which documents; all where nothing is said. */
export interface DocumentChoice {
  purchase?: string | undefined;
  /** First part of the documents' language: `nl` also for `nl-BE`. */
  language?: string | undefined;
  /** Days on which they were added, in UTC, both included: `2026-01-31`. */
  from?: string | undefined;
  to?: string | undefined;
}

/** A document and, where it was read, what of its reading was asked for. */
export interface ReadRow {
  id: string;
  name: string;
  sha256: Buffer;
  bytes: number;
  read: boolean;
}

/** What figures need of a reading (`proviso.brief_of`); values are null where the document could not be read. */
export interface Brief {
  /** The day by which standards were judged; not the same for all, since each was judged when it was read. */
  asOf: string | null;
  scope: string | null;
  concernsIct: boolean | null;
  security: string | null;
  standards: string | null;
  /** Each standard once for each way in which it is named. */
  mentions: object[];
}

/** Readings whose kept form is larger come without the document's text. */
const LARGE = 2_000_000;

/** A page of chosen documents with the brief of each reading, the newest first. */
export async function briefPage(
  trx: TenantScope,
  choice: DocumentChoice,
  page: { after?: string | undefined; limit: number },
): Promise<Page<ReadRow & { brief: Brief | null }>> {
  const rows = await chosen(trx, choice, page).select(sql<Brief | null>`brief`.as('brief')).execute();
  return pageOf(rows, page.limit);
}

/** A page of chosen documents with their readings, the newest first; `text` is null also where it is very long. Large: ask for few. */
export async function readingPage(
  trx: TenantScope,
  choice: DocumentChoice,
  page: { after?: string | undefined; limit: number },
): Promise<Page<ReadRow & { reading: object | null; text: string | null }>> {
  const rows = await chosen(trx, choice, page)
    .select([
      sql<object | null>`reading -> 'reading'`.as('reading'),
      sql<string | null>`CASE WHEN pg_column_size(reading) <= ${LARGE}::int THEN reading ->> 'text' END`.as('text'),
    ])
    .execute();
  return pageOf(rows, page.limit);
}

function chosen(
  trx: TenantScope,
  { purchase, language, from, to }: DocumentChoice,
  { after, limit }: { after?: string | undefined; limit: number },
): SelectQueryBuilder<Tables, 'document', ReadRow & { place: string }> {
  let query = trx
    .selectFrom('document')
    .select(['id', 'name', 'sha256', 'bytes'])
    .select([sql<boolean>`reading IS NOT NULL`.as('read'), sql<string>`at::text`.as('place')])
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit + 1);
  if (purchase !== undefined) query = query.where('purchase', '=', purchase);
  if (language !== undefined) query = query.where(spoken, '=', language.toLowerCase());
  if (from !== undefined) query = query.where(sql<boolean>`at >= ${from}::date::timestamp AT TIME ZONE 'UTC'`);
  if (to !== undefined) query = query.where(sql<boolean>`at < (${to}::date + 1)::timestamp AT TIME ZONE 'UTC'`);
  const place = after === undefined ? null : placeOf(after);
  if (place !== null) query = query.where(sql<boolean>`(at, id) < (${place.at}::timestamptz, ${place.id}::uuid)`);
  return query;
}

const spoken = sql<string>`lower(split_part(language, '-', 1))`;
/** Purchases to choose from, at most. */
const PURCHASES = 500;

/** What documents can be chosen by: the languages there are, and the purchases that have some, the last changed first. */
export async function documentChoices(
  trx: TenantScope,
): Promise<{ languages: string[]; purchases: { id: string; title: string }[] }> {
  const languages = await trx
    .selectFrom('document')
    .select(spoken.as('language'))
    .distinct()
    .where('language', 'is not', null)
    .orderBy('language')
    .execute();
  const purchases = await trx
    .selectFrom('purchase')
    .select(['id', 'title'])
    .where(({ exists, selectFrom }) =>
      exists(selectFrom('document').select('document.id').whereRef('document.purchase', '=', 'purchase.id')),
    )
    .orderBy('updated', 'desc')
    .limit(PURCHASES)
    .execute();
  return { languages: languages.map(({ language }) => language), purchases };
}
