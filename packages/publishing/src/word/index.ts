export {
  type Annotated,
  type Annotations,
  annotateWord,
  type WordNote,
  type WordProposal,
  withoutAnnotations,
} from './comments.ts';
