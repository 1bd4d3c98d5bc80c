import { readAnnotations } from './annotations.ts';
import type { Engine, Views } from './engine.ts';

/** Text on one baseline without a wide gap. Points, origin at the top left of the page as it is read. */
export interface Piece {
  text: string;
  x0: number;
  x1: number;
  /** Where the letters stand. */
  base: number;
  /** Font size as printed. */
  size: number;
  /** Characters set in a bold font. */
  bold: number;
}

/** A drawn line, or an edge of a drawn box; horizontal when y0 = y1, else vertical. */
export interface Rule {
  x0: number;
  y0: number;
  x1: number;
  y1: number;
}

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

/** Quarter turns that make text of this angle run from left to right. */
type Turn = 0 | 1 | 2 | 3;

/** Fonts of one page by handle: bold or not. */
type Fonts = Map<number, boolean>;

/** Pieces of one page at most; a crowded page of a price list has some thousands. */
const MAX_PIECES = 50_000;
const SUPERSCRIPT = '⁰¹²³⁴⁵⁶⁷⁸⁹';
const LIGATURES = ['ff', 'fi', 'fl', 'ffi', 'ffl', 'st', 'st'];

interface Frame {
  width: number;
  height: number;
  left: number;
  bottom: number;
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

/** Cuts the characters of a page, in the order of the file, into pieces. */
class PieceCollector {
  readonly pieces: [Piece[], Piece[], Piece[], Piece[]] = [[], [], [], []];
  chars = 0;
  unmapped = 0;
  cut = false;
  private readonly engine: Engine;
  private readonly text: number;
  private readonly frame: Frame;
  private readonly fonts: Fonts = new Map();
  readonly slanted: string[] = [];

  // The text object the current character belongs to.
  private object = -1;
  private size = 10;
  private bold = false;
  private turn: Turn = 0;
  private askew = false;
  private baseline = 0;

  private kept = 0;

  // The piece being filled.
  private buffer = '';
  private boldCount = 0;
  private x0 = 0;
  private x1 = 0;
  private base = 0;
  private pieceSize = 10;
  private pieceTurn: Turn = 0;
  private pieceAskew = false;

  constructor(engine: Engine, text: number, frame: Frame) {
    this.engine = engine;
    this.text = text;
    this.frame = frame;
  }

  run(): void {
    if (this.text === 0) return;
    const { calls, scratch } = this.engine;
    const count = calls.FPDFText_CountChars(this.text);
    const at = scratch >> 2;
    let views: Views = this.engine.views();
    for (let k = 0; k < count; k++) {
      if (this.kept >= MAX_PIECES) {
        this.cut = true;
        return;
      }
      const code = calls.FPDFText_GetUnicode(this.text, k);
      if (code === 13 || code === 10) {
        this.flush();
        continue;
      }
      if (code === 32 || code === 160) {
        if (this.buffer !== '') this.buffer += ' ';
        continue;
      }
      this.chars++;
      const object = calls.FPDFText_GetTextObject(this.text, k);
      if (object !== this.object) {
        this.enter(object, k);
        views = this.engine.views();
      }
      calls.FPDFText_GetLooseCharBox(this.text, k, scratch);
      const { f32 } = views;
      this.take(code, f32[at] ?? 0, f32[at + 1] ?? 0, f32[at + 2] ?? 0, f32[at + 3] ?? 0, k);
    }
    this.flush();
  }

  dominantTurn(): Turn {
    let best: Turn = 0;
    let most = -1;
    for (const turn of [0, 1, 2, 3] as const) {
      let sum = 0;
      for (const piece of this.pieces[turn]) sum += piece.text.length;
      if (sum > most) {
        most = sum;
        best = turn;
      }
    }
    return best;
  }

  sideways(turn: Turn): string[] {
    const others = ([0, 1, 2, 3] as const).filter((other) => other !== turn);
    return others.flatMap((other) => this.pieces[other].map((piece) => piece.text));
  }

