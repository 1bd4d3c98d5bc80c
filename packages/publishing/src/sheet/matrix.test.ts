import { Workbook, type Worksheet } from '@cj-tech-master/excelts';

import { LANGUAGES, LEVELS } from '@proviso/catalogue';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { askingDemand } from '../testing/asking-demand.ts';
import { recalculate } from '../testing/recalculated.ts';
import { lettersOf } from './layout.ts';
import { matrixXlsx, OFFERS } from './matrix.ts';

const FILE = askingDemand();
const { requirements } = FILE.demand;
const FIRST_OFFER = 7;
const TOTALS = requirements.length + 3;

async function loaded(bytes: Uint8Array): Promise<{ book: Workbook; scale: Worksheet; matrix: Worksheet }> {
  const book = new Workbook();
  await book.xlsx.load(bytes);
  const [scale, matrix] = book.worksheets as [Worksheet, Worksheet];
  return { book, scale, matrix };
}

/** What the three rows under the scores come to for the first offers. */
async function worked(scores: readonly (readonly (number | null)[])[]): Promise<unknown[][]> {
  const { book, matrix } = await loaded(await matrixXlsx(FILE, 'en'));
  scores.forEach((offer, n) => {
    offer.forEach((score, i) => {
      if (score !== null) matrix.getCell(2 + i, FIRST_OFFER + n).value = score;
    });
  });
  recalculate(book);
  return scores.map((_, n) => [0, 1, 2].map((i) => matrix.getCell(TOTALS + i, FIRST_OFFER + n).result));
}

describe('the evaluation matrix', () => {
  it('is the same bytes each time', async () =>
    expect(await matrixXlsx(FILE, 'en')).toEqual(await matrixXlsx(FILE, 'en')));

  it('has weights that add up to the whole, and room for eight offers', async () => {
    const { matrix } = await loaded(await matrixXlsx(FILE, 'en'));
    const weights = requirements.map((_, i) => Number(matrix.getCell(2 + i, 6).value));
    expect(weights.reduce((sum, one) => sum + one, 0)).toBeCloseTo(1, 10);
    expect(matrix.getCell('F2').numFmt).toBe('0.0%');
    expect(matrix.getCell(1, FIRST_OFFER + OFFERS - 1).value).toBe(`Offer ${OFFERS}`);
    expect(matrix.getCell(2, FIRST_OFFER).dataValidation).toMatchObject({ type: 'whole', formulae: [0, 3] });
    expect(matrix.getCell(2, FIRST_OFFER).protection?.locked).toBe(false);
  });

  const demanded = requirements.map(({ level }) => LEVELS.indexOf(level) + 1);
  it.each<[string, (number | null)[], unknown[]]>([
    ['all that is demanded', demanded, [5, 0, 100]],
    ['more than is demanded', demanded.map(() => 3), [5, 0, 100]],
    ['nothing', demanded.map(() => 0), [5, requirements.filter(({ knockout }) => knockout).length, 0]],
    ['one score missing', [null, ...demanded.slice(1)], [4, 0, '']],
    ['no score', demanded.map(() => null), [0, 0, '']],
  ])('gives an offer with %s', async (_, scores, totals) => {
    expect(await worked([scores])).toEqual([totals]);
  });

  it('works out 100 × Σ w·s / Σ w, each requirement counting at most what is demanded', async () => {
    const offer = fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 5, maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(fc.array(offer, { minLength: 1, maxLength: OFFERS }), async (offers) => {
        const totals = await worked(offers);
        offers.forEach((scores, n) => {
          const share = requirements.map(
            ({ weight }, i) => weight * Math.min(1, (scores[i] ?? 0) / (demanded[i] ?? 1)),
          );
          const whole = requirements.reduce((sum, { weight }) => sum + weight, 0);
          expect(totals[n]?.[2]).toBeCloseTo((100 * share.reduce((sum, one) => sum + one, 0)) / whole, 8);
        });
      }),
      { numRuns: 20 },
    );
  });

  it('says for each requirement what a score means, the demanded level in bold', async () => {
    const { scale } = await loaded(await matrixXlsx(FILE, 'en'));
    const rows: string[] = [];
    scale.eachRow((row) => rows.push(String(row.getCell(1).value)));
    const at = rows.indexOf('AA-01') + 1;
    const texts = [3, 4, 5, 6].map((column) => String(scale.getCell(at, column).value));
    expect(texts).toEqual([
      'Not met, or not shown.',
      'The supplier must do a thing: a little.',
      'The supplier must do a thing: by RFC 9325 (or equivalent).',
      'The supplier must do a thing: within 7 days.',
    ]);
    const bold = [4, 5, 6].filter((column) => scale.getCell(at, column).font?.bold);
    expect(bold).toEqual([3 + (demanded[0] ?? 0)]);
  });

  it.each(LANGUAGES)('has names that Excel takes in %s, and each formula finds its sheet', async (language) => {
    const { book } = await loaded(await matrixXlsx(FILE, language));
    const names = book.worksheets.map(({ name }) => name);
    for (const name of names) expect(name).toMatch(/^[^[\]:*?/\\']{1,31}$/);
    book.worksheets[2]?.eachRow((row) =>
      row.eachCell((cell) => {
        if (cell.formula) expect(cell.formula).toContain(`'${names[1]}'!${lettersOf(Number(cell.col))}`);
      }),
    );
  });
});
