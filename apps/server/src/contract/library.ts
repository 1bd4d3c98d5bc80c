import type { Finding, Reading } from '@proviso/reading';
import { z } from 'zod';
import { instant, sha256, uuid } from './wire.ts';

/** POST /api/t/{tenant}/documents?name=…&purchase=… (bytes) → 202 document; it is read by a job. GET → page. */
export const document = z.object({
  id: uuid,
  purchase: uuid.nullable(),
  name: z.string(),
  sha256,
  bytes: z.int(),
  format: z.string().nullable(),
  language: z.string().nullable(),
  pages: z.int().nullable(),
  read: z.boolean(),
  at: instant,
});
export type LibraryDocument = z.infer<typeof document>;

/** GET /api/t/{tenant}/documents/{id} */
export interface DocumentView {
  document: LibraryDocument;
  reading: Reading | null;
  /** Findings of the linter, over the purchase's documents together. */
  findings: (Finding & { path: string })[];
  /** The document's text with the offsets that quotes point into, and its blocks. */
  text: string | null;
  blocks: { kind: string; start: number; end: number; level: number | null; page: number | null }[];
}

/** GET …/documents/{id}/commented?suggest=true → the Word file with comments. GET …/documents/{id}/file → the bytes. */

/** GET /api/t/{tenant}/search?q=…&after=… */
export const passage = z.object({
  document: uuid,
  name: z.string(),
  page: z.int().nullable(),
  heading: z.string().nullable(),
  /** With the found words between ⟦ and ⟧. */
  excerpt: z.string(),
  language: z.string().nullable(),
});
export type Passage = z.infer<typeof passage>;

/** Which documents a report is of; all where nothing is said. `language` is theirs (`nl` also for `nl-BE`), days are those when they were added. */
export const documentChoice = z.object({
  purchase: uuid.optional(),
  language: z
    .string()
    .regex(/^[a-z]{2,3}$/)
    .optional(),
  from: z.iso.date().optional(),
  to: z.iso.date().optional(),
});

/** GET /api/t/{tenant}/library/figures?… ; GET …/library/report.html?…&in=fr → the report as a file. */
export const libraryFigures = z.object({
  /** The chosen documents, each file once. The four counts that follow `read` are of those that could be read. */
  all: z.int(),
  read: z.int(),
  ict: z.int(),
  security: z.int(),
  named: z.int(),
  stale: z.int(),
  /** In no count above: not readable, or not read yet (`waiting`). */
  unread: z.int(),
  waiting: z.int(),
  /** Files that are there a second time. */
  same: z.int(),
  /** First and last day by which standards were judged: those on which documents were read; null where none was. */
  judged: z.object({ from: z.string(), to: z.string() }).nullable(),
  /** Named in most documents first; `demanded`: as a must or a should. */
  standards: z.array(z.object({ id: z.string(), documents: z.int(), demanded: z.int() })),
  /** What there is to choose by, over all documents. */
  languages: z.array(z.string()),
  purchases: z.array(z.object({ id: uuid, title: z.string() })),
});
export type LibraryFigures = z.infer<typeof libraryFigures>;
