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

/** ISO 639-1 of a language that there is. @throws InvalidArgumentError */
export function language(value: string): string {
  const code = value.toLowerCase();
  if (!isNamed('language', code)) throw new InvalidArgumentError('It takes a code of two letters, as nl.');
  return code;
}

/** ISO 3166 alpha-2 of a country that there is. @throws InvalidArgumentError */
export function country(value: string): string {
  const code = value.toUpperCase();
  // ZZ has a name, and it is "unknown".
  if (code === 'ZZ' || !isNamed('region', code))
    throw new InvalidArgumentError('It takes a code of two letters, as NL.');
  return code;
}

/** Node.js knows the names of all that there are, and makes up none. */
function isNamed(type: 'language' | 'region', code: string): boolean {
  if (!/^[a-z]{2}$/i.test(code)) return false;
  return new Intl.DisplayNames('en', { type, fallback: 'none' }).of(code) !== undefined;
}

/** A day. @throws InvalidArgumentError */
export function isoDate(value: string): string {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(value) || Number.isNaN(Date.parse(value))) {
    throw new InvalidArgumentError('It takes a day written as 2026-01-31.');
  }
  return value;
}
