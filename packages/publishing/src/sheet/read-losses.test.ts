import type { Workbook, Worksheet } from '@cj-tech-master/excelts';
import { LANGUAGES } from '@proviso/catalogue';
import type { Grid } from '@proviso/documents';
import { describe, expect, it } from 'vitest';
import { openDocument } from '../../../documents/src/testing/office-files.ts';
import { ANSWERS, ASKING, askingDemand } from '../testing/asking-demand.ts';
import { type Answers, asXlsx, filledIn, gridsOf, moved } from '../testing/returned-sheet.ts';
import { columnOf } from './layout.ts';
import { LEFT, lossText, REFUSALS, TAKEN } from './losses.ts';
import { matrixXlsx } from './matrix.ts';
import { readQuestionnaire } from './read-questionnaire.ts';

const FILE = askingDemand();
const without = (...ids: string[]): Answers =>
  Object.fromEntries(Object.entries(ANSWERS).filter(([id]) => !ids.includes(id)));

/** What is said, as `kind cell question`. */
async function readAs(bytes: Uint8Array, file = FILE): Promise<[values: Answers | undefined, said: string[]]> {
  const { answers, losses } = await readQuestionnaire(bytes, file);
  const said = losses.map(({ kind, cell, question }) => [kind, cell, question].filter((one) => one !== null).join(' '));
  return [answers?.values, said];
}

type Change = (questions: Worksheet, book: Workbook) => void;
const put =
  (
    cell: string,
    value: string | number | boolean | Date | { formula: string; result?: string | number } | { error: '#REF!' },
  ): Change =>
  (sheet) => {
    sheet.getCell(cell).value = value;
  };

const CHANGES: [what: string, change: Change, values: Answers, said: string[]][] = [
  ['a formula with its last result', put('L5', { formula: '3+4', result: 7 }), ANSWERS, ['formula L5 AA-03']],
  ['a formula without a result', put('L5', { formula: '3+4' }), without('AA-03'), ['formula-empty L5 AA-03']],
  ['an error', put('L5', { error: '#REF!' }), without('AA-03'), ['cell-error L5 AA-03']],
  ['words for a number', put('L5', '7 days'), without('AA-03'), ['not-a-number L5 AA-03']],
  ['a number that may be two', put('L5', '1.500'), without('AA-03'), ['not-a-number L5 AA-03']],
  ['a number as text', put('L5', '7,0'), ANSWERS, []],
  ['a day for a number', put('L5', new Date('2026-07-01')), without('AA-03'), ['not-a-number L5 AA-03']],
  ['a day that may be two', put('L6', '01/02/2026'), without('BB-01'), ['not-a-date L6 BB-01']],
  ['a day with one order', put('L6', '31/01/2026'), ANSWERS, []],
  ['a day with points', put('L6', '31.1.2026'), ANSWERS, []],
  ['a day that is none', put('L6', '31.2.2026'), without('BB-01'), ['not-a-date L6 BB-01']],
  ['a number that the program shows as a day', put('L6', 46_053), ANSWERS, []],
  ['a truth of the program', put('L4', true), ANSWERS, []],
  ['neither yes nor no', put('L4', 'Partly'), without('AA-02'), ['not-yes-or-no L4 AA-02']],
  ['another answer than those offered', put('L3', 'Rather well'), without('AA-01'), ['not-a-choice L3 AA-01']],
  ['a text too long', put('L7', 'x'.repeat(10_001)), without('BB-02'), ['too-long L7 BB-02']],
  ['something where nothing is asked', put('M7', 'here'), ANSWERS, ['not-asked M7 BB-02']],
  [
    'joined rows',
    (sheet) => sheet.mergeCells('L3:L4'),
    without('AA-01', 'AA-02'),
    ['merged L3 AA-01', 'merged L4 AA-02'],
  ],
  [
    'an answer joined with its deviation',
    (sheet) => sheet.mergeCells('L3:M3'),
    without('AA-01'),
    ['merged L3 AA-01', 'merged M3 AA-01.deviation'],
  ],
  ['an id that is not known', put('A3', 'ZZ-99'), without('AA-01'), ['unknown-question L3']],
  ['an id that was wiped out', put('A3', ''), without('AA-01'), ['unknown-rows B3']],
  ['another version of a question', put('B3', '0123456789abcdef'), without('AA-01'), ['changed-question L3 AA-01']],
  ['the words of another question', put('K3', 'What else?'), without('AA-01'), ['mixed-row L3 AA-01']],
  ['answers beside the columns', put('T4', 'see here'), ANSWERS, ['column-not-read T4']],
  [
    'a sheet of the supplier',
    (_, book) => {
      book.addWorksheet('More').getCell('A1').value = 'more';
    },
    ANSWERS,
    ['sheet-not-read'],
  ],
  ['a column of answers wiped out', (sheet) => sheet.spliceColumns(columnOf('remark'), 1), ANSWERS, []],
  [
    'a new column in between',
    (sheet) => sheet.spliceColumns(columnOf('answer'), 0, [null, null, 'mine']),
    ANSWERS,
    ['column-not-read L3'],
  ],
  ['the hidden column of ids gone', (sheet) => sheet.spliceColumns(1, 1), ANSWERS, ['ids-missing']],
  ['the hidden row of keys gone', (sheet) => sheet.spliceRows(1, 1), ANSWERS, ['ids-missing', 'headings-missing']],
];

