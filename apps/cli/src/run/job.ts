import type { Requirement } from '@proviso/catalogue';
import type { BlockKind, Problem } from '@proviso/documents';
import type { ManifestRow, MessageLanguage, Reading, TenderFacts } from '@proviso/reading';

/**
 * Whether also to look for what makes a poor tender, and give what a document adds to its dossier: whether it is one is told from its words,
 * or said by the buyer who described the purchase.
 */
export type Linting = 'no' | 'inferred' | 'described';

/** One document to read, in a child process. */
export interface ReadJob {
  /** The file to open; as bytes where its name is not UTF-8. */
  file: string | Buffer;
  /** What the reading calls the document: the file's path, and `!/` before each name inside an archive. */
  path: string;
  /** Names inside nested archives, outermost first; empty for a plain file. */
  members: string[];
  /** Of the file; where the document stands in an archive, the child puts the document's own in the reading. */
  sha256: string;
  bytes: number;
  engine: string;
  asOf: string;
  manifest: ManifestRow | null;
  withText: boolean;
  /** Of the findings' messages. */
  language: MessageLanguage;
  lint: Linting;
  /** Words by which a clause shows that it asks for what an organisation asks beside the catalogue. */
  own?: Pick<Requirement, 'id' | 'phrases'>[];
}

/** A block of a document as margin notes show it. */
export interface LayoutBlock {
  kind: BlockKind;
  start: number;
  end: number;
  level: number | null;
  page: number | null;
}

/** What linting adds to a reading. */
export interface LintPart {
  facts: TenderFacts;
  /** Only with the text. */
  layout: LayoutBlock[];
}

/** What a child answers. An archive is opened one level at a time, so that each member is a job of its own. */
export type ReadResult =
  | { kind: 'reading'; reading: Reading; signature: number[] | null; lint: LintPart | null }
  | { kind: 'archive'; members: { name: string; bytes: number }[]; problems: Problem[] };
