import { DocumentBuilder } from '../builder.ts';
import type { Aside, Document } from '../model.ts';
import { judgeNoise } from '../noise.ts';
import { type FileToRead, type FormatReader, UnreadableError } from '../reader.ts';
import { writeBlocks } from './blocks.ts';
import { type Engine, engine, recycle } from './engine.ts';
import type { Flow, Item } from './flow.ts';
import { type LaidOutPage, takeFurniture, textOfFlow } from './furniture.ts';
import { MAX_RULES, takeTables } from './grid.ts';
import { knownWords } from './hyphen.ts';
import { order } from './order.ts';
import { type PageContent, readPage } from './page.ts';
import { isTitle, readProperties } from './properties.ts';
import { isCutOff, withNewEnd } from './recover.ts';

/** `FPDF_ERR_PASSWORD`, `FPDF_ERR_SECURITY`. */
const PASSWORD = 4;
const SECURITY = 5;
/** Characters under which a page that is a picture has no text layer worth the name. */
const SCAN_CHARS = 120;

export const reader: FormatReader = { formats: ['pdf'], read };

async function read(bytes: Uint8Array, file: FileToRead): Promise<Document> {
  try {
    return await readBytes(bytes, file);
  } catch (error) {
    if (!(error instanceof UnreadableError) || error.problem.code !== 'corrupt') throw error;
    const mended = withNewEnd(bytes);
    if (mended === null) throw isCutOff(bytes) ? cutOff() : error;
    const document = await readBytes(mended, file);
    const message = `The end of the PDF is missing; ${document.pages} pages could be recovered. Get the whole file from its source.`;
    document.problems.unshift({ code: 'truncated', message, fatal: false });
    return document;
  }
}

async function readBytes(bytes: Uint8Array, file: FileToRead): Promise<Document> {
  const pdf = await engine();
  let broken = true;
  let data = 0;
  let document = 0;
  try {
    data = pdf.calls.malloc(bytes.length);
    pdf.views().u8.set(bytes, data);
    document = open(pdf, data, bytes.length);
    const result = await readDocument(pdf, document, file);
    broken = false;
    return result;
  } catch (error) {
    if (error instanceof UnreadableError) {
      broken = error.problem.code === 'too-much-memory';
      throw error;
    }
    if (error instanceof WebAssembly.RuntimeError) throw damaged();
    throw error;
  } finally {
    if (!broken) {
      if (document !== 0) pdf.calls.FPDF_CloseDocument(document);
      pdf.calls.free(data);
    }
    await recycle(broken);
  }
}

function open(pdf: Engine, data: number, size: number): number {
  const noPassword = pdf.scratch;
  pdf.views().u8[noPassword] = 0;
  const document = pdf.calls.FPDF_LoadMemDocument(data, size, noPassword);
  if (document !== 0) return document;
  const code = pdf.calls.FPDF_GetLastError();
  if (code === PASSWORD || code === SECURITY) {
    throw new UnreadableError({
      code: 'encrypted',
      message:
        code === PASSWORD
          ? 'The PDF opens only with a password. Save it without one, or ask its publisher for an open copy.'
          : 'The PDF is protected by a scheme only its own viewer can open. Print it to a new PDF, or ask for an open copy.',
    });
  }
  throw damaged();
}

function damaged(): UnreadableError {
  return new UnreadableError({
    code: 'corrupt',
    message: 'The PDF is damaged, and no page of it can be recovered. Get it again from its source.',
  });
}

function cutOff(): UnreadableError {
  return new UnreadableError({
    code: 'truncated',
    message: 'The PDF is cut off, and no page of it can be recovered. Get the whole file from its source.',
  });
}

async function readDocument(pdf: Engine, document: number, file: FileToRead): Promise<Document> {
  const builder = new DocumentBuilder('pdf');
  const count = pdf.calls.FPDF_GetPageCount(document);
  builder.pages = count;
  if (count === 0) throw damaged();
  const last = Math.min(count, file.limits.maxPages);
  const found: FoundPages = { scanned: [], noisy: [], failed: [], crowded: [], asides: [] };
  const pages: LaidOutPage[] = [];
  let chars = 0;
  let read = 0;
  for (; read < last && chars <= file.limits.maxChars; read++) {
    const page = await layOut(pdf, document, read, found);
    if (page === null) continue;
    pages.push(page);
    for (const flow of page.flow) chars += textOfFlow(flow).length;
  }
  readProperties(pdf, document, builder);
  builder.asides.push(...found.asides, ...takeFurniture(pages, new Set(found.scanned)));
  const printed = writeBlocks(builder, pages, file.limits.maxBlocks);
  builder.title = chooseTitle(builder.properties.title, printed, pages);
  report(builder, found, count, read);
  return builder.build();
}

