import { LANGUAGES } from './scales.ts';
import type { Text } from './schema.ts';

/** Is this the same words in every language? */
export function isText(value: object): value is Text {
  return LANGUAGES.every((language) => language in value && typeof Reflect.get(value, language) === 'string');
}
