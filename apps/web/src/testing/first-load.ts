import { gzipSync } from 'node:zlib';

export type Manifest = Record<string, { file: string; imports?: string[]; dynamicImports?: string[] }>;

/** What is fetched to show the workbench, and the page that a supplier's link opens: the entry, and what it loads by itself. */
export const WORKBENCH = ['index.html', 'messages/shell.en.json', 'src/home/page.tsx', 'messages/home.en.json'];
export const SUPPLIER = [
  'offer.html',
  'messages/offer.en.json',
  '../../packages/publishing/compiled/messages/offline-form.en.json',
];

/** Compressed bytes of every script that these parts of a page are made of, named by their source; with all that they import. */
export function firstLoad(
  manifest: Manifest,
  read: (file: string) => string | Buffer,
  parts: readonly string[],
): { file: string; bytes: number }[] {
  const found = new Map<string, number>();
  const visit = (key: string): void => {
    const chunk = manifest[key];
    if (!chunk || found.has(chunk.file)) return;
    found.set(chunk.file, gzipSync(read(chunk.file)).length);
    for (const next of chunk.imports ?? []) visit(next);
  };
  for (const key of parts) {
    if (!manifest[key]) throw new Error(`The manifest has no ${key}.`);
    visit(key);
  }
  return [...found].map(([file, bytes]) => ({ file, bytes })).sort((a, b) => b.bytes - a.bytes);
}
