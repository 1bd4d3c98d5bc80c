import { DEFAULT_LIMITS, type Document, parse, Zip } from '@proviso/documents';

/** The text of one part of a Word file. */
export function partOf(file: Uint8Array, name: string): string {
  const zip = new Zip(file, DEFAULT_LIMITS);
  const entry = zip.get(name);
  return entry ? new TextDecoder().decode(zip.read(entry)) : '';
}

/** A Word file as our own reader gives it back, with the blanks of typesetting made plain. */
export async function readBack(file: Uint8Array): Promise<Document & { plain: string }> {
  const document = await parse(file, 'paper.docx');
  return { ...document, plain: plain(document.text) };
}

export const plain = (text: string): string => text.replace(/[\u00a0\u202f]/g, ' ');
