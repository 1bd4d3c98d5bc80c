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
