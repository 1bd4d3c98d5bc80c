import type { Block, Document } from '@proviso/documents';
import type { Passage } from '@proviso/store';

/** Characters after which a passage is long enough to be found by itself. */
const LONG = 1_200;

/**
 * A document's text in passages for search: blocks that follow each other under one heading, on one page, in one language. Headings begin
 * one and are its first words. Nothing is left out.
 */
export function passagesOf({ text, blocks, language }: Pick<Document, 'text' | 'blocks' | 'language'>): Passage[] {
  const passages: Passage[] = [];
  let open: { passage: Passage; under: number | undefined } | null = null;
  blocks.forEach((block, i) => {
    const words = text.slice(block.start, block.end);
    if (words.trim() === '') return;
    const heads = block.kind === 'heading' || block.kind === 'title';
    const under = heads ? i : block.under;
    const of = { page: block.page ?? null, language: block.language ?? language };
    if (
      open &&
      !heads &&
      open.under === under &&
      open.passage.page === of.page &&
      open.passage.language === of.language &&
      open.passage.text.length < LONG
    ) {
      open.passage.text += `\n${words}`;
      return;
    }
    open = { passage: { ...of, heading: headingPath(text, blocks, under), text: words }, under };
    passages.push(open.passage);
  });
  return passages;
}

/** A heading with those above it, outermost first; null at the top. */
function headingPath(text: string, blocks: readonly Block[], heading: number | undefined): string | null {
  const path: string[] = [];
  const seen = new Set<number>();
  for (let at = heading; at !== undefined && !seen.has(at); at = blocks[at]?.under) {
    seen.add(at);
    const block = blocks[at];
    if (block) path.unshift(text.slice(block.start, block.end));
  }
  return path.length === 0 ? null : path.join(' › ').slice(0, 500);
}
