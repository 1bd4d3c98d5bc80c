import type { Requirement } from '@proviso/catalogue';
import type { BlockKind, Format } from '@proviso/documents';
import type { AnnotateResult, AnnotateJob as WordJob } from '@proviso/publishing/word';
import type { MessageLanguage, Reading, TenderFacts } from '@proviso/reading';
import type { Passage } from '@proviso/store';

/** A block of a document as pages show it. */
export interface LayoutBlock {
  kind: BlockKind;
  start: number;
  end: number;
  level: number | null;
  page: number | null;
}

/** Is this file what it says, and can it be read? */
export interface CheckJob {
  kind: 'check';
  file: string;
  name: string;
}
export interface Checked {
  format: Format | null;
  /** Code of the problem that keeps it from being read, or of the first lesser one; null for none. */
  problem: string | null;
}

/** Read a document as the tender's linter does. */
export interface ReadJob {
  kind: 'read';
  file: string;
  name: string;
  sha256: string;
  bytes: number;
  engine: string;
  asOf: string;
  language: MessageLanguage;
  /** Where the buyer says whose law applies. */
  country: string | null;
  /** It belongs to a purchase, so it is a tender whatever its words look like. */
  isTender: boolean;
  /** Words by which a clause shows that it asks for what the organisation asks beside the catalogue. */
  own: Pick<Requirement, 'id' | 'phrases'>[];
}
export interface ReadDocument {
  reading: Reading;
  facts: TenderFacts;
  text: string;
  blocks: LayoutBlock[];
  passages: Passage[];
}

/** Write comments into a Word file. */
export interface AnnotateJob extends WordJob {
  kind: 'annotate';
}

export type ChildJob = CheckJob | ReadJob | AnnotateJob;
export type ChildAnswer<Job extends ChildJob> = Job extends CheckJob
  ? Checked
  : Job extends ReadJob
    ? ReadDocument
    : AnnotateResult;
