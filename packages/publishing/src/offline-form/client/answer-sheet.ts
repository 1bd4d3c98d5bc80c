import { type AnswerFile, type AnswerValues, countingAnswers, type OfferForm } from '@proviso/catalogue/answers';
import type { SheetOfCells } from './workbook.ts';
import { answerText } from './written.ts';

type Say = (id: string) => string;

/** The answers that count as two sheets: a row for each requirement, and whose answers they are. */
export function answerSheets(
  form: OfferForm,
  supplier: string,
  values: AnswerValues,
  declaration: AnswerFile['declaration'],
  say: Say,
): SheetOfCells[] {
  const counting = countingAnswers(form, values);
  const head = ['id', 'requirement', 'demanded', 'knockout', 'question', 'answer', 'deviation', 'evidence', 'remark'];
  const rows = form.requirements.map(({ id, title, sentence, knockout }) => {
    const own = form.questions.filter(({ requirement }) => requirement === id);
    const cell = (part: string): string | number => {
      const question = own.find((one) => one.part === part);
      const value = question && counting[question.id];
      return typeof value === 'number'
        ? value
        : question
          ? answerText(question, value, { say, language: form.language })
          : '';
    };
    const asked = own.find(({ part }) => part === 'answer');
    const label = asked?.unit ? `${asked.label} (${asked.unit})` : (asked?.label ?? '');
    const parts = ['answer', 'deviation', 'evidence', 'remark'].map(cell);
    return [id, title, sentence, knockout ? say('knockout') : '', label, ...parts];
  });
  return [
    {
      name: say('sheet-answers'),
      widths: [10, 28, 50, 12, 40, 40, 40, 40, 40],
      rows: [head.map((id) => say(`column-${id}`)), ...rows],
    },
    {
      name: say('sheet-about'),
      widths: [28, 80],
      rows: [
        [say('column-what'), say('column-value')],
        [say('purchase'), form.title],
        [say('reference'), form.reference ?? ''],
        [say('buyer'), form.buyer ?? ''],
        [say('supplier'), supplier],
        [say('edition'), form.edition],
        [say('demand'), form.demand],
        [say('signed-by'), declaration ? `${declaration.name}, ${declaration.role}` : say('not-signed')],
        [say('date'), declaration?.date ?? ''],
        [say('hash'), declaration?.hash ?? ''],
      ],
    },
  ];
}
