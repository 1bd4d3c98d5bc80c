import { createHash } from 'node:crypto';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const VERSION = '0.1.0';

/**
 * Names the code that makes a reading, so that a cached one is never taken from another version: version plus a hash over
 * the size and time of every source and data file of the rooms below.
 */
export function engineId(): string {
  const packages = fileURLToPath(new URL('../../../packages', import.meta.url));
  const hash = createHash('sha256');
  for (const room of ['standards', 'documents', 'reading']) {
    for (const entry of readdirSync(join(packages, room), { recursive: true, withFileTypes: true })) {
      if (!entry.isFile() || entry.parentPath.includes('node_modules') || entry.name.endsWith('.test.ts')) continue;
      const path = join(entry.parentPath, entry.name);
      const { size, mtimeMs } = statSync(path);
      hash.update(`${path}\0${size}\0${mtimeMs}\n`);
    }
  }
  return `proviso ${VERSION}+${hash.digest('hex').slice(0, 12)}`;
}