describe('what is not certain in a returned questionnaire', () => {
  it.each(CHANGES)('%s', async (_, change, values, said) => {
    expect(await readAs(await filledIn(FILE, 'en', ANSWERS, change))).toEqual([values, said]);
  });

  const grids = async (): Promise<Grid[]> => gridsOf(await filledIn(FILE, 'en', ANSWERS));
  const twice = (grid: Grid, row: number, at: number, answer?: string): Grid => {
    const copy = moved(grid, (one) => (one === row ? at : null)).cells.map((cell) =>
      answer !== undefined && cell.column === columnOf('answer') ? { ...cell, text: answer } : cell,
    );
    return { ...grid, cells: [...grid.cells, ...copy] };
  };

  it.each<[string, string | undefined, Answers, string]>([
    ['with the same answers', undefined, ANSWERS, 'duplicate-same'],
    ['with nothing in the second', '', ANSWERS, 'duplicate-same'],
    ['with other answers', 'Fairly', without('AA-01'), 'duplicate-row'],
  ])('a row that stands there twice, %s', async (_, answer, values, kind) => {
    const [start, questions, lists] = (await grids()) as [Grid, Grid, Grid];
    const bytes = asXlsx([start, twice(questions, 3, 9, answer), lists]);
    expect(await readAs(bytes)).toEqual([values, [`${kind} L9 AA-01`]]);
  });

  it('a file that no longer says where it belongs: only the very same questions are read', async () => {
    const [start, questions] = (await grids()) as [Grid, Grid];
    const bare = { ...questions, cells: questions.cells.filter(({ text }) => !text.startsWith('proviso:demand')) };
    expect(await readAs(asXlsx([start, bare]))).toEqual([ANSWERS, ['demand-unknown']]);
    const nothing = moved(
      bare,
      (row) => row,
      (column) => (column === 2 || column === columnOf('question') ? null : column),
    );
    const [values, said] = await readAs(asXlsx([start, nothing]));
    expect(values).toEqual({});
    expect(said.filter((one) => one.startsWith('changed-question'))).toHaveLength(ASKING.length);
  });

  it('a hundred thousand rows of junk', async () => {
    const [start, questions, lists] = (await grids()) as [Grid, Grid, Grid];
    const junk = Array.from({ length: 100_000 }, (_, i) => ({
      row: 100 + i,
      column: columnOf('answer'),
      kind: 'text' as const,
      text: 'junk',
      formula: false,
    }));
    const [values, said] = await readAs(asXlsx([start, { ...questions, cells: [...questions.cells, ...junk] }, lists]));
    expect([values, said]).toEqual([ANSWERS, ['unknown-rows L100']]);
  });

  it('a list of losses with an end', async () => {
    const [start, questions, lists] = (await grids()) as [Grid, Grid, Grid];
    const strange = Array.from({ length: 500 }, (_, i) => ({
      row: 100 + i,
      column: 1,
      kind: 'text' as const,
      text: `X-${i}`,
      formula: false,
    }));
    const { losses } = await readQuestionnaire(
      asXlsx([start, { ...questions, cells: [...questions.cells, ...strange] }, lists]),
      FILE,
    );
    expect(losses).toHaveLength(101);
    expect(losses.at(-1)).toMatchObject({ kind: 'more', count: 400 });
  });

  const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
  const ole = (name: string): Uint8Array =>
    new Uint8Array(
      Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(504), Buffer.from(name, 'utf16le')]),
    );
  it.each<[string, () => Uint8Array | Promise<Uint8Array>, string]>([
    ['an empty file', () => new Uint8Array(), 'file-empty'],
    ['a file with a password', () => ole('EncryptedPackage'), 'file-encrypted'],
    ['an .xls', () => ole('Workbook'), 'file-unknown'],
    ['a picture', () => Buffer.from('89504e470d0a1a0a', 'hex'), 'file-unknown'],
    ['a text document', () => openDocument('text', ''), 'file-unknown'],
    ['a cut-off file', async () => (await filledIn(FILE, 'en', ANSWERS)).slice(0, 3_000), 'file-damaged'],
    ['a table of something else', () => bytesOf('a;b\n1;2\n'), 'no-questions'],
    ['the matrix', () => matrixXlsx(FILE, 'en'), 'no-questions'],
    ['another tender', () => filledIn(askingDemand(undefined, { title: 'Other' }), 'en', ANSWERS), 'other-demand'],
  ])('refuses %s as a whole', async (_, bytes, kind) => {
    expect(await readAs(await bytes())).toEqual([undefined, [kind]]);
  });

  it('refuses a questionnaire of another edition, and says which', async () => {
    const old = structuredClone(FILE);
    old.demand.catalogue.edition = '0.9';
    const { answers, losses } = await readQuestionnaire(await filledIn(old, 'en', ANSWERS), FILE);
    expect([answers, losses]).toMatchObject([null, [{ kind: 'other-edition', value: '0.9' }]]);
  });

  it('says who must sign what', async () => {
    const half = await filledIn(FILE, 'en', ANSWERS, undefined, { name: 'Ada', date: 'soon' });
    const { answers, losses } = await readQuestionnaire(half, FILE);
    expect(answers?.declaration).toBeNull();
    expect(losses.map(({ kind, sheet }) => [kind, sheet])).toEqual([
      ['supplier-missing', 'Start here'],
      ['declaration-incomplete', 'Start here'],
    ]);
  });
});

describe('a loss in words', () => {
  it.each(LANGUAGES)('has every kind in %s, with every mark filled', (language) => {
    for (const kind of [...REFUSALS, ...TAKEN, ...LEFT]) {
      const loss = { kind, taken: false, sheet: 'Blad', cell: 'L3', question: 'AA-01', value: 'x', count: 3 };
      expect(lossText(loss, language)).toMatch(/^[^{}]{20,}[.]$/);
    }
  });
});
