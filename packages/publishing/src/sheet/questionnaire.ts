import type { DemandFile, Language } from '@proviso/catalogue';
import { offerFormOf } from '../form-of-file.ts';
import { say, wordsOf } from '../messages.ts';
import { factsCell, MARK } from './layout.ts';
import { writeQuestions } from './questions-sheet.ts';
import { writeStart } from './start-sheet.ts';
import { bytesOf, newWorkbook } from './workbook-of.ts';

/**
 * The supplier's questionnaire as an Excel workbook: a sheet that says how, a sheet of questions, and a hidden sheet with the lists
 * of choices and what the file belongs to. The same demand and language give the same bytes.
 */
export async function questionnaireXlsx(file: DemandFile, language: Language): Promise<Uint8Array> {
  const form = offerFormOf(file, language);
  const words = wordsOf('sheet', language);
  const workbook = await newWorkbook(say(words, 'title', { title: form.title }), file.catalogue.edition.date);
  const start = workbook.addWorksheet(say(words, 'sheet-start'));
  const questions = workbook.addWorksheet(say(words, 'sheet-questions'));
  const lists = workbook.addWorksheet('Proviso', { state: 'veryHidden' });
  lists.getCell(1, 1).value = `${MARK}lists`;
  lists.getCell(2, 1).value = factsCell('demand', form.demand);
  lists.getCell(3, 1).value = factsCell('edition', form.edition);
  await writeStart(start, form, file.catalogue.edition.note[language], words);
  await writeQuestions(questions, lists, form, language);
  return bytesOf(workbook);
}