  /** A new text object: its font, size and direction. */
  private enter(object: number, k: number): void {
    const { calls, scratch } = this.engine;
    this.object = object;
    const angle = calls.FPDFText_GetCharAngle(this.text, k);
    const quarters = angle < 0 ? 0 : angle / (Math.PI / 2);
    this.askew = Math.abs(quarters - Math.round(quarters)) > 0.06;
    this.turn = ((4 - (Math.round(quarters) % 4)) % 4) as Turn;
    calls.FPDFText_GetCharOrigin(this.text, k, scratch, scratch + 8);
    this.setBaseline(scratch >> 3);
    let scale = 1;
    if (calls.FPDFText_GetMatrix(this.text, k, scratch) !== 0) {
      const { f32 } = this.engine.views();
      const at = scratch >> 2;
      scale = Math.hypot(f32[at + 2] ?? 0, f32[at + 3] ?? 0);
    }
    this.size = Math.max(1, calls.FPDFText_GetFontSize(this.text, k) * scale);
    const font = object === 0 ? 0 : calls.FPDFTextObj_GetFont(object);
    const bold = this.fonts.get(font) ?? this.isBold(font);
    this.fonts.set(font, bold);
    // Fill and stroke together is how a bold face is faked.
    this.bold = bold || (object !== 0 && calls.FPDFTextObj_GetTextRenderMode(object) === 2);
  }

  /** Where the letters of the object stand, measured downwards as they are read. */
  private setBaseline(at: number): void {
    const { frame, turn } = this;
    const { f64 } = this.engine.views();
    const x = (f64[at] ?? 0) - frame.left;
    const y = (f64[at + 1] ?? 0) - frame.bottom;
    if (turn === 0) this.baseline = frame.height - y;
    else if (turn === 1) this.baseline = x;
    else if (turn === 2) this.baseline = y;
    else this.baseline = frame.width - x;
  }

  private isBold(font: number): boolean {
    if (font === 0) return false;
    const { calls, scratch } = this.engine;
    const length = calls.FPDFFont_GetBaseFontName(font, scratch, 200);
    const bytes = this.engine.views().u8.subarray(scratch, scratch + Math.max(0, Math.min(length, 200) - 1));
    const name = String.fromCharCode(...bytes);
    return (
      /bold|black|heavy|semibold|demi|\bbd\b|[-,]b$|f[eé]tt|gras/i.test(name) || calls.FPDFFont_GetWeight(font) >= 600
    );
  }

  private take(code: number, left: number, top: number, right: number, bottom: number, k: number): void {
    const { frame, turn } = this;
    let x0: number;
    let x1: number;
    if (turn === 0) {
      x0 = left - frame.left;
      x1 = right - frame.left;
    } else if (turn === 1) {
      x0 = bottom - frame.bottom;
      x1 = top - frame.bottom;
    } else if (turn === 2) {
      x0 = frame.left + frame.width - right;
      x1 = frame.left + frame.width - left;
    } else {
      x0 = frame.bottom + frame.height - top;
      x1 = frame.bottom + frame.height - bottom;
    }
    const base = this.baseline;
    let raised = false;
    if (this.buffer !== '') {
      const size = Math.max(this.pieceSize, this.size);
      const shift = base - this.base;
      const gap = x0 - this.x1;
      raised = this.size < this.pieceSize * 0.8 && shift < -this.pieceSize * 0.12 && gap < size * 0.3;
      const rightToLeft = code >= 0x590 && code <= 0x8ff;
      const broken =
        turn !== this.pieceTurn ||
        this.askew !== this.pieceAskew ||
        (!this.askew &&
          (Math.abs(shift) > size * 0.55 ||
            (rightToLeft
              ? Math.abs(gap) > size * 40
              : gap > size * 0.9 || x1 < this.x0 - size * 0.5 || gap < -size * 0.9)));
      if (broken) {
        this.flush();
        raised = false;
      } else if (this.size > this.pieceSize * 1.25 && this.buffer.length <= 4) {
        // A raised mark stood first; the piece is what follows it.
        if (shift > size * 0.1)
          this.buffer = this.buffer.replace(/\d/g, (digit) => SUPERSCRIPT[Number(digit)] ?? digit);
        this.pieceSize = this.size;
        this.base = base;
      }
    }
    if (this.buffer === '') {
      this.x0 = x0;
      this.base = base;
      this.pieceSize = this.size;
      this.pieceTurn = turn;
      this.pieceAskew = this.askew;
      this.boldCount = 0;
      this.x1 = x1;
    }
    this.x0 = Math.min(this.x0, x0);
    this.x1 = Math.max(this.x1, x1);
    this.append(code, raised, k);
  }

