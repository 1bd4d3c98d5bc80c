/** The columns of a codings file, wherever it is written: coding sheet, codings folder, report. */
export const CODING_COLUMNS = [
  'document',
  'sha256',
  'question',
  'machine',
  'value',
  'quote',
  'page',
  'section',
  'coder',
  'date',
  'note',
] as const;
export type CodingRow = Record<(typeof CODING_COLUMNS)[number], string>;
