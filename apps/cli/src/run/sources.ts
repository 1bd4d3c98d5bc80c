import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** A file to read. `missing` when the path names nothing: that too becomes a reading, so that the run goes on. */
export interface SourceFile {
  /** As the person would write it: relative to where the command was given. */
  path: string;
  bytes: number;
  /** What the reading calls it, where that is not its path. */
  name?: string;
  missing?: string;
}

/** Files that travel with documents and are none. */
const LITTER = /^(?:\.|~\$|thumbs\.db$|desktop\.ini$|__MACOSX$|node_modules$)/i;

/**
 * Files under `paths`, in the order given; a folder's files by name, its sub-folders in place. Hidden files and the
 * `NAME_files` folder of a saved web page are left out.
 */
export async function listSources(paths: readonly string[]): Promise<SourceFile[]> {
  const found: SourceFile[] = [];
  for (const path of paths) await visit(path, found);
  return found;
}

async function visit(path: string, found: SourceFile[]): Promise<void> {
  try {
    const info = await stat(path);
    if (info.isDirectory()) await visitFolder(path, found);
    else found.push({ path, bytes: info.size });
  } catch (error) {
    found.push({ path, bytes: 0, missing: whyMissing(error) });
  }
}

async function visitFolder(folder: string, found: SourceFile[]): Promise<void> {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = new Set(entries.map((entry) => entry.name));
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (LITTER.test(entry.name) || isSavedPageFolder(entry.name, names)) continue;
    const path = join(folder, entry.name);
    // A linked folder could lead round in circles; a linked file is read.
    if (entry.isDirectory()) await visitFolder(path, found);
    else if (entry.isFile()) await visit(path, found);
    else if (entry.isSymbolicLink() && (await stat(path).catch(() => null))?.isFile()) await visit(path, found);
  }
}

function isSavedPageFolder(name: string, siblings: ReadonlySet<string>): boolean {
  const stem = /^(.+)[_-]files$/i.exec(name)?.[1];
  return stem !== undefined && [...siblings].some((s) => s === `${stem}.html` || s === `${stem}.htm`);
}

function whyMissing(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'ENOENT') return 'There is no such file or folder. Check the spelling.';
  if (code === 'EACCES') return 'It may not be opened. Check the permissions.';
  return error instanceof Error ? error.message : String(error);
}
