import type { Alignment, Cell, Fill, Protection, Row, Worksheet } from '@cj-tech-master/excelts';

/** Colours are never the only sign: every mark has words too. Contrast of text on its ground is at least 7 to 1. */
const INK = 'FF1A1F27';
const HEAD = 'FF1F4F8F';
const QUIET = 'FFEDEFF2';
const WRITE = 'FFFFF6D6';
export const ALERT = 'FFFBE4E2';
export const DONE = 'FFE3F3E6';
export const ALSO = 'FFE3EDFB';

const TOP_LEFT: Partial<Alignment> = { vertical: 'top', horizontal: 'left', wrapText: true };
const LINE = { style: 'thin', color: { argb: 'FFB8C0CC' } } as const;
const OPEN: Partial<Protection> = { locked: false };

export function fillOf(argb: string): Fill {
  return { type: 'pattern', pattern: 'solid', fgColor: { argb }, bgColor: { argb } };
}

type Look = 'head' | 'text' | 'quiet' | 'write' | 'also' | 'title' | 'mark' | 'bold' | 'number';

/** How a cell looks; `write`, and `also` where not everybody has something to write, are what may be written in. Texts are always texts: nothing here makes a formula. */
export function put(cell: Cell, value: string | number, look: Look): void {
  if (value !== '') cell.value = value;
  cell.alignment = look === 'number' ? { ...TOP_LEFT, horizontal: 'center' } : TOP_LEFT;
  cell.font = {
    name: 'Calibri',
    size: look === 'title' ? 16 : 10,
    bold: look === 'head' || look === 'title' || look === 'mark' || look === 'bold',
    color: { argb: look === 'head' ? 'FFFFFFFF' : look === 'mark' ? 'FF8C1D18' : INK },
  };
  if (look === 'head') cell.fill = fillOf(HEAD);
  if (look === 'quiet') cell.fill = fillOf(QUIET);
  if (look === 'write') cell.fill = fillOf(WRITE);
  if (look === 'write' || look === 'also') cell.protection = OPEN;
  if (look !== 'title' && look !== 'bold') cell.border = { top: LINE, left: LINE, bottom: LINE, right: LINE };
}

/** A4, landscape, as wide as the page, with the page's number; the row of headings on every page. */
export function printOn(sheet: Worksheet, header: string, page: string, headingRow: number | null): void {
  Object.assign(sheet.pageSetup, {
    paperSize: 9,
    orientation: 'landscape',
    fitToPage: true,
    fitToWidth: 1,
    fitToHeight: 0,
    margins: { left: 0.4, right: 0.4, top: 0.6, bottom: 0.6, header: 0.3, footer: 0.3 },
    ...(headingRow === null ? {} : { printTitlesRow: `${headingRow}:${headingRow}` }),
  });
  // An ampersand begins a code in headers, and a header has room for 255 characters.
  sheet.headerFooter.oddHeader = `&L&8${header.slice(0, 100).replaceAll('&', '&&')}`;
  sheet.headerFooter.oddFooter = `&R&8${page}`;
}

/** Locked against slips, not against people: no password. Widths, heights and the filter stay free. */
export async function lock(sheet: Worksheet): Promise<void> {
  await sheet.protect('', {
    selectLockedCells: true,
    selectUnlockedCells: true,
    formatColumns: true,
    formatRows: true,
    sort: true,
    autoFilter: true,
  });
}

/** Points of a line of 10-point text, and the most that a row may have. */
const LINE_HEIGHT = 13;
const MOST_HEIGHT = 409;

/**
 * A first height for a row with wrapped texts, by their length and the width of their columns in characters. It is not fixed: a
 * program works it out again when something is written in the row. LibreOffice does not when it opens the file.
 */
export function fitRow(row: Row, cells: readonly [text: string, width: number][], lineHeight = LINE_HEIGHT): void {
  const lines = cells.map(([text, width]) =>
    text.split('\n').reduce((sum, line) => sum + Math.max(1, Math.ceil((line.length * 0.95) / width)), 0),
  );
  row.height = Math.min(MOST_HEIGHT, Math.max(1, ...lines) * lineHeight + 3);
  row.customHeight = false;
}
