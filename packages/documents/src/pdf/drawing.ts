import type { Engine } from './engine.ts';
import type { Frame, Turn } from './frame.ts';

/** A drawn line, or an edge of a drawn box; horizontal when y0 = y1, else vertical. */
export interface Rule {
  x0: number;
  y0: number;
  x1: number;
  y1: number;
}

const OBJECT_PATH = 2;
const OBJECT_IMAGE = 3;
const OBJECT_FORM = 5;
/** A page with more objects than this is a drawing; its lines are no tables. */
const MAX_OBJECTS = 30_000;

/** The lines and pictures of a page. */
export class Drawing {
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
