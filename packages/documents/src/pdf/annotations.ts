import type { Engine } from './engine.ts';

/** Subtypes as PDFium numbers them (`FPDF_ANNOT_*`). */
const NOTE = 1;
const FREE_TEXT = 3;
const HIGHLIGHT = 9;
const STRIKE_OUT = 12;
const STAMP = 13;
const FORM_FIELD = 20;
/** Annotations looked at on one page. */
const MAX_ANNOTATIONS = 3000;

export interface Annotated {
  /** Something on the page is drawn by annotations: filled form fields, typed notes, stamps. */
  drawn: boolean;
  /** What reviewers wrote beside the text. */
  comments: string[];
}

/** Looks through the annotations of a page. */
export function readAnnotations(engine: Engine, page: number): Annotated {
  const { calls } = engine;
  const found: Annotated = { drawn: false, comments: [] };
  const count = Math.min(calls.FPDFPage_GetAnnotCount(page), MAX_ANNOTATIONS);
  for (let i = 0; i < count; i++) {
    const annotation = calls.FPDFPage_GetAnnot(page, i);
    if (annotation === 0) continue;
    const subtype = calls.FPDFAnnot_GetSubtype(annotation);
    if (subtype === FORM_FIELD || subtype === FREE_TEXT || subtype === STAMP) found.drawn = true;
    else if (subtype === NOTE || (subtype >= HIGHLIGHT && subtype <= STRIKE_OUT)) {
      const text = contents(engine, annotation);
      if (text !== '') found.comments.push(text);
    }
    calls.FPDFPage_CloseAnnot(annotation);
  }
  return found;
}

function contents(engine: Engine, annotation: number): string {
  const { calls, scratch } = engine;
  engine.views().u8.set(Buffer.from('Contents\0', 'latin1'), scratch);
  const length = calls.FPDFAnnot_GetStringValue(annotation, scratch, 0, 0);
  if (length <= 2 || length > 65_536) return '';
  const buffer = calls.malloc(length);
  calls.FPDFAnnot_GetStringValue(annotation, scratch, buffer, length);
  const text = new TextDecoder('utf-16le').decode(engine.views().u8.slice(buffer, buffer + length - 2));
  calls.free(buffer);
  return text.replace(/\s+/g, ' ').trim();
}
