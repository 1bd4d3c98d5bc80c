import type { Cell, DataValidation, Worksheet } from '@cj-tech-master/excelts';
import { type FormQuestion, type Language, LONGEST_ANSWER, type OfferForm } from '@proviso/catalogue';
import { say, type Words, wordsOf } from '../messages.ts';
import { shortened } from '../paper/printable.ts';
import { type FollowUp, followUpOf } from './follow-up.ts';
import {
  COLUMNS,
  type ColumnKey,
  columnOf,
  factsCell,
  HEADING_ROW,
  HIDDEN_COLUMNS,
  headingsOf,
  KEY_ROW,
  lettersOf,
  MARK,
  PARTS,
  partsOf,
  questionCell,
} from './layout.ts';
import { fitRow, lock, printOn, put } from './look.ts';
import { markFollowUps, todoFormula } from './todo.ts';

const WIDTHS = {
  number: 9,
  topic: 13,
  knockout: 13,
  asked: 40,
  question: 30,
  answer: 26,
  deviation: 26,
  evidence: 24,
  remark: 18,
  todo: 15,
} as const satisfies Partial<Record<ColumnKey, number>>;
const widthOf = (key: ColumnKey): number => (WIDTHS as Partial<Record<ColumnKey, number>>)[key] ?? 8;

/** The sheet of questions, one row a requirement, and the lists of its choices in column B and following of `lists`. */
export async function writeQuestions(
  sheet: Worksheet,
  lists: Worksheet,
  form: OfferForm,
  language: Language,
): Promise<void> {
  const words = wordsOf('sheet', language);
  sheet.columns = COLUMNS.map((key, i) => ({ width: widthOf(key), hidden: i < HIDDEN_COLUMNS }));
  writeHeadings(sheet, form, language);
  const yesNo = listOf(lists, 1, [say(words, 'yes'), say(words, 'no')]);
  const topics = new Map(form.sections.flatMap(({ title, requirements }) => requirements.map((id) => [id, title])));
  form.requirements.forEach((requirement, i) => {
    const row = HEADING_ROW + 1 + i;
    const parts = partsOf(form, requirement.id);
    const { answer } = parts;
    if (!answer) return;
    const cell = (key: ColumnKey): Cell => sheet.getCell(row, columnOf(key));
    cell('id').value = answer.id;
    cell('version').value = answer.version;
    writeTriggers(cell, answer, parts, words);
    put(cell('number'), requirement.id, 'quiet');
    put(cell('topic'), topics.get(requirement.id) ?? '', 'text');
    put(cell('knockout'), requirement.knockout ? say(words, 'knockout') : '', 'mark');
    const proof = parts.evidence?.help;
    const asked = [requirement.title, requirement.sentence, ...(proof ? [say(words, 'proof', { proof })] : [])];
    put(cell('asked'), asked.join('\n'), 'text');
    put(cell('question'), questionCell(answer, words), 'text');
    fitRow(sheet.getRow(row), [
      [asked.join('\n'), WIDTHS.asked],
      [questionCell(answer, words), WIDTHS.question],
      [topics.get(requirement.id) ?? '', WIDTHS.topic],
    ]);
    for (const part of PARTS) {
      const question = parts[part];
      if (!question) {
        put(cell(part), say(words, 'not-asked'), 'quiet');
        continue;
      }
      put(cell(part), '', part === 'answer' ? 'write' : 'also');
      cell(part).numFmt = question.type === 'date' ? 'yyyy-mm-dd' : question.type === 'number' ? 'General' : '@';
      const list =
        question.type === 'choice'
          ? listOf(
              lists,
              i + 2,
              question.choices.map(({ text }) => text),
            )
          : yesNo;
      cell(part).dataValidation = validationOf(question, list, words);
    }
    put(cell('todo'), '', 'quiet');
    cell('todo').value = { formula: todoFormula(row, words), result: say(words, 'todo-answer') };
  });
  const last = HEADING_ROW + form.requirements.length;
  markFollowUps(sheet, HEADING_ROW + 1, Math.max(last, HEADING_ROW + 1), words);
  const [first, end] = [lettersOf(HIDDEN_COLUMNS + 1), lettersOf(COLUMNS.length)];
  sheet.autoFilter = `${first}${HEADING_ROW}:${end}${Math.max(last, HEADING_ROW + 1)}`;
  sheet.views = [{ state: 'frozen', xSplit: HIDDEN_COLUMNS + 1, ySplit: HEADING_ROW }];
  printOn(sheet, say(words, 'header', { title: form.title, edition: form.edition }), say(words, 'page'), HEADING_ROW);
  await lock(sheet);
}

