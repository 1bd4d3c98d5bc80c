export { type Codebook, codeLabel, loadCodebook, SCALES, type Scale } from './codebook.ts';
export type { ManifestRow } from './facts/facts.ts';
export { isNamed, isStale } from './mentions.ts';
export { MESSAGE_LANGUAGES, type MessageLanguage } from './messages.ts';
export { nullReading, type SourceFile } from './null-reading.ts';
export { type ReadContext, read } from './read.ts';
export { loadReadingData, type ReadingData } from './reading-data.ts';
export { type RuleDescription, ruleDescriptions } from './rules-run.ts';
export { fingerprintsOf } from './tender/fingerprint.ts';
export { type Ignore, ignoreOf } from './tender/ignores.ts';
export { type DossierLint, type LintContext, lintDossier, type TenderFinding } from './tender/lint.ts';
export {
  CatalogueWords,
  catalogueWords,
  type LintDocumentContext,
  type LintedDocument,
  lintDocument,
} from './tender/lint-document.ts';
export { nullFacts } from './tender/null-facts.ts';
export { COVERED, type TenderFacts } from './tender/tender-facts.ts';
export * from './types.ts';
