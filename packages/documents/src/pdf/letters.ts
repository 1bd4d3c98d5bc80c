import type { Engine, Views } from './engine.ts';
import type { Frame, Turn } from './frame.ts';

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

/** Fonts of one page by handle: bold or not. */
type Fonts = Map<number, boolean>;

/** Pieces of one page at most; a crowded page of a price list has some thousands. */
const MAX_PIECES = 20_000;
const SUPERSCRIPT = '⁰¹²³⁴⁵⁶⁷⁸⁹';
const LIGATURES = ['ff', 'fi', 'fl', 'ffi', 'ffl', 'st', 'st'];

/** Cuts the characters of a page, in the order of the file, into pieces. */
export class PieceCollector {
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
