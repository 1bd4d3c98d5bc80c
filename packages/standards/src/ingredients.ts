/** What the compiled file is made of, as a list cheap enough to check at every start. */
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const FOLDERS: readonly [folder: string, wanted: RegExp][] = [
  ['data', /\.(ndjson|yaml)$/],
  ['names', /\.yaml$/],
  ['words', /\.yaml$/],
  ['src', /(?<!\.test)\.ts$/],
  ['src/grammar', /(?<!\.test)\.ts$/],
];

/** `folder/file size time`, one a line; folders that are missing are empty. */
export function ingredients(root: string): string {
  const lines: string[] = [];
  for (const [folder, wanted] of FOLDERS) {
    let files: string[];
    try {
      files = readdirSync(join(root, folder));
    } catch {
      continue;
    }
    for (const file of files.sort()) {
      if (!wanted.test(file)) continue;
      const { size, mtimeMs } = statSync(join(root, folder, file));
      lines.push(`${folder}/${file} ${size} ${mtimeMs}`);
    }
  }
  return lines.join('\n');
}
