import { createHash } from 'node:crypto';
import { type AnswerFile, answerFileOf, answersText, type DemandFile, type Language } from '@proviso/catalogue';
import { type Grid, type ProblemCode, readWorkbook, UnreadableError } from '@proviso/documents';
import { expectedOf } from './expected.ts';
import { factsCell, MARK } from './layout.ts';
import { type Loss, Losses, type Refusal } from './losses.ts';
import { readRows } from './read-rows.ts';
import { readStart } from './read-start.ts';
import { isOurs, type Table, tableIn } from './read-table.ts';

/** What came back. `answers` is null where the file was refused as a whole; the one loss then says why. */
export interface ReturnedQuestionnaire {
  answers: AnswerFile | null;
  losses: Loss[];
}

/**
 * A returned questionnaire (.xlsx, .ods or .csv) of a demand. Never throws for what a file holds, and never guesses: what is not
 * certain is a loss that names sheet, cell and what to do. A declaration is sealed over the answers as they were read, and then only
 * those that count are kept, as in the offline form.
 */
export async function readQuestionnaire(
  bytes: Uint8Array,
  file: DemandFile,
  language: Language = file.demand.context.language,
): Promise<ReturnedQuestionnaire> {
  const losses = new Losses();
  const refuse = (kind: Refusal, value: string | null = null): ReturnedQuestionnaire => {
    losses.say(kind, { value });
    return { answers: null, losses: losses.all() };
  };
  let grids: Grid[];
  try {
    ({ grids } = await readWorkbook(bytes, { separator: separatorOf }));
  } catch (error) {
    if (!(error instanceof UnreadableError)) throw error;
    return refuse(REFUSED[error.problem.code] ?? 'file-unknown');
  }
  const { form, rows, notAsked } = expectedOf(file, language);
  const tables = grids.map(tableIn);
  const found = tables.filter((one): one is Table => one !== null);
  if (found.length === 0) return refuse('no-questions');
  const demands = factsIn(grids, 'demand');
  if (demands.some((one) => one !== form.demand)) {
    const edition = factsIn(grids, 'edition').find((one) => one !== form.edition);
    return edition === undefined ? refuse('other-demand') : refuse('other-edition', edition);
  }
  const proven = demands.length > 0;
  if (!proven) losses.say('demand-unknown');
  const values = readRows(found, { rows, notAsked, proven }, losses);
  const { supplier, declaration } = readStart(grids, losses);
  grids.forEach((grid, i) => {
    if (tables[i] === null && !isOurs(grid) && grid.cells.length > 0)
      losses.say('sheet-not-read', { sheet: grid.name });
  });
  const hash = createHash('sha256')
    .update(answersText(form, supplier, values))
    .digest('hex');
  const answers = answerFileOf(form, supplier, values, declaration && { ...declaration, hash });
  const left = Object.keys(values).filter((id) => !Object.hasOwn(answers.values, id));
  if (left.length > 0) losses.say('not-counted', { value: left.join(', '), count: left.length });
  return { answers, losses: losses.all() };
}

const REFUSED: Partial<Record<ProblemCode, Refusal>> = {
  empty: 'file-empty',
  encrypted: 'file-encrypted',
  corrupt: 'file-damaged',
  truncated: 'file-damaged',
  cut: 'file-too-large',
  'too-large': 'file-too-large',
  'too-deep': 'file-damaged',
};

/** What hidden cells say of the file, each value once. */
function factsIn(grids: readonly Grid[], fact: Parameters<typeof factsCell>[0]): string[] {
  const start = factsCell(fact, '');
  const found = grids.flatMap(({ cells }) =>
    cells.filter(({ text }) => text.startsWith(start)).map(({ text }) => text.slice(start.length).trim()),
  );
  return [...new Set(found)];
}

/** The separator of a delimited questionnaire: what follows the first key of its row of keys. */
function separatorOf(text: string): string | undefined {
  return new RegExp(`^["']?${MARK}[a-z]+"?([,;\\t|])`, 'm').exec(text)?.[1];
}
