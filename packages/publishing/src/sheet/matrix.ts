import type { DataValidation, Worksheet } from '@cj-tech-master/excelts';
import { type DemandFile, type Language, LEVELS, worded } from '@proviso/catalogue';
import { say, type Words, wordsOf } from '../messages.ts';
import { lettersOf } from './layout.ts';
import { ALERT, fillOf, fitRow, lock, printOn, put } from './look.ts';
import { writeScale } from './scale-sheet.ts';
import { bytesOf, newWorkbook } from './workbook-of.ts';

/** Offers that one matrix holds. */
export const OFFERS = 8;

const HEAD_ROW = 1;
/** Columns: number, requirement, knock-out, level in words, level as a number (hidden), weight, then the offers. */
const LEVEL = 5;
const WEIGHT = 6;
const FIRST_OFFER = 7;
const WIDTHS = [9, 46, 13, 13, 5, 9] as const;
const OFFER_WIDTH = 9;

/**
 * The evaluation matrix: requirements against up to eight offers. An evaluator writes scores of 0 to 3; formulas work out points, the
 * score out of 100, and the knock-outs that are not met. The same demand and language give the same bytes.
 */
export async function matrixXlsx(file: DemandFile, language: Language): Promise<Uint8Array> {
  const words = wordsOf('matrix', language);
  const { title } = file.demand.context;
  const { edition, date } = file.catalogue.edition;
  const workbook = await newWorkbook(say(words, 'title', { title }), date);
  const names = ['scale', 'matrix', 'points'].map((one) => say(words, `sheet-${one}`));
  const [scale, matrix, points] = names.map((name) => workbook.addWorksheet(name)) as [Worksheet, Worksheet, Worksheet];
  const header = say(words, 'header', { title, edition });
  await writeScale(scale, file, language, header);
  writeMatrix(matrix, points.name, file, language, words);
  writePoints(points, matrix.name, file, language, words);
  for (const sheet of [matrix, points]) {
    printOn(sheet, header, say(words, 'page'), HEAD_ROW);
    sheet.views = [{ state: 'frozen', xSplit: 2, ySplit: HEAD_ROW }];
    await lock(sheet);
  }
  // Nothing was worked out yet: a program does it when it opens the file.
  workbook.calcProperties.fullCalcOnLoad = true;
  return bytesOf(workbook);
}

/** The rows of scores, first and last. */
function span(file: DemandFile): { first: number; last: number } {
  const first = HEAD_ROW + 1;
  return { first, last: Math.max(first, HEAD_ROW + file.demand.requirements.length) };
}

function writeMatrix(sheet: Worksheet, pointsName: string, file: DemandFile, language: Language, words: Words): void {
  const { demand, catalogue } = file;
  const { first, last } = span(file);
  sheet.columns = [
    ...WIDTHS.map((width, i) => ({ width, hidden: i + 1 === LEVEL })),
    ...Array.from({ length: OFFERS }, () => ({ width: OFFER_WIDTH })),
  ];
  const heads = ['number', 'requirement', 'knockout-heading', 'level', 'level', 'weight'];
  heads.forEach((id, i) => {
    put(sheet.getCell(HEAD_ROW, i + 1), say(words, id), 'head');
  });
  for (let n = 1; n <= OFFERS; n++) {
    const cell = sheet.getCell(HEAD_ROW, FIRST_OFFER + n - 1);
    put(cell, say(words, 'offer', { n }), 'write');
    cell.numFmt = '@';
  }
  fitRow(
    sheet.getRow(HEAD_ROW),
    heads.map((id, i) => [say(words, id), (WIDTHS[i] ?? 9) - 1]),
  );
  demand.requirements.forEach((demanded, i) => {
    const row = first + i;
    const { title, sentence } = worded(demand, demanded, catalogue, language);
    const asked = `${title}\n${sentence}`;
    put(sheet.getCell(row, 1), demanded.id, 'quiet');
    put(sheet.getCell(row, 2), asked, 'text');
    put(sheet.getCell(row, 3), demanded.knockout ? say(words, 'knockout') : '', 'mark');
    put(sheet.getCell(row, 4), say(words, `level-${demanded.level}`), 'text');
    put(sheet.getCell(row, LEVEL), LEVELS.indexOf(demanded.level) + 1, 'number');
    put(sheet.getCell(row, WEIGHT), demanded.weight / 1000, 'number');
    sheet.getCell(row, WEIGHT).numFmt = '0.0%';
    for (let n = 0; n < OFFERS; n++) {
      const cell = sheet.getCell(row, FIRST_OFFER + n);
      put(cell, '', 'write');
      cell.alignment = { horizontal: 'center', vertical: 'top' };
      cell.dataValidation = scoreOnly(words);
    }
    fitRow(sheet.getRow(row), [[asked, WIDTHS[1]]]);
  });
  markMissedKnockouts(sheet, first, last);
  const count = demand.requirements.length;
  const total = last + 2;
  const sums: [id: string, formula: (letters: string) => string, format: string][] = [
    ['scored', (at) => `COUNT(${at}${first}:${at}${last})`, '0'],
    [
      'failed',
      // A blank is no score, and is not counted as missed.
      (at) =>
        `SUMPRODUCT(($C$${first}:$C$${last}<>"")*(${at}${first}:${at}${last}<>"")*(${at}${first}:${at}${last}<$E$${first}:$E$${last}))`,
      '0',
    ],
    ['total', (at) => `IF(${at}${total}=${count},SUM('${pointsName}'!${at}${first}:${at}${last}),"")`, '0.0'],
  ];
  sums.forEach(([id, formula, numFmt], i) => {
    const row = total + i;
    put(sheet.getCell(row, 2), say(words, id), 'bold');
    for (let n = 0; n < OFFERS; n++) {
      const cell = sheet.getCell(row, FIRST_OFFER + n);
      put(cell, '', 'quiet');
      cell.value = { formula: formula(lettersOf(FIRST_OFFER + n)) };
      cell.numFmt = numFmt;
      cell.alignment = { horizontal: 'center', vertical: 'top' };
    }
  });
  sheet.autoFilter = `A${HEAD_ROW}:${lettersOf(FIRST_OFFER + OFFERS - 1)}${last}`;
}

