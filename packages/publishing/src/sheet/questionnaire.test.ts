import { Workbook, type Worksheet } from '@cj-tech-master/excelts';
import { LANGUAGES, type Language } from '@proviso/catalogue';
import { readWorkbook, Zip } from '@proviso/documents';
import { beforeAll, describe, expect, it } from 'vitest';
import { offerFormOf } from '../form-of-file.ts';
import { askingDemand } from '../testing/asking-demand.ts';
import { COLUMNS, type ColumnKey, columnOf, HEADING_ROW, HIDDEN_COLUMNS, lettersOf, PARTS } from './layout.ts';
import { questionnaireXlsx } from './questionnaire.ts';

const HOSTILE = '=HYPERLINK("http://example.org";"x")';
const FILE = askingDemand(undefined, { title: HOSTILE, buyer: '@buyer', reference: '\t+31' });

async function sheetsOf(bytes: Uint8Array): Promise<[start: Worksheet, questions: Worksheet, lists: Worksheet]> {
  const book = new Workbook();
  await book.xlsx.load(bytes);
  return book.worksheets as [Worksheet, Worksheet, Worksheet];
}

function partsOf(bytes: Uint8Array): string[] {
  const zip = new Zip(bytes, { maxInflatedBytes: 10_000_000 });
  return zip.entries
    .filter(({ name }) => name.includes('worksheets/'))
    .map((one) => new TextDecoder().decode(zip.read(one)));
}

describe('the questionnaire', () => {
  let bytes: Uint8Array;
  let start: Worksheet;
  let questions: Worksheet;
  let lists: Worksheet;
  const at = (row: number, key: ColumnKey) => questions.getCell(HEADING_ROW + row, columnOf(key));
  beforeAll(async () => {
    bytes = await questionnaireXlsx(FILE, 'en');
    [start, questions, lists] = await sheetsOf(bytes);
  });

  it('is the same bytes each time', async () => expect(await questionnaireXlsx(FILE, 'en')).toEqual(bytes));

  it('has a row for each requirement, with what its reader needs hidden', () => {
    const form = offerFormOf(FILE, 'en');
    expect(form.requirements.map((_, i) => at(i + 1, 'id').value)).toEqual(form.requirements.map(({ id }) => id));
    for (let column = 1; column <= HIDDEN_COLUMNS; column++) expect(questions.getColumn(column).hidden).toBe(true);
    expect(questions.getColumn(HIDDEN_COLUMNS + 1).hidden).toBe(false);
    expect(questions.getRow(1).hidden).toBe(true);
    expect(lists.state).toBe('veryHidden');
    expect(lists.getCell('A2').value).toBe(`proviso:demand=${form.demand}`);
  });

  it('can be written in where answers stand and nowhere else', () => {
    const open: string[] = [];
    for (const sheet of [start, questions])
      sheet.eachRow((row) =>
        row.eachCell({ includeEmpty: true }, (cell) => {
          if (cell.protection?.locked === false) open.push(`${sheet.name}!${cell.address}`);
        }),
      );
    const deviation = lettersOf(columnOf('deviation'));
    const expected = FILE.demand.requirements.flatMap((_, i) =>
      PARTS.map((part) => `Questions!${lettersOf(columnOf(part))}${HEADING_ROW + 1 + i}`),
    );
    // A date and a text cannot be less than asked: nothing is asked beside them.
    const closed = [`Questions!${deviation}6`, `Questions!${deviation}7`];
    expect(open.filter((one) => one.startsWith('Questions'))).toEqual(expected.filter((one) => !closed.includes(one)));
    expect(open.filter((one) => one.startsWith('Start'))).toHaveLength(4);
    for (const xml of partsOf(bytes).slice(0, 2)) expect(xml).toMatch(/<sheetProtection sheet="1"(?! password)/);
  });

  it('takes only answers of the right type', () => {
    expect(at(1, 'answer').dataValidation).toMatchObject({ type: 'list', formulae: ['Proviso!$C$1:$C$3'] });
    expect([1, 2, 3].map((row) => lists.getCell(row, 3).value)).toEqual(['Very well', 'Fairly', 'Not at all']);
    expect(at(2, 'answer').dataValidation).toMatchObject({ type: 'list', formulae: ['Proviso!$B$1:$B$2'] });
    expect(at(3, 'answer').dataValidation).toMatchObject({ type: 'decimal' });
    expect(at(4, 'answer').dataValidation).toMatchObject({ type: 'date' });
    expect(at(4, 'answer').numFmt).toBe('yyyy-mm-dd');
    expect(at(5, 'answer').dataValidation).toMatchObject({ type: 'textLength', formulae: [10_000] });
  });

  it('knows which answers call for more', () => {
    const hidden = (row: number): unknown[] =>
      (['less', 'below', 'above', 'some'] as const).map((key) => at(row, key).value);
    expect(hidden(1)).toEqual(['|Not at all|', null, null, '|Very well|Fairly|']);
    expect(hidden(2)).toEqual(['|No|', null, null, '|Yes|']);
    // Within 14 days is asked, so that a greater number is less.
    expect(hidden(3)).toEqual([null, null, 14, '*']);
    expect(hidden(5)).toEqual([null, null, null, '*']);
  });

  it('marks knock-outs in words', () => {
    expect([1, 2].map((row) => at(row, 'knockout').value)).toEqual(['KNOCK-OUT', null]);
  });

  it('prints on A4, landscape, with the row of headings on each page', () => {
    for (const sheet of [start, questions])
      expect(sheet.pageSetup).toMatchObject({ paperSize: 9, orientation: 'landscape', fitToWidth: 1, fitToHeight: 0 });
    expect(questions.pageSetup.printTitlesRow).toBe('2:2');
    expect(questions.views[0]).toMatchObject({ state: 'frozen', xSplit: 7, ySplit: 2 });
    expect(questions.autoFilter).toBe(`G2:${lettersOf(COLUMNS.length)}7`);
  });

  it('holds no formula but its own, whatever the demand is called', async () => {
    const formulas = (await readWorkbook(bytes)).grids.flatMap(({ cells }) => cells.filter(({ formula }) => formula));
    expect(new Set(formulas.map(({ column }) => column))).toEqual(new Set([columnOf('todo')]));
    expect(start.getCell('B2').value).toBe(`Security questions: ${HOSTILE}`);
    expect(start.getCell('C3').value).toBe('@buyer');
  });

  it.each(LANGUAGES)('fits the bounds of Excel in %s', async (language: Language) => {
    const sheets = await sheetsOf(await questionnaireXlsx(FILE, language));
    for (const { name } of sheets) expect(name).toMatch(/^[^[\]:*?/\\]{1,31}$/);
    sheets[1].eachRow((row) =>
      row.eachCell(({ dataValidation: rule }) => {
        if (!rule || rule.type === 'any') return;
        expect((rule.errorTitle ?? '').length).toBeLessThanOrEqual(32);
        expect((rule.error ?? '').length).toBeLessThanOrEqual(255);
        expect((rule.prompt ?? '').length).toBeLessThanOrEqual(255);
      }),
    );
  });

  it('is made for a demand that asks nothing', async () => {
    const [, empty] = await sheetsOf(await questionnaireXlsx(askingDemand([]), 'en'));
    expect(empty.rowCount).toBe(HEADING_ROW);
  });
});
