import type { LintedTender, TenderContext, TenderDocument } from './lint-tender.ts';
import { type RunEnd, type RunOptions, runReadings } from './run.ts';
import type { SourceFile } from './sources.ts';

export interface LintRunOptions extends RunOptions, TenderContext {
  language: TenderContext['language'];
  /** Whether all files are one tender, or each its own. */
  together: boolean;
}

const NOTHING_KNOWN = { date: null, country: null, publisher: null, type: null, title: null, language: null };

/** Reads the files and lints them, as one tender or each as its own. */
export async function lintAll(
  sources: Iterable<SourceFile> | AsyncIterable<SourceFile>,
  options: LintRunOptions,
): Promise<{ tenders: LintedTender[]; end: RunEnd }> {
  const documents: TenderDocument[] = [];
  // Whose law applies is the buyer's word, where there is one.
  const known = options.purchase && { ...NOTHING_KNOWN, country: options.purchase.country };
  const own = options.catalogue?.requirements
    .filter(({ own: ours, retired }) => ours !== undefined && retired === undefined)
    .map(({ id, phrases }) => ({ id, phrases }));
  const end = await runReadings(
    sources,
    {
      ...options,
      ...(own ? { own } : {}),
      lint: options.purchase ? 'described' : 'inferred',
      ...(known ? { manifestFor: () => known } : {}),
    },
    (reading, lint) => void documents.push({ reading, lint }),
  );
  const { tenderOf } = await import('./lint-tender.ts');
  const groups = options.together ? (documents.length > 0 ? [documents] : []) : documents.map((one) => [one]);
  return { tenders: groups.map((group) => tenderOf(group, options)), end };
}
