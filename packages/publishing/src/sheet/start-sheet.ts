import type { Worksheet } from '@cj-tech-master/excelts';
import type { OfferForm } from '@proviso/catalogue';
import { say, type Words } from '../messages.ts';
import { FIELD_KEY, type Field, VALUE_KEY } from './layout.ts';
import { fitRow, lock, printOn, put } from './look.ts';

const STEPS = 6;
const WIDE = 90;

/** The first sheet: what it is about, how to fill it in, and who answers. Column A is hidden and holds the names of the fields. */
export async function writeStart(sheet: Worksheet, form: OfferForm, note: string, words: Words): Promise<void> {
  sheet.columns = [{ width: 8, hidden: true }, { width: 32 }, { width: WIDE }];
  sheet.getCell(1, 1).value = FIELD_KEY;
  sheet.getCell(1, 3).value = VALUE_KEY;
  sheet.getRow(1).hidden = true;
  let row = 2;
  const heading = (id: string, look: 'title' | 'bold'): void => {
    fitRow(sheet.getRow(row), [], look === 'title' ? 24 : 15);
    const cell = sheet.getCell(row++, 2);
    put(cell, id, look);
    // A heading may run over the empty cell beside it.
    cell.alignment = { vertical: 'top', horizontal: 'left' };
  };
  const pair = (label: string, value: string): void => {
    fitRow(sheet.getRow(row), [[value, WIDE]]);
    put(sheet.getCell(row, 2), label, 'quiet');
    put(sheet.getCell(row++, 3), value, 'text');
  };
  const field = (name: Field): void => {
    sheet.getCell(row, 1).value = name;
    put(sheet.getCell(row, 2), say(words, name), 'quiet');
    const cell = sheet.getCell(row++, 3);
    put(cell, '', 'write');
    cell.numFmt = name === 'date' ? 'yyyy-mm-dd' : '@';
  };
  heading(say(words, 'title', { title: form.title }), 'title');
  if (form.buyer) pair(say(words, 'buyer'), form.buyer);
  if (form.reference) pair(say(words, 'reference'), form.reference);
  pair(say(words, 'edition'), say(words, 'edition-value', { edition: form.edition, note }));
  if (form.requirements.some(({ draft }) => draft)) pair('', say(words, 'draft'));
  row++;
  heading(say(words, 'how'), 'bold');
  const values = { questions: say(words, 'sheet-questions'), knockout: say(words, 'knockout') };
  for (let step = 1; step <= STEPS; step++) pair(`${step}`, say(words, `how-${step}`, values));
  row++;
  heading(say(words, 'supplier-heading'), 'bold');
  field('supplier');
  row++;
  heading(say(words, 'declaration-heading'), 'bold');
  pair('', say(words, 'declaration'));
  field('name');
  field('role');
  field('date');
  printOn(sheet, say(words, 'header', { title: form.title, edition: form.edition }), say(words, 'page'), null);
  await lock(sheet);
}
