export { type AnnotateJob, type AnnotateResult, annotateFile } from './annotate-file.ts';
export {
  type Annotated,
  type Annotations,
  annotateWord,
  type WordNote,
  type WordProposal,
  withoutAnnotations,
} from './comments.ts';
export { lintNotes, lintProposals } from './lint-comments.ts';
