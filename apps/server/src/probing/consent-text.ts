import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { readContent } from '@proviso/content';
import type { Actor } from '../http/route.ts';

/** The words that a supplier agrees to, as they are shown and signed. */
export interface ConsentText {
  edition: number;
  language: Actor['language'];
  text: string;
  /** Of the text in UTF-8. */
  sha256: string;
}

interface Edition {
  edition: number;
  text: Readonly<Record<Actor['language'], string>>;
}

/** Every edition, the last in force: an earlier one stays, since what was signed is found again by its hash. */
const EDITIONS = ['probes-1', 'probes-2'] as const;
const FOLDER = new URL('../../consent/', import.meta.url);
let known: readonly ConsentText[] | undefined;

function all(): readonly ConsentText[] {
  known ??= EDITIONS.flatMap((file) => {
    const { edition, text } = readContent(fileURLToPath(new URL(`${file}.yaml`, FOLDER))) as Edition;
    return (Object.entries(text) as [Actor['language'], string][]).map(([language, words]) => ({
      edition,
      language,
      text: words,
      sha256: createHash('sha256').update(words).digest('hex'),
    }));
  });
  return known;
}

/** The words in force, in a language. */
export function consentText(language: Actor['language']): ConsentText {
  return all().findLast((one) => one.language === language) as ConsentText;
}

/** The words with this hash; undefined where nobody was ever shown such. `current`: only those in force. */
export function consentTextOf(sha256: string, current: boolean): ConsentText | undefined {
  const found = all().find((one) => one.sha256 === sha256);
  return found && (!current || found.edition === consentText(found.language).edition) ? found : undefined;
}
