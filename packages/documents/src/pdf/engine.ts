import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { UnreadableError } from '../reader.ts';

/** The raw exports of PDFium that are used here. Pointers are byte offsets into `memory`; 0 is null. */
interface Exports {
  memory: WebAssembly.Memory;
  malloc(size: number): number;
  free(pointer: number): void;
  FPDF_LoadMemDocument(data: number, size: number, password: number): number;
  FPDF_CloseDocument(document: number): void;
  FPDF_GetLastError(): number;
  FPDF_GetPageCount(document: number): number;
  FPDF_GetMetaText(document: number, tag: number, buffer: number, size: number): number;
  FPDF_LoadPage(document: number, index: number): number;
  FPDF_ClosePage(page: number): void;
  FPDF_GetPageBoundingBox(page: number, rect: number): number;
  FPDFPage_Flatten(page: number, usage: number): number;
  FPDFPage_GetAnnotCount(page: number): number;
  FPDFPage_GetAnnot(page: number, index: number): number;
  FPDFPage_CloseAnnot(annotation: number): void;
  FPDFAnnot_GetSubtype(annotation: number): number;
  FPDFAnnot_GetStringValue(annotation: number, key: number, buffer: number, size: number): number;
  FPDFPage_CountObjects(page: number): number;
  FPDFPage_GetObject(page: number, index: number): number;
  FPDFFormObj_CountObjects(form: number): number;
  FPDFFormObj_GetObject(form: number, index: number): number;
  FPDFPageObj_GetMatrix(object: number, matrix: number): number;
  FPDFPageObj_GetType(object: number): number;
  FPDFPageObj_GetBounds(object: number, left: number, bottom: number, right: number, top: number): number;
  FPDFPath_CountSegments(path: number): number;
  FPDFPath_GetDrawMode(path: number, fill: number, stroke: number): number;
  FPDFPath_GetPathSegment(path: number, index: number): number;
  FPDFPathSegment_GetPoint(segment: number, x: number, y: number): number;
  FPDFPathSegment_GetType(segment: number): number;
  FPDFPathSegment_GetClose(segment: number): number;
  FPDFText_LoadPage(page: number): number;
  FPDFText_ClosePage(text: number): void;
  FPDFText_CountChars(text: number): number;
  FPDFText_GetUnicode(text: number, index: number): number;
  FPDFText_IsGenerated(text: number, index: number): number;
  FPDFText_IsHyphen(text: number, index: number): number;
  FPDFText_GetLooseCharBox(text: number, index: number, rect: number): number;
  FPDFText_GetFontSize(text: number, index: number): number;
  FPDFText_GetCharAngle(text: number, index: number): number;
  FPDFText_GetCharOrigin(text: number, index: number, x: number, y: number): number;
  FPDFText_GetMatrix(text: number, index: number, matrix: number): number;
  FPDFText_GetTextObject(text: number, index: number): number;
  FPDFTextObj_GetFont(object: number): number;
  FPDFTextObj_GetTextRenderMode(object: number): number;
  FPDFFont_GetBaseFontName(font: number, buffer: number, size: number): number;
  FPDFFont_GetWeight(font: number): number;
}

/** One instance of PDFium. Its memory grows with what it opens and never shrinks, so `recycle` drops it when it has grown too much. */
export interface Engine {
  calls: Exports;
  /** 512 bytes to hand out-parameters through. */
  scratch: number;
  /** Current views of the engine's memory; asked again after each call that may allocate. */
  views(): Views;
}

export interface Views {
  u8: Uint8Array;
  u16: Uint16Array;
  f32: Float32Array;
  f64: Float64Array;
}

/** Bytes one document may take inside the engine. */
const MAX_ENGINE_BYTES = 224 * 1024 * 1024;
/** An engine that has grown past this is not kept for the next document. */
const KEEP_ENGINE_BYTES = 96 * 1024 * 1024;

let compiled: Promise<WebAssembly.Module> | undefined;
let current: Promise<Engine> | undefined;

/** The engine of this process; made at first use (about 60 ms). */
export function engine(): Promise<Engine> {
  current ??= instantiate();
  return current;
}

/** Drops the engine if `broken`, or if it holds too much memory. To be called after each document. */
export async function recycle(broken: boolean): Promise<void> {
  if (current === undefined) return;
  if (broken || (await current).calls.memory.buffer.byteLength > KEEP_ENGINE_BYTES) current = undefined;
}

async function compile(): Promise<WebAssembly.Module> {
  const path = fileURLToPath(import.meta.resolve('@embedpdf/pdfium/pdfium.wasm'));
  return WebAssembly.compile(new Uint8Array(await readFile(path)));
}

type ResizeHeap = (size: number) => number | boolean;

async function instantiate(): Promise<Engine> {
  compiled ??= compile();
  const [module, { init }] = await Promise.all([compiled, import('@embedpdf/pdfium')]);
  let exports: Exports | undefined;
  await init({
    // Its own messages go nowhere: what matters comes back as an error code.
    print: () => {},
    printErr: () => {},
    instantiateWasm(
      imports: WebAssembly.Imports,
      done: (instance: WebAssembly.Instance, module: WebAssembly.Module) => void,
    ) {
      const bounded = boundMemory(imports);
      WebAssembly.instantiate(module, bounded).then((instance) => {
        exports = instance.exports as unknown as Exports;
        done(instance, module);
      });
      return {};
    },
  });
  if (exports === undefined) throw new Error('the PDF engine did not start');
  return start(exports);
}

/** A document that asks for more than the limit is given up there and then; the instance is useless afterwards. */
function boundMemory(imports: WebAssembly.Imports): WebAssembly.Imports {
  const env = { ...imports.env };
  const resize = env.emscripten_resize_heap as ResizeHeap;
  env.emscripten_resize_heap = (size: number) => {
    if (size >>> 0 > MAX_ENGINE_BYTES) {
      throw new UnreadableError({
        code: 'too-much-memory',
        message:
          'The PDF unpacks to far more than a document should and was given up. Print it to a new PDF, or ask for another copy.',
      });
    }
    return Number(resize(size));
  };
  return { ...imports, env };
}

function start(calls: Exports & { PDFiumExt_Init?: () => void }): Engine {
  calls.PDFiumExt_Init?.();
  const scratch = calls.malloc(512);
  let buffer: ArrayBufferLike | undefined;
  let held: Views | undefined;
  return {
    calls,
    scratch,
    views() {
      if (held === undefined || buffer !== calls.memory.buffer) {
        buffer = calls.memory.buffer;
        held = {
          u8: new Uint8Array(buffer),
          u16: new Uint16Array(buffer),
          f32: new Float32Array(buffer),
          f64: new Float64Array(buffer),
        };
      }
      return held;
    },
  };
}
