import { Workbook, type Worksheet } from '@cj-tech-master/excelts';

import { isVisible } from '@proviso/catalogue';
import { describe, expect, it } from 'vitest';
import { offerFormOf } from '../form-of-file.ts';
import { say, wordsOf } from '../messages.ts';
import { askingDemand } from '../testing/asking-demand.ts';
import { recalculate } from '../testing/recalculated.ts';
import { type Answers, filledIn, rowOf } from '../testing/returned-sheet.ts';
import { columnOf, partsOf } from './layout.ts';

const FILE = askingDemand();
const FORM = offerFormOf(FILE, 'en');
const WORDS = wordsOf('sheet', 'en');

/** What the sheet says is still to do for a requirement. */
async function todo(requirement: string, answers: Answers): Promise<unknown> {
  const book = new Workbook();
  await book.xlsx.load(await filledIn(FILE, 'en', answers));
  recalculate(book);
  const [, questions] = book.worksheets as [Worksheet, Worksheet];
  return questions.getCell(rowOf(FILE, 'en', requirement), columnOf('todo')).result;
}

describe('what is still to do', () => {
  it.each<[string, Answers]>([
    ['AA-01', { 'AA-01': 'well' }],
    ['AA-01', { 'AA-01': 'fair' }],
    ['AA-01', { 'AA-01': 'not' }],
    ['AA-02', { 'AA-02': true }],
    ['AA-02', { 'AA-02': false }],
    ['AA-03', { 'AA-03': 13 }],
    ['AA-03', { 'AA-03': 14 }],
    ['AA-03', { 'AA-03': 14.5 }],
    ['AA-03', { 'AA-03': -1 }],
    ['BB-01', { 'BB-01': '2026-01-31' }],
    ['BB-02', { 'BB-02': '=1+1' }],
  ])('for %s answered with %j follows the rule of the form', async (id, answers) => {
    const { deviation } = partsOf(FORM, id);
    const less = deviation !== undefined && isVisible(deviation, answers);
    expect(await todo(id, answers)).toBe(say(WORDS, less ? 'todo-deviation' : 'todo-done'));
    if (less) expect(await todo(id, { ...answers, [`${id}.deviation`]: 'Instead.' })).toBe(say(WORDS, 'todo-done'));
  });

  it('is to answer, at first', async () => expect(await todo('AA-01', {})).toBe(say(WORDS, 'todo-answer')));
});
