import { Parser } from 'htmlparser2';
import type { Document } from '../model.ts';
import { CELLS_A_BLOCK, type FileToRead, type FormatReader } from '../reader.ts';
import { BoundedBuilder } from './bounded.ts';
import { HtmlFlow } from './html-flow.ts';
import { HtmlMetadata } from './html-metadata.ts';
import { addPieces } from './html-regions.ts';
import type { FlowPiece } from './html-table.ts';
import { tidy } from './piece.ts';
import { removeTemplateTags } from './template-tags.ts';

/** Saved web pages: the text in order, with menus, banners, footers and hidden parts kept apart. */
export const reader: FormatReader = {
  formats: ['html'],
  read(bytes: Uint8Array, file: FileToRead): Document {
    const builder = new BoundedBuilder('html', file.limits);
    const { text } = builder.decodeMarkup(bytes, { markup: 'html' });
    readHtml(builder, removeTemplateTags(text), { maxDepth: file.limits.maxDepth, whole: true });
    return builder.build();
  },
};

export interface HtmlOptions {
  maxDepth: number;
  /** A whole page, with a frame of menus and banners; false for a piece of HTML inside another format. */
  whole: boolean;
}

/** Elements that may be open at once; the parser searches all of them at every tag, so the number keeps hostile markup affordable. */
const MAX_OPEN = 1024;

/** Characters handed to the parser at a time. */
const CHUNK = 1024 * 1024;

/** Past `MAX_OPEN` open elements, further ones are taken as empty: their text is read, their structure is not. */
class BoundedParser extends Parser {
  private opened = 0;
  private skipped = 0;
  private deep = false;

  override onopentagname(start: number, endIndex: number): void {
    this.deep = this.opened >= MAX_OPEN;
    if (this.deep) this.skipped++;
    super.onopentagname(start, endIndex);
  }

  override onclosetag(start: number, endIndex: number): void {
    this.deep = this.skipped > 0;
    if (this.deep) this.skipped--;
    super.onclosetag(start, endIndex);
  }

  /** Tells of an element that was opened (1) or closed (-1). */
  count(name: string, change: 1 | -1): void {
    if (!this.isVoidElement(name)) this.opened += change;
  }

  protected override isVoidElement(name: string): boolean {
    return this.deep || super.isVoidElement(name);
  }
}

/** Reads HTML into `builder`. Never throws; markup of any depth and any disorder is read in time in line with its length. */
export function readHtml(builder: BoundedBuilder, html: string, options: HtmlOptions): void {
  const flow = new HtmlFlow(options.maxDepth);
  const metadata = new HtmlMetadata(builder);
  let chars = 0;
  let cells = 0;
  let rows = 0;
  const parser: BoundedParser = new BoundedParser(
    {
      onopentag(name, attributes) {
        parser.count(name, 1);
        if (name === 'td' || name === 'th') cells++;
        else if (name === 'tr') rows++;
        if (options.whole) metadata.open(name, attributes);
        flow.onopentag(name, attributes);
      },
      ontext(data) {
        chars += data.length;
        if (options.whole) metadata.text(data);
        flow.ontext(data);
      },
      onclosetag(name) {
        parser.count(name, -1);
        if (options.whole) metadata.close(name);
        flow.onclosetag(name);
      },
    },
    { decodeEntities: true, lowerCaseTags: true, lowerCaseAttributeNames: true, recognizeSelfClosing: false },
  );
  for (
    let at = 0;
    at < html.length && !builder.holdsEnough(flow.pieces.length + rows + cells / CELLS_A_BLOCK, chars);
    at += CHUNK
  )
    parser.write(html.slice(at, at + CHUNK));
  parser.end();
  flow.onend();
  if (flow.flattened) {
    builder.problem({
      code: 'too-deep',
      message: `Elements are nested more than ${options.maxDepth} deep; the text was read, the structure below that was not.`,
      fatal: false,
    });
  }
  if (options.whole) nameDocument(builder, flow);
  addPieces(builder, flow.pieces, options.whole);
}

/** The title of the page, also as a block where no heading repeats it. */
function nameDocument(builder: BoundedBuilder, flow: HtmlFlow): void {
  if (flow.language !== undefined) builder.property('language', flow.language);
  const title = tidy(flow.title.join('')) || builder.properties.title || '';
  if (title === '') {
    builder.title = headingOf(flow.pieces);
    return;
  }
  builder.title = title;
  const folded = title.toLowerCase();
  const repeated = flow.pieces.some(
    (piece) =>
      piece.kind === 'heading' &&
      (folded.includes(piece.text.toLowerCase()) || piece.text.toLowerCase().includes(folded)),
  );
  if (!repeated) builder.add('title', title);
}

function headingOf(pieces: readonly FlowPiece[]): string | null {
  return pieces.find((piece) => piece.kind === 'heading')?.text ?? null;
}