  private append(code: number, raised: boolean, k: number): void {
    if (this.bold) this.boldCount++;
    if (code === 0xfffe || code === 2)
      this.buffer += this.engine.calls.FPDFText_IsHyphen(this.text, k) === 1 ? '\uFFFE' : '-';
    else if (code < 32 || (code >= 0x7f && code < 0xa0) || code === 0xfffd || code === 0xffff) this.unmapped++;
    else if (raised && code >= 48 && code <= 57) this.buffer += SUPERSCRIPT[code - 48];
    else if (code >= 0xe000 && code <= 0xf8ff) this.buffer += this.privateUse(code);
    else if (code >= 0xfb00 && code <= 0xfb06) this.buffer += LIGATURES[code - 0xfb00];
    else if (code >= 0x200b && code <= 0x200f) return;
    else if (code === 0xfeff) return;
    else if (code > 0xffff) this.buffer += code <= 0x10ffff ? String.fromCodePoint(code) : '';
    else this.buffer += String.fromCharCode(code);
  }

  /** Symbol fonts put their bullets and arrows at U+F000 to U+F0FF. */
  private privateUse(code: number): string {
    if (code < 0xf020 || code > 0xf0ff) {
      this.unmapped++;
      return '';
    }
    return '•';
  }

  private flush(): void {
    const text = this.buffer.trimEnd().replace(/ {2,}/g, ' ');
    this.buffer = '';
    if (text === '') return;
    if (this.pieceAskew) {
      this.slanted.push(text);
      return;
    }
    this.kept++;
    this.pieces[this.pieceTurn].push({
      text,
      x0: this.x0,
      x1: this.x1,
      base: this.base,
      size: this.pieceSize,
      bold: this.boldCount,
    });
  }
}

const OBJECT_PATH = 2;
const OBJECT_IMAGE = 3;
const OBJECT_FORM = 5;
/** A page with more objects than this is a drawing; its lines are no tables. */
const MAX_OBJECTS = 30_000;

/** The lines and pictures of a page. */
class Drawing {
  readonly rules: Rule[] = [];
  pictured = 0;
  private readonly engine: Engine;
  private readonly frame: Frame;
  private readonly turn: Turn;
  private seen = 0;

  constructor(engine: Engine, frame: Frame, turn: Turn) {
    this.engine = engine;
    this.frame = frame;
    this.turn = turn;
  }

  walk(page: number): void {
    const { calls } = this.engine;
    const count = calls.FPDFPage_CountObjects(page);
    for (let i = 0; i < count && this.seen < MAX_OBJECTS; i++) this.visit(calls.FPDFPage_GetObject(page, i));
    if (this.seen >= MAX_OBJECTS) this.rules.length = 0;
  }

  private visit(object: number): void {
    this.seen++;
    const type = this.engine.calls.FPDFPageObj_GetType(object);
    if (type === OBJECT_PATH) this.path(object);
    else if (type === OBJECT_IMAGE || (type === OBJECT_FORM && this.holdsImage(object, 0))) this.picture(object);
  }

  private holdsImage(form: number, depth: number): boolean {
    const { calls } = this.engine;
    const count = Math.min(calls.FPDFFormObj_CountObjects(form), 200);
    for (let i = 0; i < count; i++) {
      const child = calls.FPDFFormObj_GetObject(form, i);
      const type = calls.FPDFPageObj_GetType(child);
      if (type === OBJECT_IMAGE || (type === OBJECT_FORM && depth < 3 && this.holdsImage(child, depth + 1)))
        return true;
    }
    return false;
  }

  private bounds(object: number): [number, number, number, number] | null {
    const { calls, scratch } = this.engine;
    if (calls.FPDFPageObj_GetBounds(object, scratch, scratch + 4, scratch + 8, scratch + 12) === 0) return null;
    const { f32 } = this.engine.views();
    const at = scratch >> 2;
    return [f32[at] ?? 0, f32[at + 1] ?? 0, f32[at + 2] ?? 0, f32[at + 3] ?? 0];
  }

