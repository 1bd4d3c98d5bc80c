import type { Mention, Reading } from '@proviso/reading';
import { csvText, parseCsvObjects } from './csv.ts';
import { CODING_COLUMNS, type CodingRow } from './report/client/coding-sheet.ts';
import { QUESTIONS, SCALES } from './report/client/scales.ts';
import type { Question } from './report/data.ts';
import { seededRandom } from './seeded-random.ts';
import { StudyError } from './study-error.ts';

/** What one person says of one answer. */
export interface Coding {
  document: string;
  sha256: string;
  question: Question;
  value: string;
  quote: string;
  page: string;
  section: string;
  coder: string;
  /** ISO 8601 day; empty where the sheet has none. */
  date: string;
  note: string;
}

/**
 * A sheet for one person: a row for each document and question, with the machine's value and its best words. Fill in `value`; leave a
 * row empty to skip it. Rows this person has already coded come filled in.
 */
export function codingSheet(readings: readonly Reading[], coder: string, codings: readonly Coding[] = []): string {
  const mine = new Map(codings.filter((coding) => coding.coder === coder).map((coding) => [keyOf(coding), coding]));
  const rows = readings.flatMap((reading) =>
    QUESTIONS.map((question): CodingRow => {
      const before = mine.get(keyOf({ document: reading.source.path, question }));
      const best = bestQuote(reading, question);
      return {
        document: reading.source.path,
        sha256: reading.source.sha256,
        question,
        machine: machineValue(reading, question) ?? 'not readable',
        value: before?.value ?? '',
        quote: before?.quote ?? best?.text ?? '',
        page: before?.page ?? (best?.page == null ? '' : String(best.page)),
        section: before?.section ?? best?.section ?? '',
        coder,
        date: before?.date ?? '',
        note: before?.note ?? '',
      };
    }),
  );
  return csvText(
    CODING_COLUMNS,
    rows.map((row) => CODING_COLUMNS.map((name) => row[name])),
  );
}

/** The codings as a file, in the columns of the sheet. */
export function codingsCsv(codings: readonly Coding[]): string {
  return csvText(
    CODING_COLUMNS,
    codings.map((coding) => CODING_COLUMNS.map((name) => (name === 'machine' ? '' : coding[name]))),
  );
}

/**
 * Reads a sheet that a person filled in, or codings saved from the report. Rows without a value are left out.
 * @param coder who coded, where a row does not say.
 * @param today the day of rows that have none.
 * @throws StudyError that names the line, when a question or value is not in the codebook or nobody is named.
 */
export function parseCodings(text: string, coder = '', today = ''): Coding[] {
  const rows = parseCsvObjects(text);
  if (rows.length > 0 && !('question' in (rows[0] ?? {}) && 'value' in (rows[0] ?? {})))
    throw new StudyError(`A codings file needs the columns ${CODING_COLUMNS.join(', ')}.`);
  return rows.flatMap((row, index): Coding[] => {
    const cell = (name: string): string => row[name] ?? '';
    const value = cell('value').toLowerCase();
    if (value === '') return [];
    const where = `row ${index + 2}`;
    const question = QUESTIONS.find((name) => name === cell('question'));
    if (!question)
      throw new StudyError(`${where}: "${cell('question')}" is none of the questions ${QUESTIONS.join(', ')}.`);
    if (!SCALES[question].includes(value))
      throw new StudyError(
        `${where}: "${value}" is no value of ${question}; there are ${SCALES[question].join(', ')}.`,
      );
    const by = coder || cell('coder');
    if (by === '')
      throw new StudyError(`${where}: it does not say who coded. Fill in the column coder, or give --coder NAME.`);
    if (cell('document') === '')
      throw new StudyError(`${where}: it does not say which document. Fill in the column document.`);
    return [
      {
        document: cell('document'),
        sha256: cell('sha256'),
        question,
        value,
        quote: cell('quote'),
        page: cell('page'),
        section: cell('section'),
        coder: by,
        date: cell('date') || today,
        note: cell('note'),
      },
    ];
  });
}

/** `more` put over `codings`: a person's later code of the same answer replaces the earlier one. */
export function mergeCodings(codings: readonly Coding[], more: readonly Coding[]): Coding[] {
  const merged = new Map(codings.map((coding) => [`${coding.coder}\n${keyOf(coding)}`, coding]));
  for (const coding of more) merged.set(`${coding.coder}\n${keyOf(coding)}`, coding);
  return [...merged.values()];
}

/**
 * Draws a share of the readings for a second coder, spread over the whole list; the same seed draws the same ones. Unreadable
 * documents are coded by nobody and not drawn.
 * @param share percent, 0 to 100; rounded up, so that any share above nought draws at least one.
 */
export function drawSample(readings: readonly Reading[], share: number, seed: number): Reading[] {
  const readable = readings.filter((reading) => reading.scope.value !== null);
  const random = seededRandom(seed);
  const drawn = readable
    .map((reading) => ({ reading, lot: random() }))
    .sort((a, b) => a.lot - b.lot)
    .slice(0, Math.ceil((readable.length * share) / 100));
  const kept = new Set(drawn.map(({ reading }) => reading));
  return readable.filter((reading) => kept.has(reading));
}

/** The machine's answer; null where the document could not be read. */
export function machineValue(reading: Reading, question: Question): string | null {
  return reading[question].value;
}

/** What a coding is of: one question about one document. */
export function keyOf(coding: Pick<Coding, 'document' | 'question'>): string {
  return `${coding.document}\n${coding.question}`;
}

function bestQuote(
  reading: Reading,
  question: Question,
): { text: string; page: number | null; section: string } | null {
  if (question !== 'standards') return reading[question].evidence[0] ?? null;
  const { value, mentions } = reading.standards;
  const weight = (mention: Mention): number =>
    (mention.core ? 4 : 0) +
    (mention.versioned && (value === 'versioned' || value === 'tested') ? 2 : 0) +
    (mention.modality === 'must' ? 1 : 0);
  return [...mentions].sort((a, b) => weight(b) - weight(a))[0] ?? null;
}