function writeHeadings(sheet: Worksheet, form: OfferForm, language: Language): void {
  const headings = headingsOf(language);
  COLUMNS.forEach((key, i) => {
    sheet.getCell(KEY_ROW, i + 1).value = `${MARK}${key}`;
    const heading = headings[key];
    if (heading !== undefined) put(sheet.getCell(HEADING_ROW, i + 1), heading, 'head');
  });
  sheet.getCell(KEY_ROW, COLUMNS.length + 1).value = factsCell('demand', form.demand);
  sheet.getCell(KEY_ROW, COLUMNS.length + 2).value = factsCell('edition', form.edition);
  sheet.getColumn(COLUMNS.length + 1).hidden = true;
  sheet.getColumn(COLUMNS.length + 2).hidden = true;
  fitRow(
    sheet.getRow(HEADING_ROW),
    COLUMNS.map((key) => [headings[key] ?? '', widthOf(key) - 1]),
  );
  sheet.getRow(KEY_ROW).hidden = true;
}

function writeTriggers(
  cell: (key: ColumnKey) => Cell,
  answer: FormQuestion,
  parts: Partial<Record<FormQuestion['part'], FormQuestion>>,
  words: Words,
): void {
  const when = (question: FormQuestion | undefined): FollowUp =>
    followUpOf(question, answer, say(words, 'yes'), say(words, 'no'));
  const [less, some] = [when(parts.deviation), when(parts.evidence)];
  if (less.texts !== null && less.texts.length > 0) cell('less').value = `|${less.texts.join('|')}|`;
  if (less.below !== null) cell('below').value = less.below;
  if (less.above !== null) cell('above').value = less.above;
  if (some.texts === null) cell('some').value = '*';
  else if (some.texts.length > 0) cell('some').value = `|${some.texts.join('|')}|`;
}

/** Writes a list into a column of the hidden sheet and gives the reference to it. */
function listOf(lists: Worksheet, column: number, texts: readonly string[]): string {
  texts.forEach((text, i) => {
    lists.getCell(i + 1, column + 1).value = text;
  });
  const letters = lettersOf(column + 1);
  return `Proviso!$${letters}$1:$${letters}$${texts.length}`;
}

function validationOf({ type, help }: FormQuestion, list: string, words: Words): DataValidation {
  const error = (id: string): Pick<DataValidation, 'showErrorMessage' | 'errorTitle' | 'error' | 'allowBlank'> => ({
    allowBlank: true,
    showErrorMessage: true,
    errorTitle: say(words, 'error-title').slice(0, 32),
    error: say(words, id, { count: LONGEST_ANSWER }).slice(0, 255),
  });
  if (type === 'choice' || type === 'yes-no') return { type: 'list', formulae: [list], ...error('error-choice') };
  if (type === 'number')
    return { type: 'decimal', operator: 'between', formulae: [-1e12, 1e12], ...error('error-number') };
  if (type === 'date')
    return {
      type: 'date',
      operator: 'between',
      formulae: [new Date('1990-01-01T00:00:00Z'), new Date('2199-12-31T00:00:00Z')],
      ...error('error-date'),
    };
  return {
    type: 'textLength',
    operator: 'lessThanOrEqual',
    formulae: [LONGEST_ANSWER],
    ...error('error-text'),
    ...(help ? { showInputMessage: true, prompt: shortened(say(words, 'proof', { proof: help }), 255) } : {}),
  };
}
