import { DocumentBuilder } from './builder.ts';
import { isBlank } from './encoding.ts';
import { fillLanguages } from './language.ts';
import type { Document, Format, Problem } from './model.ts';
import { judgeNoise } from './noise.ts';
import { DEFAULT_LIMITS, type Limits, type Ocr, UnreadableError } from './reader.ts';
import { READERS } from './readers.ts';
import { formatOfName, sniff } from './sniff.ts';

export interface ParseOptions {
  limits?: Partial<Limits>;
  /** Fill `Block.runs` (Word only). */
  anchors?: boolean;
  /** Reads the pictures of scanned pages. Without it they are reported and left out. */
  ocr?: Ocr;
}

/** Formats whose text is free prose, so that a text that is no language at all means the file was not read right. */
const PROSE: ReadonlySet<Format> = new Set<Format>(['txt', 'doc', 'rtf']);

/**
 * Any file to one `Document`. What could not be read is a `Problem` of the document, fatal where nothing could; exceptions are
 * programming errors. `name` is used for its extension only, and only where the bytes do not say what they are.
 */
export async function parse(bytes: Uint8Array, name: string, options: ParseOptions = {}): Promise<Document> {
  if (isBlank(bytes)) {
    return unread('unknown', [
      { code: 'empty', message: 'The file is empty. Get it again from its source.', fatal: true },
    ]);
  }
  const sniffed = sniff(bytes, name);
  const notes = mislabelled(sniffed.format, name);
  if (sniffed.refused !== undefined) return unread('unknown', [...notes, { ...sniffed.refused, fatal: true }]);
  const load = READERS[sniffed.format];
  if (load === undefined) {
    const message = 'This is a folder of files (zip). Read it as a folder: its files are read one by one.';
    return unread(sniffed.format, [...notes, { code: 'unsupported', message, fatal: true }]);
  }
  const limits: Limits = { ...DEFAULT_LIMITS, ...options.limits };
  try {
    const { reader } = await load();
    const document = await reader.read(bytes, {
      name,
      limits,
      anchors: options.anchors ?? false,
      ...(options.ocr ? { ocr: options.ocr } : {}),
    });
    document.problems.unshift(...notes);
    return await finish(document);
  } catch (error) {
    if (error instanceof UnreadableError) return unread(sniffed.format, [...notes, error.problem]);
    throw error;
  }
}

async function finish(document: Document): Promise<Document> {
  if (document.text === '' && !document.problems.some((problem) => problem.fatal)) {
    document.problems.push({
      code: 'empty',
      message: 'The document holds no text. If it should, ask for a copy whose text can be selected.',
      fatal: true,
    });
  }
  if (PROSE.has(document.format) && (await judgeNoise(document.text.slice(0, 20_000))) === 'noise') {
    const message =
      'The text of this file is not writing in any language (wrong encoding or damaged). Get it again from its source, or as PDF.';
    return unread(document.format, [...document.problems, { code: 'noise', message, fatal: true }]);
  }
  await fillLanguages(document);
  return document;
}

function mislabelled(format: Format, name: string): Problem[] {
  const named = formatOfName(name);
  if (named === null || format === 'unknown' || named === format) return [];
  // A word in the name is a hint among kinds of plain text, not a claim that can be wrong.
  const message = `The name says ${named}, the content is ${format}; it was read as ${format}. Rename it so that other programs can open it.`;
  return [{ code: 'mislabelled', message, fatal: false }];
}

function unread(format: Format, problems: Problem[]): Document {
  const document = new DocumentBuilder(format).build();
  document.problems.push(...problems);
  return document;
}
