import { DocumentBuilder } from '../builder.ts';
import { isBlank } from '../encoding.ts';
import type { Limits } from '../reader.ts';
import { DEFAULT_LIMITS, UnreadableError } from '../reader.ts';
import { sniff } from '../sniff.ts';
import { decode } from '../text/decode.ts';
import { delimitedRows } from '../text/plain-delimited.ts';
import { Zip } from '../zip.ts';
import { type Grid, GridCollector } from './grid.ts';
import { ODF_PREFIXES, readManifest } from './odf.ts';
import { OdsGridParser } from './ods-grid.ts';
import { MAX_PARTS, OoxmlPackage } from './ooxml-package.ts';
import { GridParser } from './xlsx-grid.ts';
import { SharedStrings, WorkbookStyles } from './xlsx-tables.ts';
import { Enough, parseXml } from './xml.ts';

export type { Grid, GridCell, GridRange } from './grid.ts';

/** A workbook as cells with their places: for a form that is read back, where `parse` would give a running text. */
export interface Workbook {
  format: 'xlsx' | 'ods' | 'csv';
  grids: Grid[];
}

export interface WorkbookOptions {
  limits?: Limits;
  /** Separator of a delimited text, where the caller can tell it; else it is guessed. */
  separator?: (text: string) => string | undefined;
}

/**
 * The cells of an Excel workbook, an OpenDocument spreadsheet or a delimited text, told apart by their bytes.
 * @throws UnreadableError `empty`, `encrypted`, `unsupported` (also a legacy .xls), `corrupt`, `too-large`, `too-deep`: a table of
 * which a part is lost is not given at all.
 */
export async function readWorkbook(bytes: Uint8Array, options: WorkbookOptions = {}): Promise<Workbook> {
  const limits = options.limits ?? DEFAULT_LIMITS;
  if (isBlank(bytes)) throw new UnreadableError({ code: 'empty', message: 'The file is empty. Ask for it again.' });
  const { format, refused } = sniff(bytes, 'table.csv');
  if (refused) throw new UnreadableError(refused);
  if (format === 'xlsx') return { format, grids: await xlsxGrids(bytes, limits) };
  if (format === 'ods') return { format, grids: await odsGrids(bytes, limits) };
  if (format === 'txt') return { format: 'csv', grids: csvGrids(bytes, options.separator) };
  throw new UnreadableError({
    code: 'unsupported',
    message: 'This is not a workbook. Give it as .xlsx, .ods or .csv.',
  });
}

async function xlsxGrids(bytes: Uint8Array, limits: Limits): Promise<Grid[]> {
  const builder = new DocumentBuilder('xlsx');
  const pack = new OoxmlPackage(bytes, limits, builder);
  const main = await pack.mainPart('xl/workbook.xml');
  const relationships = await pack.relationships(main);
  const sheets: { name: string; id: string }[] = [];
  let from1904 = false;
  const open = (name: string, attributes: Readonly<Record<string, string>>): boolean => {
    if (sheets.length >= MAX_PARTS) throw new Enough();
    if (name === 'x:sheet') sheets.push({ name: attributes.name ?? '', id: attributes['r:id'] ?? '' });
    if (name === 'x:workbookPr') from1904 = attributes.date1904 === '1' || attributes.date1904 === 'true';
    return true;
  };
  await pack.parse(main, { open, close: () => {}, text: () => {} }, true);
  const strings = new SharedStrings(limits.maxChars);
  const styles = new WorkbookStyles();
  const parts = [...relationships.values()].filter(({ external }) => !external);
  for (const { type, target } of parts) {
    if (type === 'sharedStrings') await pack.parse(target, strings.handler());
    if (type === 'styles') await pack.parse(target, styles.handler());
  }
  if (strings.full) throw new UnreadableError({ code: 'too-large', message: 'The workbook holds too much text.' });
  const collector = new GridCollector();
  for (const { name, id } of sheets.slice(0, limits.maxPages)) {
    const part = relationships.get(id);
    if (!part || part.external || part.type === 'chartsheet') continue;
    collector.begin(name);
    await pack.parse(part.target, new GridParser(collector, strings, styles, from1904), true);
  }
  const [problem] = builder.problems;
  if (problem) throw new UnreadableError({ code: problem.code, message: problem.message });
  return collector.grids;
}

async function odsGrids(bytes: Uint8Array, limits: Limits): Promise<Grid[]> {
  const zip = new Zip(bytes, limits);
  const { encrypted } = await readManifest(zip, limits);
  if (encrypted)
    throw new UnreadableError({
      code: 'encrypted',
      message: 'The workbook is protected with a password. Save it without one.',
    });
  const entry = zip.get('content.xml');
  const collector = new GridCollector();
  const outcome = entry && (await parseXml(zip.stream(entry), new OdsGridParser(collector), ODF_PREFIXES, limits));
  if (!outcome || outcome.damaged || outcome.cut || zip.problems.length > 0)
    throw new UnreadableError({ code: 'corrupt', message: 'The workbook is damaged. Ask for it again.' });
  return collector.grids;
}

function csvGrids(bytes: Uint8Array, separator: WorkbookOptions['separator']): Grid[] {
  const { text } = decode(bytes);
  const collector = new GridCollector();
  collector.begin('');
  let row = 0;
  for (const cells of delimitedRows(text, separator?.(text))) {
    row++;
    for (const [i, value] of cells.entries())
      if (value !== '') collector.add({ row, column: i + 1, kind: 'text', text: value, formula: false });
  }
  return collector.grids;
}
