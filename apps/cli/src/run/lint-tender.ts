import { type Catalogue, type Context, loadCatalogue } from '@proviso/catalogue';
import {
  type DossierLint,
  fingerprintsOf,
  ignoreOf,
  lintDossier,
  type MessageLanguage,
  nullFacts,
  type Reading,
  type TenderFinding,
} from '@proviso/reading';
import type { LayoutBlock, LintPart } from './job.ts';

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

/** A document of a tender as a child gave it; without `lint` where it could not be read. */
export interface TenderDocument {
  reading: Reading;
  lint: LintPart | null;
}

export interface TenderContext {
  language: MessageLanguage;
  purchase: Context | null;
  /** With an organisation's own; null for the one that came. */
  catalogue: Catalogue | null;
  /** Fingerprints of findings that are known and not reported again. */
  baseline: ReadonlySet<string>;
}

/** Judges the documents of one tender together. */
export function tenderOf(
  documents: readonly TenderDocument[],
  { purchase, baseline, language, ...given }: TenderContext,
): LintedTender {
  const catalogue = given.catalogue ?? loadCatalogue();
  const group = documents.map(({ reading, lint }) => {
    const { path } = reading.source;
    return { reading, facts: lint ? { ...lint.facts, path } : nullFacts(path), layout: lint?.layout ?? [] };
  });
  const country = group.map(({ reading }) => reading.source.country).find((one) => one !== null) ?? null;
  const lint = lintDossier(
    // Of a document that could not be read nothing is known, not even its language.
    group.flatMap(({ reading, facts }) => (reading.problems.some(({ fatal }) => fatal) ? [] : [facts])),
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
