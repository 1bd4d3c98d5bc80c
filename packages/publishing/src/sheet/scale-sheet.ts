import type { Worksheet } from '@cj-tech-master/excelts';
import { type DemandFile, type Language, LEVELS, requirementOf, worded } from '@proviso/catalogue';
import { atLevel } from '../at-level.ts';
import { say, wordsOf } from '../messages.ts';
import { fitRow, lock, printOn, put } from './look.ts';

const WIDTHS = [9, 26, 20, 42, 42, 42] as const;
const WIDE = 150;

/** The sheet that says what the scores mean, in general and for each requirement; the demanded level stands in bold. */
export async function writeScale(
  sheet: Worksheet,
  file: DemandFile,
  language: Language,
  header: string,
): Promise<void> {
  const words = wordsOf('matrix', language);
  const { demand, catalogue } = file;
  sheet.columns = WIDTHS.map((width) => ({ width }));
  let row = 1;
  const line = (text: string, look: 'title' | 'bold' | 'text'): void => {
    const cell = sheet.getCell(row, 1);
    put(cell, text, look);
    cell.border = {};
    sheet.mergeCells(row, 1, row, WIDTHS.length);
    fitRow(sheet.getRow(row++), [[text, WIDE]], look === 'title' ? 24 : 14);
  };
  line(say(words, 'title', { title: demand.context.title }), 'title');
  line(say(words, 'edition', { edition: catalogue.edition.edition, note: catalogue.edition.note[language] }), 'text');
  const chosen = demand.requirements.map(({ id }) => requirementOf(catalogue, id));
  if (chosen.some(({ reviewed }) => reviewed[language] === null)) line(say(words, 'draft'), 'text');
  line(say(words, 'scale-heading'), 'bold');
  for (const id of [
    'scale-0',
    'scale-1',
    'scale-2',
    'scale-3',
    'scale-demanded',
    'scale-formula',
    'scale-knockout',
    'scale-how',
  ])
    line(say(words, id, { knockout: say(words, 'knockout') }), 'text');
  const head = row++;
  ['number', 'requirement', 'score-0', 'score-1', 'score-2', 'score-3'].forEach((id, i) => {
    put(sheet.getCell(head, i + 1), say(words, id), 'head');
  });
  for (const demanded of demand.requirements) {
    const title = worded(demand, demanded, catalogue, language).title;
    put(sheet.getCell(row, 1), demanded.id, 'quiet');
    put(sheet.getCell(row, 2), title, 'text');
    put(sheet.getCell(row, 3), say(words, 'not-met'), 'text');
    const texts = LEVELS.map(
      (level) => worded(demand, atLevel(demanded, level, catalogue), catalogue, language).sentence,
    );
    texts.forEach((text, i) => {
      const cell = sheet.getCell(row, i + 4);
      put(cell, text, 'text');
      if (LEVELS[i] === demanded.level) cell.font = { ...cell.font, bold: true };
    });
    fitRow(sheet.getRow(row++), [
      [title, WIDTHS[1]],
      ...texts.map((text): [string, number] => [text, WIDTHS[3] * 0.95]),
    ]);
  }
  printOn(sheet, header, say(words, 'page'), head);
  await lock(sheet);
}
