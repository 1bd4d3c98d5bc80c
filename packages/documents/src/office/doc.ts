import WordExtractor from 'word-extractor';
import type { Document } from '../model.ts';
import type { FileToRead, FormatReader } from '../reader.ts';
import { UnreadableError } from '../reader.ts';
import { Collector } from './collector.ts';
import { headingByLook, printedNumber } from './heading-look.ts';
import { Enough } from './xml.ts';

/** Word 97 to 2003 documents (.doc). Styles and list numbers are not to be had; headings are told by their look. */
export const reader: FormatReader = { formats: ['doc'], read: readDoc };

const PLAIN = { filterUnicode: false };

async function readDoc(bytes: Uint8Array, file: FileToRead): Promise<Document> {
  const collector = new Collector('doc', file.limits);
  if (isEncrypted(bytes)) throw encrypted();
  const extracted = await extract(bytes);
  try {
    for (const line of extracted.getBody(PLAIN).split(/[\n\r\f]/)) writeLine(line, collector);
    for (const text of lines(extracted.getTextboxes({ ...PLAIN, includeHeadersAndFooters: false })))
      collector.add('paragraph', text);
    for (const text of [...lines(extracted.getFootnotes(PLAIN)), ...lines(extracted.getEndnotes(PLAIN))])
      collector.add('footnote', text);
  } catch (error) {
    if (!(error instanceof Enough)) throw error;
  }
  for (const text of lines(extracted.getHeaders({ ...PLAIN, includeFooters: false }))) collector.aside('header', text);
  for (const text of lines(extracted.getFooters(PLAIN))) collector.aside('footer', text);
  for (const text of lines(extracted.getAnnotations(PLAIN))) collector.aside('comment', text);
  return collector.build();
}

async function extract(
  bytes: Uint8Array,
): Promise<ReturnType<WordExtractor['extract']> extends Promise<infer T> ? T : never> {
  try {
    return await new WordExtractor().extract(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    if (/encrypt|password/i.test(reason)) throw encrypted();
    throw new UnreadableError({
      code: 'corrupt',
      message:
        'This legacy Word file is damaged or of a version before Word 97. Save it as .docx or PDF and give that.',
    });
  }
}

/** The header of the text ([MS-DOC] 2.5.2) stands at the start of a sector and says whether what follows is encrypted. */
function isEncrypted(bytes: Uint8Array): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 512; at + 32 <= bytes.length; at += 512) {
    const version = view.getUint16(at + 2, true);
    if (view.getUint16(at, true) === 0xa5ec && version >= 0xc0 && version <= 0x120)
      return (view.getUint16(at + 10, true) & 0x100) !== 0;
  }
  return false;
}

function encrypted(): UnreadableError {
  return new UnreadableError({
    code: 'encrypted',
    message: 'The document is protected with a password. Save it without one, or ask its publisher for an open copy.',
  });
}

/** Cells of a row end in a tab, and so does the row. */
function writeLine(raw: string, collector: Collector): void {
  const text = raw.replace(/\u00ad|[^\P{Cc}\t]/gu, '');
  if (text.trim() === '') return;
  if (/\t\s*$/.test(text) && text.trim().includes('\t')) {
    collector.addRow(text.split('\t'));
    return;
  }
  const line = text.trim();
  const number = printedNumber(line);
  // Without formatting only a clause number of two levels, or one with its word, tells a heading.
  const clause = number !== null && /\.\d|\s/.test(number);
  const level = headingByLook({ text: line, bold: clause, caps: false, large: false, number: null, ilvl: 0 });
  if (level !== null) collector.add('heading', line, number === null ? { level } : { level, number });
  else if (/^[•▪◦·\-–]\s/.test(line)) collector.add('item', line);
  else collector.add('paragraph', line, number?.includes('.') ? { number } : {});
}

function lines(text: string): string[] {
  return text.split(/[\n\r]+/).filter((line) => line.trim() !== '');
}
