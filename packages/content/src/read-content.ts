import { readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A compiled twin: the content, and the size of the file that it was made of. */
export interface Twin {
  bytes: number;
  content: unknown;
}

/** Where the twin of `ROOM/FOLDER/NAME.yaml` lies: `ROOM/compiled/FOLDER/NAME.json`. */
export function twinOf(file: string): string {
  const folder = dirname(file);
  return join(dirname(folder), 'compiled', basename(folder), `${basename(file, '.yaml')}.json`);
}

/**
 * What a YAML file of the tree holds; `file` is its path or address. The twin that the install compiled is read where it is as new as the
 * file, else the file itself: it is never stale, only slower.
 * @throws where the file is not there or is no YAML.
 */
export function readContent(file: URL | string): unknown {
  const path = typeof file === 'string' ? file : fileURLToPath(file);
  return compiled(path) ?? parsed(readFileSync(path, 'utf8'));
}

/** What a text in YAML holds. The parser is loaded when it is first needed: starting it takes longer than most commands. */
export function parsed(yaml: string): unknown {
  return (createRequire(import.meta.url)('yaml') as typeof import('yaml')).parse(yaml);
}

function compiled(path: string): unknown {
  const twin = twinOf(path);
  try {
    const made = statSync(twin);
    const source = statSync(path);
    if (made.mtimeMs < source.mtimeMs) return undefined;
    const { bytes, content } = JSON.parse(readFileSync(twin, 'utf8')) as Twin;
    return bytes === source.size ? content : undefined;
  } catch {
    // Never compiled, or damaged: the file itself says it all.
    return undefined;
  }
}
