import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Catalogue } from './schema.ts';

const COMPILED = join(import.meta.dirname, '..', 'compiled', 'catalogue.json');

let kept: Catalogue | undefined;

/**
 * The catalogue that came with this version, checked when it was compiled (`npm run prepare`).
 * @throws Error that says what to do, when it was never compiled.
 */
export function loadCatalogue(): Catalogue {
  try {
    kept ??= JSON.parse(readFileSync(COMPILED, 'utf8')) as Catalogue;
    return kept;
  } catch (cause) {
    throw new Error('The catalogue is not compiled. Run "npm run prepare" in the folder of Proviso.', { cause });
  }
}
