import { Parser } from 'htmlparser2';
import type { Document } from '../model.ts';
import type { FileToRead, FormatReader } from '../reader.ts';
import { BoundedBuilder } from './bounded.ts';
import { decode } from './decode.ts';
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
    const { text } = decode(bytes, { markup: 'html' });
    readHtml(builder, removeTemplateTags(text), { maxDepth: file.limits.maxDepth, whole: true });
    return builder.build();
  },
};

export interface HtmlOptions {
  maxDepth: number;
  /** A whole page, with a frame of menus and banners; false for a piece of HTML inside another format. */
  whole: boolean;
}

/** Reads HTML into `builder`. Never throws; markup of any depth and any disorder is read in time in line with its length. */
export function readHtml(builder: BoundedBuilder, html: string, options: HtmlOptions): void {
  const flow = new HtmlFlow(options.maxDepth);
  const metadata = new HtmlMetadata(builder);
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        if (options.whole) metadata.open(name, attributes);
        flow.onopentag(name, attributes);
      },
      ontext(data) {
        if (options.whole) metadata.text(data);
        flow.ontext(data);
      },
      onclosetag(name) {
        if (options.whole) metadata.close(name);
        flow.onclosetag(name);
      },
    },
    { decodeEntities: true, lowerCaseTags: true, lowerCaseAttributeNames: true, recognizeSelfClosing: false },
  );
  parser.end(html);
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