/** Points of each requirement and offer, so that every part of a score can be followed. */
function writePoints(sheet: Worksheet, matrixName: string, file: DemandFile, language: Language, words: Words): void {
  const { first, last } = span(file);
  sheet.columns = [
    { width: WIDTHS[0] },
    { width: WIDTHS[1] },
    ...[3, 4, 5, 6].map(() => ({ width: 9, hidden: true })),
    ...Array.from({ length: OFFERS }, () => ({ width: OFFER_WIDTH })),
  ];
  const formula = (row: number, column: number, text: string, numFmt: string, look: 'head' | 'text'): void => {
    const cell = sheet.getCell(row, column);
    put(cell, '', look);
    cell.value = { formula: text };
    cell.numFmt = numFmt;
    cell.alignment = { horizontal: 'center', vertical: 'top', wrapText: true };
  };
  put(sheet.getCell(HEAD_ROW, 1), say(words, 'number'), 'head');
  put(sheet.getCell(HEAD_ROW, 2), say(words, 'requirement'), 'head');
  const of = `'${matrixName}'!`;
  for (let n = 0; n < OFFERS; n++) {
    const at = lettersOf(FIRST_OFFER + n);
    formula(HEAD_ROW, FIRST_OFFER + n, `${of}${at}${HEAD_ROW}&""`, 'General', 'head');
    for (let i = 0; i < file.demand.requirements.length; i++) {
      const row = first + i;
      const score = `${of}${at}${row}`;
      const weights = `SUM(${of}$F$${first}:$F$${last})`;
      const points = `100*${of}$F${row}*MIN(1,${score}/${of}$E${row})/${weights}`;
      formula(row, FIRST_OFFER + n, `IF(${score}="","",${points})`, '0.00', 'text');
    }
  }
  file.demand.requirements.forEach(({ id }, i) => {
    put(sheet.getCell(first + i, 1), id, 'quiet');
    const title = file.catalogue.requirements.find((one) => one.id === id)?.title;
    put(sheet.getCell(first + i, 2), title?.[language] ?? '', 'text');
  });
}

function scoreOnly(words: Words): DataValidation {
  return {
    type: 'whole',
    operator: 'between',
    formulae: [0, LEVELS.length],
    allowBlank: true,
    showErrorMessage: true,
    errorTitle: say(words, 'error-title').slice(0, 32),
    error: say(words, 'error-score'),
    showInputMessage: true,
    prompt: say(words, 'prompt-score'),
  };
}

function markMissedKnockouts(sheet: Worksheet, first: number, last: number): void {
  const at = `${lettersOf(FIRST_OFFER)}${first}`;
  sheet.addConditionalFormatting({
    ref: `${at}:${lettersOf(FIRST_OFFER + OFFERS - 1)}${last}`,
    rules: [
      {
        type: 'expression',
        priority: 1,
        formulae: [`AND($C${first}<>"",${at}<>"",${at}<$E${first})`],
        style: { fill: fillOf(ALERT) },
      },
    ],
  });
}
