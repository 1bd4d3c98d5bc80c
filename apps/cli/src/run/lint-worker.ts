import { loadCatalogue } from '@proviso/catalogue';
import type { Document } from '@proviso/documents';
import { CatalogueWords, lintDocument, type ReadContext, type Reading } from '@proviso/reading';
import type { LintPart } from './job.ts';

/** Formats whose comments a reader leaves out; marks that set findings aside stand there. */
const COMMENTED: ReadonlySet<string> = new Set(['html', 'md', 'adoc', 'rst', 'xml', 'yaml']);

let words: CatalogueWords | undefined;

/** Lints a parsed document; loaded only where linting was asked for. */
export async function lintIn(
  document: Document,
  bytes: Uint8Array,
  context: ReadContext,
  withLayout: boolean,
): Promise<{ reading: Reading; lint: LintPart }> {
  words ??= new CatalogueWords(loadCatalogue());
  const comments = COMMENTED.has(document.format) ? [new TextDecoder().decode(bytes)] : [];
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
