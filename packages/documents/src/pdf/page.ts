import { readAnnotations } from './annotations.ts';
import { Drawing, type Rule } from './drawing.ts';
import type { Engine } from './engine.ts';
import type { Frame } from './frame.ts';
import { type Piece, PieceCollector } from './letters.ts';

export interface PageContent {
  width: number;
  height: number;
  pieces: Piece[];
  /** Text that runs upwards, downwards or upside down beside the rest; in the order of the file. */
  sideways: string[];
  /** Text at another angle: watermarks. */
  slanted: string[];
  /** What reviewers wrote beside the text. */
  comments: string[];
  rules: Rule[];
  /** Share of the page covered by pictures, at most 1. */
  pictured: number;
  chars: number;
  /** The page holds more than can be a page; what came after is left out. */
  cut: boolean;
  /** Characters that stand for nothing: control, private use without a known meaning, unmapped. */
  unmapped: number;
}

/** Reads what stands on page `index`. The page is loaded and released here. */
export function readPage(engine: Engine, document: number, index: number): PageContent | null {
  const { calls, scratch } = engine;
  let page = calls.FPDF_LoadPage(document, index);
  if (page === 0) return null;
  const annotated = readAnnotations(engine, page);
  if (annotated.drawn && calls.FPDFPage_Flatten(page, 0) === 1) {
    // What fields and stamps show has become part of the page, once it is loaded again.
    calls.FPDF_ClosePage(page);
    page = calls.FPDF_LoadPage(document, index);
    if (page === 0) return null;
  }
  const text = calls.FPDFText_LoadPage(page);
  try {
    calls.FPDF_GetPageBoundingBox(page, scratch);
    const { f32 } = engine.views();
    const at = scratch >> 2;
    const frame: Frame = {
      left: f32[at] ?? 0,
      bottom: f32[at + 3] ?? 0,
      width: Math.max(1, (f32[at + 2] ?? 0) - (f32[at] ?? 0)),
      height: Math.max(1, (f32[at + 1] ?? 0) - (f32[at + 3] ?? 0)),
    };
    const collector = new PieceCollector(engine, text, frame);
    collector.run();
    const turn = collector.dominantTurn();
    const drawn = new Drawing(engine, frame, turn);
    drawn.walk(page);
    const sideways = turn === 1 || turn === 3;
    return {
      width: sideways ? frame.height : frame.width,
      height: sideways ? frame.width : frame.height,
      pieces: collector.pieces[turn],
      sideways: collector.sideways(turn),
      slanted: collector.slanted,
      comments: annotated.comments,
      rules: drawn.rules,
      pictured: Math.min(1, drawn.pictured / (frame.width * frame.height)),
      chars: collector.chars,
      unmapped: collector.unmapped,
      cut: collector.cut,
    };
  } finally {
    if (text !== 0) calls.FPDFText_ClosePage(text);
    calls.FPDF_ClosePage(page);
  }
}
