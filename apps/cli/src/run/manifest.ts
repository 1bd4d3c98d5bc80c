import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { ManifestRow } from '@proviso/reading';
import { parseCsvObjects } from '@proviso/study';
import { UsageError } from '../exit.ts';

/**
 * What people know of documents that do not say it themselves: a CSV with a column `sha256`, `path` or `file`, and any of
 * `date`, `country`, `publisher`, `type` (or `doc_type`), `title`, `language`.
 * @returns a look-up by content hash, then by path, then by file name.
 * @throws UsageError when the file cannot be read or has no column to join on.
 */
export async function loadManifest(file: string): Promise<(sha256: string, path: string) => ManifestRow | null> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch {
    throw new UsageError(`--manifest: ${file} cannot be opened. Check its name and whether you may read it.`);
  }
  const rows = parseCsvObjects(text);
  if (!['sha256', 'path', 'file'].some((name) => rows[0] === undefined || name in rows[0])) {
    throw new UsageError(`--manifest: ${file} needs a column named sha256, path or file in its first line.`);
  }
  const cell = (row: Record<string, string>, ...names: string[]): string | null =>
    names.map((name) => row[name]).find((value) => value !== undefined && value !== '') ?? null;
  const bySha = new Map<string, ManifestRow>();
  const byPath = new Map<string, ManifestRow>();
  for (const row of rows) {
    const entry: ManifestRow = {
      date: cell(row, 'date'),
      country: cell(row, 'country'),
      publisher: cell(row, 'publisher'),
      type: cell(row, 'type', 'doc_type'),
      title: cell(row, 'title'),
      language: cell(row, 'language'),
    };
    const sha = cell(row, 'sha256');
    if (sha) bySha.set(sha.toLowerCase(), entry);
    for (const name of ['path', 'file']) {
      const path = cell(row, name);
      if (!path) continue;
      byPath.set(path, entry);
      byPath.set(basename(path), entry);
    }
  }
  return (sha256, path) => bySha.get(sha256) ?? byPath.get(path) ?? byPath.get(basename(path)) ?? null;
}
