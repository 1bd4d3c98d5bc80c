import type { Document } from '../../model.ts';
import type { FormatReader, Limits } from '../../reader.ts';
import { DEFAULT_LIMITS } from '../../reader.ts';

/** Reads a text and gives its document, after checking that every block stands at its offsets. */
export async function documentOf(
  reader: FormatReader,
  text: string | Uint8Array,
  name = 'file',
  limits: Partial<Limits> = {},
): Promise<Document> {
  const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text;
  const document = await reader.read(bytes, { name, limits: { ...DEFAULT_LIMITS, ...limits } });
  let end = -1;
  for (const block of document.blocks) {
    const slice = document.text.slice(block.start, block.end);
    if (block.start !== end + 1 || slice === '' || slice !== slice.trim())
      throw new Error(`A block stands wrong: ${JSON.stringify(slice)}`);
    end = block.end;
  }
  return document;
}

/** Each block as `kind text`, with level or number where it has one: `heading2 Scope`, `item(a) …`. */
export async function blocksOf(
  reader: FormatReader,
  text: string | Uint8Array,
  name = 'file',
  limits: Partial<Limits> = {},
): Promise<string[]> {
  return listed(await documentOf(reader, text, name, limits));
}

export function listed(document: Document): string[] {
  return document.blocks.map((block) => {
    const level = block.kind === 'heading' || (block.kind === 'item' && block.level !== 1) ? (block.level ?? '') : '';
    const number = block.number === undefined ? '' : `(${block.number})`;
    return `${block.kind}${level}${number} ${document.text.slice(block.start, block.end)}`;
  });
}
