import { loadCatalogue } from '@proviso/catalogue';
import type { Document } from '@proviso/documents';
import { CatalogueWords, lintDocument, type ReadContext, type Reading } from '@proviso/reading';
import type { LintPart } from './job.ts';

/** Formats whose comments a reader leaves out; marks that set findings aside stand there. */
const COMMENTED: ReadonlySet<string> = new Set(['html', 'md', 'adoc', 'rst', 'xml', 'yaml']);

let words: CatalogueWords | undefined;

/** The raw text of formats whose reader leaves comments out. */
export function commentsIn(document: Document, bytes: Uint8Array): string[] {
  return COMMENTED.has(document.format) ? [new TextDecoder().decode(bytes)] : [];
}

/** Lints a parsed document; loaded only where linting was asked for. */
export function lintIn(
  document: Document,
  comments: readonly string[],
  context: ReadContext,
  withLayout: boolean,
): { reading: Reading; lint: LintPart } {
  words ??= new CatalogueWords(loadCatalogue());
  const { reading, facts } = lintDocument(document, context, words, comments);
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