  private picture(object: number): void {
    const box = this.bounds(object);
    if (box === null) return;
    const { frame } = this;
    const width = Math.min(box[2], frame.left + frame.width) - Math.max(box[0], frame.left);
    const height = Math.min(box[3], frame.bottom + frame.height) - Math.max(box[1], frame.bottom);
    if (width > 0 && height > 0) this.pictured += width * height;
  }

  private path(object: number): void {
    const box = this.bounds(object);
    if (box === null) return;
    const [left, bottom, right, top] = box;
    const width = right - left;
    const height = top - bottom;
    if (width < 5 && height < 5) return;
    if (height <= 3 || width <= 3) {
      this.edge(left, bottom, right, top);
      return;
    }
    const { calls, scratch } = this.engine;
    // A box that is only filled is a highlight or a background: its edges are no lines.
    if (calls.FPDFPath_GetDrawMode(object, scratch, scratch + 4) !== 0 && this.engine.views().u8[scratch + 4] === 0)
      return;
    const segments = calls.FPDFPath_CountSegments(object);
    if (segments <= 6) {
      this.edge(left, top, right, top);
      this.edge(left, bottom, right, bottom);
      this.edge(left, bottom, left, top);
      this.edge(right, bottom, right, top);
    } else if (segments <= 4000) this.segments(object, segments);
  }

  /** A grid drawn as one path: each straight segment along an axis is a line of its own. */
  private segments(object: number, count: number): void {
    const { calls, scratch } = this.engine;
    if (calls.FPDFPageObj_GetMatrix(object, scratch) === 0) return;
    const at = scratch >> 2;
    const matrix = this.engine.views().f32.slice(at, at + 6);
    const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] = matrix;
    let lastX = 0;
    let lastY = 0;
    let startX = 0;
    let startY = 0;
    for (let i = 0; i < count; i++) {
      const segment = calls.FPDFPath_GetPathSegment(object, i);
      if (calls.FPDFPathSegment_GetPoint(segment, scratch, scratch + 4) === 0) return;
      const { f32 } = this.engine.views();
      const px = f32[at] ?? 0;
      const py = f32[at + 1] ?? 0;
      const x = a * px + c * py + e;
      const y = b * px + d * py + f;
      const type = calls.FPDFPathSegment_GetType(segment);
      if (type === 2) {
        startX = x;
        startY = y;
      } else if (type === 0) this.straight(lastX, lastY, x, y);
      lastX = x;
      lastY = y;
      if (type === 0 && calls.FPDFPathSegment_GetClose(segment) === 1) this.straight(x, y, startX, startY);
    }
  }

  private straight(x0: number, y0: number, x1: number, y1: number): void {
    if (Math.abs(x0 - x1) < 1 || Math.abs(y0 - y1) < 1) {
      this.edge(Math.min(x0, x1), Math.min(y0, y1), Math.max(x0, x1), Math.max(y0, y1));
    }
  }

  /** Takes a thin box in the page's own coordinates as a line in those of the reader. */
  private edge(left: number, bottom: number, right: number, top: number): void {
    const { frame, turn } = this;
    const l = left - frame.left;
    const r = right - frame.left;
    const up = frame.bottom + frame.height - top;
    const down = frame.bottom + frame.height - bottom;
    let box: [number, number, number, number];
    if (turn === 0) box = [l, up, r, down];
    else if (turn === 1) box = [frame.height - down, l, frame.height - up, r];
    else if (turn === 2) box = [frame.width - r, frame.height - down, frame.width - l, frame.height - up];
    else box = [up, frame.width - r, down, frame.width - l];
    const [x0, y0, x1, y1] = box;
    if (x1 - x0 >= y1 - y0) {
      const y = (y0 + y1) / 2;
      if (x1 - x0 >= 5) this.rules.push({ x0, y0: y, x1, y1: y });
    } else {
      const x = (x0 + x1) / 2;
      if (y1 - y0 >= 5) this.rules.push({ x0: x, y0, x1: x, y1 });
    }
  }
}