/** The title of the document information where the first pages show it, else the one they print; programs make titles up. */
function chooseTitle(stated: string | undefined, printed: string | null, pages: readonly LaidOutPage[]): string | null {
  if (stated === undefined || !isTitle(stated)) return printed;
  const shown = knownWords(pages.slice(0, 2).flatMap((page) => page.flow.map(textOfFlow)));
  const words = [...knownWords([stated])];
  const confirmed = words.length > 1 && words.filter((word) => shown.has(word)).length >= words.length * 0.6;
  return confirmed ? stated : (printed ?? stated);
}

interface FoundPages {
  scanned: number[];
  noisy: number[];
  failed: number[];
  crowded: number[];
  asides: Aside[];
}

async function layOut(pdf: Engine, document: number, index: number, found: FoundPages): Promise<LaidOutPage | null> {
  const content = readPage(pdf, document, index);
  const page = index + 1;
  if (content === null) {
    found.failed.push(page);
    return null;
  }
  if (content.pictured > 0.45 && content.chars < SCAN_CHARS) found.scanned.push(page);
  if (content.cut) found.crowded.push(page);
  const text = content.pieces.map((piece) => piece.text).join(' ');
  if ((await judgeNoise(text, content.unmapped)) === 'noise') {
    found.noisy.push(page);
    return null;
  }
  for (const mark of content.slanted) found.asides.push({ kind: 'header', text: mark, page });
  for (const comment of content.comments) found.asides.push({ kind: 'comment', text: comment, page });
  return { page, height: content.height, flow: flowOf(content) };
}

/** What stands on a page, in reading order. */
function flowOf(content: PageContent): Flow[] {
  const rules = content.rules.length > MAX_RULES ? [] : content.rules;
  const layout = (items: readonly Item[]): Flow[] => order(items, rules);
  const flow = layout(takeTables(content.pieces, rules, layout));
  for (const text of content.sideways)
    flow.push({ kind: 'line', text, x0: 0, x1: 0, base: 0, size: 6, bold: 0, right: 0, body: 0 });
  return flow;
}

function report(builder: DocumentBuilder, found: FoundPages, count: number, read: number): void {
  const { scanned, noisy, failed } = found;
  const nothing = builder.size === 0;
  if (scanned.length > 0) {
    const all = nothing && noisy.length === 0;
    builder.problem({
      code: all ? 'scanned' : 'partly-scanned',
      message: all
        ? 'The pages are pictures without text, and text recognition is not available yet. Ask for the original document or run it through OCR.'
        : `${sentence(pagesIn(scanned))} of ${count} hold pictures without text and were not read. Ask for the original document or run it through OCR.`,
      fatal: all,
      pages: scanned,
    });
  }
  if (noisy.length > 0) {
    builder.problem({
      code: 'noise',
      message: `The text behind ${pagesIn(noisy)} of ${count} is not what the page shows (broken font table or failed OCR) and was not read. Ask for another copy or run it through OCR.`,
      fatal: nothing,
      pages: noisy,
    });
  }
  if (failed.length > 0) {
    builder.problem({
      code: 'corrupt',
      message: `${sentence(pagesIn(failed))} of ${count} could not be read: damaged. Get the file again from its source.`,
      fatal: nothing,
      pages: failed,
    });
  }
  if (found.crowded.length > 0) {
    const message = `${sentence(pagesIn(found.crowded))} holds more than can be a page; what came after was left out. Ask for another copy.`;
    builder.problem({ code: 'cut', message, fatal: false, pages: found.crowded });
  }
  if (read < count) {
    builder.problem({
      code: 'cut',
      message: `Only the first ${read} of ${count} pages were read; the rest is past the limit. Split the file and read its parts.`,
      fatal: false,
    });
  }
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** `page 3`, `pages 3, 5-9`. */
function pagesIn(pages: readonly number[]): string {
  const parts: string[] = [];
  for (let i = 0; i < pages.length; i++) {
    const first = pages[i] ?? 0;
    while (pages[i + 1] === (pages[i] ?? 0) + 1) i++;
    const last = pages[i] ?? 0;
    parts.push(first === last ? `${first}` : `${first}-${last}`);
  }
  return `${pages.length === 1 ? 'page' : 'pages'} ${parts.join(', ')}`;
}
