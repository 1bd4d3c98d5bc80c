import type { Document } from '../model.ts';
import type { FileToRead, FormatReader } from '../reader.ts';
import { BoundedBuilder } from './bounded.ts';
import { readLines } from './plain-blocks.ts';
import { readDelimited } from './plain-delimited.ts';

/** Plain text in any encoding: paragraphs, numbered and capital headings, lists, tables drawn with characters, form feeds as pages. */
export const reader: FormatReader = {
  formats: ['txt'],
  read(bytes: Uint8Array, file: FileToRead): Document {
    const builder = new BoundedBuilder('txt', file.limits);
    const { text, encoding } = builder.decode(bytes);
    builder.property('encoding', encoding);
    if (/\.(?:csv|tsv)$/i.test(file.name)) readDelimited(builder, text);
    else readPages(builder, text);
    const document = builder.build();
    const first = document.blocks[0];
    if (first?.kind === 'heading') document.title = document.text.slice(first.start, first.end);
    return document;
  },
};

function readPages(builder: BoundedBuilder, text: string): void {
  const pages = text.split('\f');
  if (pages.length > 1 && pages.at(-1)?.trim() === '') pages.pop();
  if (pages.length > 1) builder.pages = pages.length;
  for (const [index, page] of pages.entries()) {
    readLines(builder, page, pages.length > 1 ? index + 1 : undefined);
    if (builder.full) return;
  }
}
