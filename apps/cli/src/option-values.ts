import type { MessageLanguage } from '@proviso/reading';
import { InvalidArgumentError } from 'commander';

/** The same as the reading room's message languages, which is not loaded for a mere --help. */
export const LANGUAGES: readonly MessageLanguage[] = ['en', 'fr', 'nl', 'de'];

/** @throws InvalidArgumentError */
export function positive(value: string): number {
  const number = Number(value);
  if (!(number > 0 && Number.isFinite(number))) throw new InvalidArgumentError('It takes a number above zero.');
  return number;
}

/** @throws InvalidArgumentError */
export function notNegative(value: string): number {
  const number = Number(value);
  if (!(number >= 0 && Number.isFinite(number))) throw new InvalidArgumentError('It takes a number, or 0.');
  return number;
}

/** A day. @throws InvalidArgumentError */
export function isoDate(value: string): string {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(value) || Number.isNaN(Date.parse(value))) {
    throw new InvalidArgumentError('It takes a day written as 2026-01-31.');
  }
  return value;
}
