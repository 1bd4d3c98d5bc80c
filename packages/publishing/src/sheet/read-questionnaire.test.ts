import { type AnswerValue, type FormQuestion, LANGUAGES, type Language } from '@proviso/catalogue';
import { requirement, text } from '@proviso/catalogue/testing/small-catalogue';
import type { Grid } from '@proviso/documents';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { offerFormOf } from '../form-of-file.ts';
import { ANSWERS, ASKING, askingDemand } from '../testing/asking-demand.ts';
import { type Answers, asCsv, asOds, asXlsx, filledIn, gridsOf, moved, SIGNED } from '../testing/returned-sheet.ts';
import { readQuestionnaire } from './read-questionnaire.ts';

const FILE = askingDemand();
const QUESTIONS = offerFormOf(FILE, 'en').questions;
const FULL: Answers = {
  ...ANSWERS,
  'AA-01.evidence': 'Report 7, page 3',
  'AA-03': 19.5,
  'AA-03.deviation': '=1+1',
  'BB-02.remark': 'First line\nsecond; "quoted", line',
};

/** A text as a supplier may write it: blanks around it do not count, and XML cannot hold control characters. */
const words = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 60 })
  .map((one) => one.replace(/[\p{Cc}\u2028\u2029\ufeff\ufffe\uffff]/gu, '').trim())
  .filter((one) => one !== '' && one.isWellFormed());
const text4 = fc.oneof(
  words,
  fc.constantFrom('=1+1', '+31 6', '-5', '@x', "'q", 'TRUE', '0012', '1-2', '50%', 'a;b,"c"'),
);

function answerTo({ type, choices }: FormQuestion): fc.Arbitrary<AnswerValue> {
  if (type === 'choice') return fc.constantFrom(...choices.map(({ id }) => id));
  if (type === 'yes-no') return fc.boolean();
  // Three decimals could be thousands in a text file, and are not read from one.
  if (type === 'number')
    return fc.oneof(
      fc.integer({ min: -1e6, max: 1e9 }),
      fc.integer({ max: 9999 }).map((n) => n / 4),
    );
  if (type === 'date')
    return fc
      .date({ min: new Date('1990-01-01'), max: new Date('2199-12-31'), noInvalidDate: true })
      .map((day) => day.toISOString().slice(0, 10));
  return text4;
}

const answers = fc
  .record(Object.fromEntries(QUESTIONS.map((one) => [one.id, fc.option(answerTo(one), { nil: null })])))
  .map((all) => Object.fromEntries(Object.entries(all).filter(([, value]) => value !== null)) as Answers);

/** What other programs and people do to a workbook without changing what it says. */
const REWRITES: [what: string, rewrite: (grids: Grid[], seed: number) => Uint8Array][] = [
  ['saved by another program as .xlsx', (grids) => asXlsx(grids)],
  ['saved by another program as .ods', (grids) => asOds(grids)],
  ['saved as .csv with semicolons', (grids) => asCsv(grids[1] as Grid, ';')],
  ['saved as .csv with commas', (grids) => asCsv(grids[1] as Grid, ',')],
  ['saved as .csv with tabs', (grids) => asCsv(grids[1] as Grid, '\t')],
  [
    'with its rows in another order',
    (grids, seed) => {
      const count = FILE.demand.requirements.length;
      const turn = (row: number): number => (row < 3 ? row : 3 + ((row - 3 + seed) % count));
      return asXlsx(grids.map((one, i) => (i === 1 ? moved(one, turn) : one)));
    },
  ],
  [
    'with its rows and columns moved, and its sheets in another order',
    (grids) =>
      asOds(
        grids
          .map((one) =>
            moved(
              one,
              (row) => row + 4,
              (column) => 40 - column,
            ),
          )
          .reverse(),
      ),
  ],
];

describe('a returned questionnaire', () => {
  it.each(REWRITES)('gives back any answers, %s', async (_, rewrite) => {
    await fc.assert(
      fc.asyncProperty(answers, fc.constantFrom(...LANGUAGES), fc.nat(9), async (given, language, seed) => {
        const bytes = rewrite(await gridsOf(await filledIn(FILE, language, given)), seed);
        const read = await readQuestionnaire(bytes, FILE, 'en');
        const lost = read.losses.map(({ kind }) => kind).filter((kind) => kind !== 'supplier-missing');
        expect([read.answers?.values, lost]).toEqual([given, []]);
      }),
      { numRuns: 12 },
    );
  });

  it('comes back whole from the very file that was sent', async () => {
    const { answers: read, losses } = await readQuestionnaire(await filledIn(FILE, 'en', FULL), FILE);
    expect(losses).toEqual([]);
    const form = offerFormOf(FILE, 'en');
    expect(read).toEqual({
      schema: 'proviso.answers/1',
      form: { title: 'Mail service', reference: 'T-1', demand: form.demand, edition: '1', language: 'en' },
      supplier: SIGNED.supplier,
      values: FULL,
      versions: Object.fromEntries(
        form.questions.filter(({ id }) => id in FULL).map(({ id, version }) => [id, version]),
      ),
      declaration: null,
    });
  });

  it('seals a complete declaration over the answers that count', async () => {
    const given = { ...FULL, 'AA-01.deviation': 'not asked for, as the answer is enough' };
    const read = await readQuestionnaire(await filledIn(FILE, 'en', given, undefined, SIGNED), FILE);
    expect(read.losses).toMatchObject([{ kind: 'not-counted', count: 1, value: 'AA-01.deviation' }]);
    expect(read.answers?.declaration).toMatchObject({ name: 'Ada', role: 'Sales', date: '2026-11-26' });
    expect(read.answers?.declaration?.hash).toMatch(/^[0-9a-f]{64}$/);
    expect(read.answers?.values).toEqual(FULL);
    const other = await readQuestionnaire(
      await filledIn(FILE, 'en', { ...given, 'BB-02': 'Otherwise.' }, undefined, SIGNED),
      FILE,
    );
    expect(other.answers?.declaration?.hash).not.toBe(read.answers?.declaration?.hash);
  });

  it('takes the words of any language, also of several', async () => {
    const bytes = await filledIn(FILE, 'fr', { 'AA-01': 'fair', 'AA-02': true }, (sheet) => {
      sheet.getCell('L3').value = 'Not at all nl';
      sheet.getCell('L4').value = '  NEIN ';
    });
    const { answers: read, losses } = await readQuestionnaire(bytes, FILE, 'de' as Language);
    expect([read?.values, losses]).toEqual([{ 'AA-01': 'not', 'AA-02': false }, []]);
  });

  it('tells choices apart by all four languages, and does not guess between two', async () => {
    const same = askingDemand([
      requirement('AA-01', {
        question: {
          text: text('How?'),
          answer: 'choice',
          choices: [
            { id: 'one', text: { en: 'Gift', fr: 'A', nl: 'B', de: 'C' }, meets: 'advanced' },
            { id: 'two', text: { en: 'Poison', fr: 'D', nl: 'E', de: 'Gift' }, meets: 'none' },
          ],
        },
      }),
      ...ASKING.slice(1),
    ]);
    const { answers: read, losses } = await readQuestionnaire(await filledIn(same, 'en', { 'AA-01': 'one' }), same);
    expect(read?.values).toEqual({});
    expect(losses).toMatchObject([{ kind: 'ambiguous-choice', cell: 'L3', question: 'AA-01', value: 'Gift' }]);
  });
});
