import type { Block, Document } from '@proviso/documents';
import type { TenderWords } from './tender-words.ts';

/** Longest cell that can be a mark ("M", "Ausschlusskriterium"); longer ones say something. */
const LONGEST_MARK = 24;
/** Characters at the start of a block in which its label stands. */
const LONGEST_LABEL = 40;

/**
 * Blocks whose form makes them demands: rows of a table with a head that says so ("Requirement") or with a mark of their own ("M",
 * "Obligatoire"), and what begins with a label ("Requirement 12: …"). One byte a block, 1 for such a block; the head itself is none.
 */
export function demandingBlocks(
  { blocks, text }: Document,
  { demandHead, demandMark, demandLabel, wishMark }: TenderWords,
): Uint8Array {
  const demanding = new Uint8Array(blocks.length);
  let head = false;
  blocks.forEach((block, i) => {
    if (block.kind === 'heading' || block.kind === 'title') return;
    if (demandLabel.test(text.slice(block.start, block.start + LONGEST_LABEL))) demanding[i] = 1;
    if (block.kind !== 'row') return;
    if (blocks[i - 1]?.kind !== 'row') {
      head = demandHead.test(text.slice(block.start, block.end));
      return;
    }
    const marks = cellsOf(block, text).filter((cell) => cell.length <= LONGEST_MARK);
    if (marks.some((cell) => wishMark.test(cell))) return;
    if (head || marks.some((cell) => demandMark.test(cell))) demanding[i] = 1;
  });
  return demanding;
}

function cellsOf({ cells = [] }: Block, text: string): string[] {
  return cells.map(([start, end]) => text.slice(start, end).trim());
}
