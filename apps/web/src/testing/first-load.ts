import { gzipSync } from 'node:zlib';

export type Manifest = Record<string, { file: string; imports?: string[]; dynamicImports?: string[] }>;

/**
 * Compressed bytes of every script that is fetched to show a page of the workbench: the entry, what it imports, and what the page loads by
 * itself, named by its source as `src/home/page.tsx`.
 */
export function firstLoad(
  manifest: Manifest,
  read: (file: string) => string | Buffer,
  pages: readonly string[],
): { file: string; bytes: number }[] {
  const found = new Map<string, number>();
  const visit = (key: string): void => {
    const chunk = manifest[key];
    if (!chunk || found.has(chunk.file)) return;
    found.set(chunk.file, gzipSync(read(chunk.file)).length);
    for (const next of chunk.imports ?? []) visit(next);
  };
  for (const key of ['index.html', 'messages/shell.en.json', ...pages]) {
    if (!manifest[key]) throw new Error(`The manifest has no ${key}.`);
    visit(key);
  }
  return [...found].map(([file, bytes]) => ({ file, bytes })).sort((a, b) => b.bytes - a.bytes);
}
