import { type Catalogue, type Context, loadCatalogue } from '@proviso/catalogue';
import {
  type DossierLint,
  fingerprintsOf,
  ignoreOf,
  lintDossier,
  type MessageLanguage,
  nullFacts,
  type Reading,
  type TenderFacts,
  type TenderFinding,
} from '@proviso/reading';
import type { LayoutBlock } from './job.ts';
import { type RunEnd, type RunOptions, runReadings } from './run.ts';
import type { SourceFile } from './sources.ts';

/** A finding with what it is known by from draft to draft. */
export interface KnownFinding extends TenderFinding {
  fingerprint: string;
}

/** A finding that the document's author, or the baseline, sets aside. */
export interface SetAside {
  finding: KnownFinding;
  reason: string;
}

/** One tender: its files, and what is wrong with it. */
export interface LintedTender extends Omit<DossierLint, 'findings'> {
  readings: Reading[];
  layouts: Map<string, LayoutBlock[]>;
  /** In order of files and places; those on the whole tender with them. */
  findings: KnownFinding[];
  setAside: SetAside[];
  /** Marks that set nothing aside because they give no reason: `path: rule`. */
  marksWithoutReason: string[];
}

export interface LintRunOptions extends RunOptions {
  language: MessageLanguage;
  purchase: Context | null;
  /** Whether all files are one tender, or each its own. */
  together: boolean;
  /** Fingerprints of findings that are known and not reported again. */
  baseline: ReadonlySet<string>;
}

const NOTHING_KNOWN = { date: null, country: null, publisher: null, type: null, title: null, language: null };

/** Reads the files and lints them, as one tender or each as its own. */
export async function lintAll(
  sources: Iterable<SourceFile> | AsyncIterable<SourceFile>,
  options: LintRunOptions,
): Promise<{ tenders: LintedTender[]; end: RunEnd }> {
  const catalogue = loadCatalogue();
  const read: { reading: Reading; facts: TenderFacts; layout: LayoutBlock[] }[] = [];
  // Whose law applies is the buyer's word, where there is one.
  const known = options.purchase && { ...NOTHING_KNOWN, country: options.purchase.country };
  const end = await runReadings(
    sources,
    { ...options, lint: options.purchase ? 'described' : 'inferred', ...(known ? { manifestFor: () => known } : {}) },
    (reading, lint) => {
      const { path } = reading.source;
      read.push({ reading, facts: lint ? { ...lint.facts, path } : nullFacts(path), layout: lint?.layout ?? [] });
    },
  );
  const groups = options.together ? (read.length > 0 ? [read] : []) : read.map((one) => [one]);
  return { tenders: groups.map((group) => tenderOf(group, catalogue, options)), end };
}

function tenderOf(
  group: readonly { reading: Reading; facts: TenderFacts; layout: LayoutBlock[] }[],
  catalogue: Catalogue,
  { purchase, baseline, language }: LintRunOptions,
): LintedTender {
  const country = group.map(({ reading }) => reading.source.country).find((one) => one !== null) ?? null;
  const lint = lintDossier(
    group.map(({ facts }) => facts),
    { catalogue, purchase, country, language },
  );
  const order = new Map(group.map(({ reading }, i) => [reading.source.path, i]));
  const all = [
    ...group.flatMap(({ reading }) => reading.findings.map((finding) => ({ ...finding, path: reading.source.path }))),
    ...lint.findings,
  ].sort((a, b) => (order.get(a.path) ?? 0) - (order.get(b.path) ?? 0) || a.start - b.start);
  const prints = fingerprintsOf(all);
  const marks = new Map(group.map(({ facts }) => [facts.path, facts.ignores.ignores]));
  const findings: KnownFinding[] = [];
  const setAside: SetAside[] = [];
  all.forEach((finding, i) => {
    const known = { ...finding, fingerprint: prints[i] ?? '' };
    const mark = ignoreOf(finding, marks.get(finding.path) ?? []);
    if (mark) setAside.push({ finding: known, reason: mark.reason });
    else if (baseline.has(known.fingerprint)) setAside.push({ finding: known, reason: 'baseline' });
    else findings.push(known);
  });
  return {
    ...lint,
    readings: group.map(({ reading }) => reading),
    layouts: new Map(group.map(({ reading, layout }) => [reading.source.path, layout])),
    findings,
    setAside,
    marksWithoutReason: group.flatMap(({ facts }) =>
      facts.ignores.withoutReason.map((rule) => `${facts.path}: ${rule}`),
    ),
  };
}
