import type { Block, Document } from '@proviso/documents';
import type { TenderWords } from './tender-words.ts';

/** Longest cell that can be a mark ("M", "Ausschlusskriterium"); longer ones say something. */
const LONGEST_MARK = 24;

/**
 * Rows that their table makes demands: it has a head that says so ("Requirement"), or they have a mark of their own ("M", "Obligatoire").
 * One byte a block, 1 for such a row; the head itself is none.
 */
export function demandingRows(
  { blocks, text }: Document,
  { demandHead, demandMark, wishMark }: TenderWords,
): Uint8Array {
  const demanding = new Uint8Array(blocks.length);
  let head = false;
  blocks.forEach((block, i) => {
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
