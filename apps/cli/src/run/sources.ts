import { readdir, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';

/** A file to read. `missing` when the path names nothing: that too becomes a reading, so that the run goes on. */
export interface SourceFile {
  /** As the person would write it: relative to where the command was given. */
  path: string;
  bytes: number;
  /** The path as bytes, where it is not UTF-8: `path` then shows it, and opens nothing. */
  file?: Buffer;
  /** What the reading calls it, where that is not its path. */
  name?: string;
  missing?: string;
}

/** Files that travel with documents and are none. */
const LITTER = /^(?:\.|~\$|thumbs\.db$|desktop\.ini$|__MACOSX$|node_modules$)/i;

/** Paths in a sentence: in quotes, as "." would be read as its end. */
export const namedPaths = (paths: readonly string[]): string => paths.map((path) => `"${path}"`).join(', ');

/**
 * Files under `paths`, in the order given; a folder's files by name, its sub-folders in place. Hidden files and the
 * `NAME_files` folder of a saved web page are left out.
 */
export async function listSources(paths: readonly string[]): Promise<SourceFile[]> {
  const found: SourceFile[] = [];
  for (const path of paths) await visit(path, found);
  return found;
}

async function visit(path: string, found: SourceFile[], file?: Buffer): Promise<void> {
  const named = file === undefined ? { path } : { path, file };
  try {
    const info = await stat(file ?? path);
    if (info.isDirectory()) await visitFolder(path, found, file);
    else if (info.isFile()) found.push({ ...named, bytes: info.size });
    else found.push({ ...named, bytes: 0, missing: NO_FILE });
  } catch (error) {
    found.push({ ...named, bytes: 0, missing: whyMissing(error) });
  }
}

async function visitFolder(folder: string, found: SourceFile[], file?: Buffer): Promise<void> {
  const entries = await entriesOf(folder, file);
  const names = new Set(entries.map((entry) => entry.name));
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (LITTER.test(entry.name) || isSavedPageFolder(entry.name, names)) continue;
    // A linked folder could lead round in circles; a linked file is read.
    if (entry.linked && (await stat(entry.file ?? join(folder, entry.name)).catch(() => null))?.isDirectory()) continue;
    await visit(join(folder, entry.name), found, entry.file);
  }
}

interface Entry {
  name: string;
  linked: boolean;
  /** The path as bytes, where the name or the folder's is not UTF-8 and cannot be told as a text. */
  file?: Buffer;
}

async function entriesOf(folder: string, file?: Buffer): Promise<Entry[]> {
  const listed = await readdir(file ?? folder, { withFileTypes: true, encoding: 'buffer' });
  return listed.map((entry) => {
    const name = entry.name.toString('utf8');
    const known = { name, linked: entry.isSymbolicLink() };
    if (file === undefined && Buffer.from(name).equals(entry.name)) return known;
    return { ...known, file: Buffer.concat([file ?? Buffer.from(folder), Buffer.from(sep), entry.name]) };
  });
}

function isSavedPageFolder(name: string, siblings: ReadonlySet<string>): boolean {
  const stem = /^(.+)[_-]files$/i.exec(name)?.[1];
  return stem !== undefined && [...siblings].some((s) => s === `${stem}.html` || s === `${stem}.htm`);
}

const NO_FILE =
  'This is a pipe, a socket or a device, not a file. Save what comes out of it, or hand it over on standard input (-).';

const WHY_MISSING: Readonly<Record<string, string>> = {
  ENOENT: 'There is no such file or folder. Check the spelling; a link may lead nowhere.',
  EACCES: 'It may not be opened. Check the permissions.',
  EPERM: 'It may not be opened. Check the permissions.',
  ELOOP: 'This link leads round in a circle. Name the file itself.',
  ENAMETOOLONG: 'The path is longer than the system can open. Move the file to a folder nearer the top.',
  ENOTDIR: 'A part of the path is a file, not a folder. Check the spelling.',
};

/** What keeps a path from being opened, and what to do. */
export function whyMissing(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return WHY_MISSING[code] ?? `It could not be opened: ${error instanceof Error ? error.message : String(error)}`;
}
