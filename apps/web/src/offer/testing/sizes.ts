import { gzipSync } from 'node:zlib';

export type Manifest = Record<string, { file: string; imports?: string[]; dynamicImports?: string[] }>;

/**
 * Compressed bytes of every script that one reader of the supplier's page fetches, in one language: with what it loads later, without the
 * words of other languages and pages.
 */
export function scriptSizes(
  manifest: Manifest,
  read: (file: string) => string | Buffer,
  entry: string,
  language: string,
): { file: string; bytes: number }[] {
  const found = new Map<string, number>();
  const visit = (key: string): void => {
    const chunk = manifest[key];
    if (!chunk || found.has(chunk.file) || isOther(key, language)) return;
    found.set(chunk.file, gzipSync(read(chunk.file)).length);
    for (const next of [...(chunk.imports ?? []), ...(chunk.dynamicImports ?? [])]) visit(next);
  };
  visit(entry);
  return [...found].map(([file, bytes]) => ({ file, bytes })).sort((a, b) => b.bytes - a.bytes);
}

/** `messages/AREA.LANGUAGE.json` and the form's own words. */
function isOther(key: string, language: string): boolean {
  const words = /([\w-]+)\.(\w\w)\.json$/.exec(key);
  return words !== null && (words[2] !== language || !['offer', 'offline-form'].includes(words[1] ?? ''));
}
