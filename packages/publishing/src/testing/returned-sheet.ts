import { Workbook, type Worksheet } from '@cj-tech-master/excelts';
import { type AnswerValue, type DemandFile, type FormQuestion, isDay, type Language } from '@proviso/catalogue';
import { type Grid, readWorkbook } from '@proviso/documents';
import { escapeHtml } from '@proviso/study/escape';
import { openDocument, workbook } from '../../../documents/src/testing/office-files.ts';
import { offerFormOf } from '../form-of-file.ts';
import { say, wordsOf } from '../messages.ts';
import { type ColumnKey, columnOf, FIELDS, HEADING_ROW, lettersOf } from '../sheet/layout.ts';
import { questionnaireXlsx } from '../sheet/questionnaire.ts';

export type Answers = Readonly<Record<string, AnswerValue>>;
export const SIGNED = { supplier: '=Müller & Co', name: 'Ada', role: 'Sales', date: '2026-11-26' };

/** A questionnaire filled in as a supplier does, in Excel's own terms; `change` may do what suppliers do to files. */
export async function filledIn(
  file: DemandFile,
  language: Language,
  answers: Answers,
  change: (questions: Worksheet, book: Workbook) => void = () => {},
  signed: Readonly<Record<string, string>> = { supplier: SIGNED.supplier },
): Promise<Uint8Array> {
  const book = new Workbook();
  await book.xlsx.load(await questionnaireXlsx(file, language));
  const [start, questions] = book.worksheets as [Worksheet, Worksheet];
  for (const question of offerFormOf(file, language).questions) {
    const value = answers[question.id];
    const row = rowOf(file, language, question.requirement);
    if (value !== undefined && value !== null)
      questions.getCell(row, columnOf(question.part)).value = written(question, value, language);
  }
  for (let row = 1; row <= start.rowCount; row++) {
    const field = FIELDS.find((one) => one === start.getCell(row, 1).value);
    const value = field && signed[field];
    if (value !== undefined) start.getCell(row, 3).value = isDay(value) ? new Date(`${value}T00:00:00Z`) : value;
  }
  change(questions, book);
  return new Uint8Array(await book.xlsx.writeBuffer());
}

/** The row of a requirement in a sheet that was not rearranged. */
export function rowOf(file: DemandFile, language: Language, requirement: string): number {
  const at = offerFormOf(file, language).requirements.findIndex(({ id }) => id === requirement);
  return HEADING_ROW + 1 + at;
}

export function cellNameOf(file: DemandFile, requirement: string, key: ColumnKey): string {
  return `${lettersOf(columnOf(key))}${rowOf(file, 'en', requirement)}`;
}

function written({ type, choices }: FormQuestion, value: AnswerValue, language: Language): string | number | Date {
  if (type === 'choice') return choices.find(({ id }) => id === value)?.text ?? String(value);
  if (type === 'yes-no') return say(wordsOf('sheet', language), value ? 'yes' : 'no');
  if (type === 'date') return new Date(`${value}T00:00:00Z`);
  return typeof value === 'number' ? value : String(value);
}

/** The sheets of a workbook, for writing them anew. */
export async function gridsOf(bytes: Uint8Array): Promise<Grid[]> {
  return (await readWorkbook(bytes)).grids;
}

/** The cells of a sheet in new places: rows and columns are told where to go, and stay away where they are not. */
export function moved(
  grid: Grid,
  row: (row: number) => number | null,
  column: (column: number) => number | null = (one) => one,
): Grid {
  const cells = grid.cells.flatMap((cell) => {
    const [to, at] = [row(cell.row), column(cell.column)];
    return to === null || at === null ? [] : [{ ...cell, row: to, column: at }];
  });
  return { ...grid, cells: cells.sort((a, b) => a.row - b.row || a.column - b.column) };
}

type Row = Map<number, Grid['cells'][number]>;

function rowsOf(grid: Grid): [number, Row][] {
  const rows = new Map<number, Row>();
  for (const cell of grid.cells) rows.set(cell.row, (rows.get(cell.row) ?? new Map()).set(cell.column, cell));
  return [...rows].sort(([a], [b]) => a - b);
}

/** As another program would save it: every text in its cell, no styles but one for dates. */
export function asXlsx(grids: readonly Grid[]): Uint8Array {
  const sheets = grids.map((grid) => ({
    name: escapeHtml(grid.name),
    xml: `<sheetData>${rowsOf(grid)
      .map(([row, cells]) => `<row r="${row}">${[...cells.values()].map(xlsxCell).join('')}</row>`)
      .join('')}</sheetData>`,
  }));
  return workbook(sheets, { styles: '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs>' });
}

function xlsxCell({ row, column, kind, text }: Grid['cells'][number]): string {
  const place = `r="${lettersOf(column)}${row}"`;
  if (kind === 'number') return `<c ${place}><v>${text}</v></c>`;
  if (kind === 'date') return `<c ${place} s="1"><v>${Date.parse(text) / 86_400_000 + 25_569}</v></c>`;
  const kept = escapeHtml(text).replace(/_x[0-9A-Fa-f]{4}_/g, '_x005F$&');
  return `<c ${place} t="inlineStr"><is><t xml:space="preserve">${kept}</t></is></c>`;
}

/** As LibreOffice saves it: runs of empty cells and rows are told by their number. */
export function asOds(grids: readonly Grid[]): Uint8Array {
  const gap = (element: string, repeated: string, count: number): string =>
    count > 0 ? `<table:${element} table:number-${repeated}-repeated="${count}"/>` : '';
  const tables = grids.map((grid) => {
    let last = 0;
    const rows = rowsOf(grid).map(([row, cells]) => {
      let at = 0;
      const inner = [...cells].map(([column, cell]) => {
        const before = gap('table-cell', 'columns', column - at - 1);
        at = column;
        return before + odsCell(cell);
      });
      const before =
        row - last > 1
          ? `<table:table-row table:number-rows-repeated="${row - last - 1}"><table:table-cell/></table:table-row>`
          : '';
      last = row;
      return `${before}<table:table-row>${inner.join('')}</table:table-row>`;
    });
    return `<table:table table:name="${escapeHtml(grid.name)}">${rows.join('')}</table:table>`;
  });
  return openDocument('spreadsheet', tables.join(''));
}

function odsCell({ kind, text }: Grid['cells'][number]): string {
  const lines = text.split('\n').map((line) => {
    const kept = escapeHtml(line)
      .replaceAll('\t', '<text:tab/>')
      .replace(/^ | {2,}| $/g, (blanks) => `<text:s text:c="${blanks.length}"/>`);
    return `<text:p>${kept}</text:p>`;
  });
  const type =
    kind === 'number'
      ? `float" office:value="${text}`
      : kind === 'date'
        ? `date" office:date-value="${text}`
        : 'string';
  return `<table:table-cell office:value-type="${type}">${lines.join('')}</table:table-cell>`;
}

/** One sheet as a delimited text. */
export function asCsv(grid: Grid, separator: ',' | ';' | '\t'): Uint8Array {
  const lines: string[] = [];
  for (const [row, cells] of rowsOf(grid)) {
    while (lines.length < row - 1) lines.push('');
    const width = Math.max(...cells.keys());
    const fields = Array.from({ length: width }, (_, i) => cells.get(i + 1)?.text ?? '');
    lines.push(fields.map((one) => (one === '' ? '' : `"${one.replaceAll('"', '""')}"`)).join(separator));
  }
  return new TextEncoder().encode(`\ufeff${lines.join('\r\n')}\r\n`);
}
