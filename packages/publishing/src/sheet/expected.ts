import { type DemandFile, type FormQuestion, LANGUAGES, type Language, type OfferForm } from '@proviso/catalogue';
import { offerFormOf } from '../form-of-file.ts';
import { say, wordsOf } from '../messages.ts';
import { type Part, partsOf, questionCell } from './layout.ts';
import type { Readings } from './read-cell.ts';
import { plain } from './read-table.ts';

/** What a row of a questionnaire may hold: its questions, and its words in all languages. */
export interface Expected {
  answer: FormQuestion;
  parts: Partial<Record<Part, FormQuestion>>;
  /** The plain words of its cell of the question. */
  words: ReadonlySet<string>;
  readings: Readings;
}

/** The rows that a questionnaire of this demand has, by the id of their question; and what stands where nothing is asked. */
export function expectedOf(
  file: DemandFile,
  language: Language,
): { form: OfferForm; rows: Map<string, Expected>; notAsked: Set<string> } {
  const forms = LANGUAGES.map((one) => ({ form: offerFormOf(file, one), words: wordsOf('sheet', one) }));
  const own = forms.find(({ form }) => form.language === language);
  if (!own) throw new Error(`There is no questionnaire in the language ${language}.`);
  const said = (id: string): Set<string> => new Set(forms.map(({ words }) => plain(say(words, id))));
  const [yes, no] = [said('yes'), said('no')];
  const rows = new Map<string, Expected>();
  for (const { id } of own.form.requirements) {
    const parts = partsOf(own.form, id);
    const { answer } = parts;
    if (!answer) continue;
    const words = new Set<string>();
    const choices = new Map<string, Set<string>>();
    for (const { form, words: spoken } of forms) {
      const question = form.questions.find((one) => one.id === answer.id);
      if (!question) continue;
      words.add(plain(questionCell(question, spoken)));
      for (const choice of question.choices) {
        const ids = choices.get(plain(choice.text)) ?? new Set();
        choices.set(plain(choice.text), ids.add(choice.id));
      }
    }
    rows.set(answer.id, { answer, parts, words, readings: { choices, yes, no } });
  }
  return { form: own.form, rows, notAsked: said('not-asked') };
}
