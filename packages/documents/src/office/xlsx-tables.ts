import type { NumberKind } from './cell-format.ts';
import { numberKind } from './cell-format.ts';
import type { XmlHandler } from './xml.ts';
import { Enough } from './xml.ts';

/** The texts that cells refer to by number. */
export class SharedStrings {
  /** The table was longer than `maxChars`. */
  full = false;
  private readonly strings: string[] = [];
  private room: number;

  constructor(maxChars: number) {
    this.room = maxChars;
  }

  get(index: number): string {
    return this.strings[index] ?? '';
  }

  handler(): XmlHandler {
    let current = '';
    let inText = false;
    return {
      open: (name) => {
        if (name === 'x:si') current = '';
        else if (name === 'x:t') inText = true;
        // Phonetic readings repeat the text in another script.
        else if (name === 'x:rPh') return false;
        return true;
      },
      close: (name) => {
        if (name === 'x:t') inText = false;
        else if (name === 'x:si') {
          this.strings.push(cleanCell(current));
          this.room -= current.length + 1;
          if (this.room < 0) {
            this.full = true;
            throw new Enough();
          }
        }
      },
      text: (text) => {
        if (inText) current += text;
      },
    };
  }
}

/** What the cell formats of a workbook make of a value. */
export class WorkbookStyles {
  private readonly formats = new Map<number, string>();
  private readonly bolds: boolean[] = [];
  private readonly cells: { format: number; font: number }[] = [];
  private readonly kinds: NumberKind[] = [];

  handler(): XmlHandler {
    let inCells = false;
    let inFonts = false;
    return {
      open: (name, attributes) => {
        switch (name) {
          case 'x:numFmt':
            this.formats.set(Number(attributes.numFmtId), attributes.formatCode ?? '');
            break;
          case 'x:fonts':
            inFonts = true;
            break;
          case 'x:font':
            if (inFonts) this.bolds.push(false);
            break;
          case 'x:b':
            if (inFonts && attributes.val !== '0' && attributes.val !== 'false')
              this.bolds[this.bolds.length - 1] = true;
            break;
          case 'x:cellXfs':
            inCells = true;
            break;
          case 'x:xf':
            if (inCells)
              this.cells.push({ format: Number(attributes.numFmtId ?? 0), font: Number(attributes.fontId ?? 0) });
            break;
          case 'x:dxfs':
          case 'x:cellStyleXfs':
            return false;
        }
        return true;
      },
      close: (name) => {
        if (name === 'x:cellXfs') inCells = false;
        else if (name === 'x:fonts') inFonts = false;
      },
      text: () => {},
    };
  }

  kind(style: number): NumberKind {
    const format = this.cells[style]?.format ?? 0;
    this.kinds[style] ??= numberKind(format, this.formats.get(format));
    return this.kinds[style];
  }

  bold(style: number): boolean {
    return this.bolds[this.cells[style]?.font ?? -1] ?? false;
  }
}

/** Legacy (`comment`) and threaded (`threadedComment`) comments of a sheet, each with the cell it stands at. */
export function commentsHandler(take: (text: string) => void): XmlHandler {
  let cell = '';
  let text = '';
  let inText = false;
  const local = (name: string): string => name.slice(name.indexOf(':') + 1);
  return {
    open: (name, attributes) => {
      const element = local(name);
      if (element === 'comment' || element === 'threadedComment') {
        cell = attributes.ref ?? '';
        text = '';
      } else if (element === 't' || (element === 'text' && !name.startsWith('x:'))) inText = true;
      else if (element === 'rPh' || element === 'mentions') return false;
      return true;
    },
    close: (name) => {
      const element = local(name);
      if (element === 't' || element === 'text') inText = false;
      else if ((element === 'comment' || element === 'threadedComment') && text.trim() !== '') {
        take(cell === '' ? text.trim() : `${cell}: ${text.trim()}`);
      }
    },
    text: (piece) => {
      if (inText) text += piece;
    },
  };
}

/** Undoes the `_x000D_` escapes of ST_Xstring and makes every line end a plain one. */
export function cleanCell(text: string): string {
  if (!text.includes('_x') && !text.includes('\r')) return text;
  return text
    .replace(/_x([0-9A-Fa-f]{4})_/g, (_, hex: string) => {
      const code = Number.parseInt(hex, 16);
      return code < 32 && code !== 9 && code !== 10 ? '' : String.fromCharCode(code);
    })
    .replace(/\r\n?/g, '\n');
}
