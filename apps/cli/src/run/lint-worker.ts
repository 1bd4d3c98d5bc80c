import { loadCatalogue } from '@proviso/catalogue';
import type { Document } from '@proviso/documents';
import { catalogueWords, type LintDocumentContext, lintDocument, type Reading } from '@proviso/reading';
import type { LintPart, ReadJob } from './job.ts';

/** Formats whose comments a reader leaves out; marks that set findings aside stand there. */
const COMMENTED: ReadonlySet<string> = new Set(['html', 'md', 'adoc', 'rst', 'xml', 'yaml']);

let words: ReturnType<typeof catalogueWords> | undefined;

/** Bytes from a mark's first letter to the end of the longest one. */
const MARK_BYTES = 4096;

/** Where formats whose reader leaves comments out may hold marks: only those places, since the whole file as text would take its size again. */
export function commentsIn(document: Document, bytes: Uint8Array): string[] {
  if (!COMMENTED.has(document.format)) return [];
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const places: string[] = [];
  for (let at = file.indexOf('proviso-ignore'); at >= 0; ) {
    const next = file.indexOf('proviso-ignore', at + 1);
    places.push(file.toString('utf8', at, Math.min(at + MARK_BYTES, next < 0 ? file.length : next)));
    at = next;
  }
  return places;
}

/** Lints a parsed document; loaded only where linting was asked for. */
export function lintIn(
  document: Document,
  comments: readonly string[],
  context: LintDocumentContext,
  withLayout: boolean,
  own: ReadJob['own'],
): { reading: Reading; lint: LintPart } {
  words ??= catalogueWords(loadCatalogue().requirements);
  const { reading, facts } = lintDocument(document, { ...context, comments }, words(own));
  const layout = withLayout
    ? document.blocks.map(({ kind, start, end, level, page }) => ({
        kind,
        start,
        end,
        level: level ?? null,
        page: page ?? null,
      }))
    : [];
  return { reading, lint: { facts, layout } };
}
