import { readFile, writeFile } from 'node:fs/promises';
import { type Block, parse, type RunAnchor } from '@proviso/documents';
import { annotateWord, type WordProposal } from './comments.ts';

/** Comments and proposals for one Word file, by offsets into its text as a reading gives it. */
export interface AnnotateJob {
  /** As bytes where its name is not UTF-8. */
  file: string | Buffer;
  out: string;
  date: string;
  notes: { start: number; end: number; paragraphs: string[] }[];
  proposals: { after: number | null; paragraphs: WordProposal['paragraphs'] }[];
}

export interface AnnotateResult {
  placed: number;
  /** Indices of notes without a place in the body. */
  unplaced: number[];
}

/** Parses a Word file again with anchors and writes it with comments. The file is anybody's: call it in a child that can be killed. */
export async function annotateFile(job: AnnotateJob): Promise<AnnotateResult> {
  const bytes = await readFile(job.file);
  const { blocks } = await parse(bytes, 'draft.docx', { anchors: true });
  const notes = job.notes.map(({ start, end, paragraphs }) => ({ runs: anchorsIn(blocks, start, end), paragraphs }));
  const proposals = job.proposals.map(({ after, paragraphs }) => ({
    after: after === null ? null : (anchorsIn(blocks, after, after + 1)[0] ?? null),
    paragraphs,
  }));
  const annotated = annotateWord(bytes, { notes, proposals, date: job.date });
  await writeFile(job.out, annotated.bytes);
  return { placed: notes.length - annotated.unplaced.length, unplaced: annotated.unplaced };
}

/** The anchors of the characters from `start` to `end`, cut to them. */
function anchorsIn(blocks: readonly Block[], start: number, end: number): RunAnchor[] {
  return blocks
    .filter((block) => block.start < end && start < block.end)
    .flatMap((block) => block.runs ?? [])
    .filter((run) => run.start < end && start < run.end)
    .map((run) => {
      const from = Math.max(start, run.start);
      return { ...run, start: from, end: Math.min(end, run.end), offset: run.offset + from - run.start };
    });
}
