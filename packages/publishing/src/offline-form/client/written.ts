import type { AnswerValue, FormQuestion } from '@proviso/catalogue/answers';

/** An answer as it is read by people, on paper, in the sheet and in notes. Empty where there is none. */
export function answerText(
  { choices, unit }: Pick<FormQuestion, 'choices' | 'unit'>,
  value: AnswerValue | undefined,
  { say, language }: { say: (id: string) => string; language: string },
): string {
  if (value === null || value === undefined || value === '') return '';
  if (typeof value === 'boolean') return say(value ? 'yes' : 'no');
  if (typeof value === 'number') return unit ? `${numberText(value, language)} ${unit}` : numberText(value, language);
  return choices.find(({ id }) => id === value)?.text ?? value;
}

/** A number with the decimal sign of the language, and nothing between thousands: `numberOf` reads it back. */
export function numberText(value: number, language: string): string {
  return new Intl.NumberFormat(language, { useGrouping: false, maximumFractionDigits: 9 }).format(value);
}

/** A number as people write it, with a point or a comma before decimals; anything else stays text, which the check then refuses. */
export function numberOf(written: string): AnswerValue {
  const text = written.trim();
  if (text === '') return null;
  return /^[+-]?\d{1,15}(?:[.,]\d{1,9})?$/.test(text) ? Number(text.replace(',', '.')) : text;
}

/** Lines as a text field has them, and nothing where there are only blanks. */
export function textOf(written: string): string | null {
  return written.trim() === '' ? null : written.replace(/\r\n?/g, '\n');
}

/** A file name that every system takes, from words of people. */
export function fileName(words: readonly (string | null)[], ending: string): string {
  const slug = words
    .flatMap((word) => word ?? [])
    .join(' ')
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 80);
  return `${slug || 'answers'}.${ending}`;
}
