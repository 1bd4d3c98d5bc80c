/**
 * Prints what each page of the workbench costs to load, after a build:
 *
 *   node apps/web/src/testing/print-sizes.ts
 */
import { readFileSync } from 'node:fs';
import { firstLoad, type Manifest } from './first-load.ts';

const dist = new URL('../../dist/', import.meta.url);
const read = (file: string): Buffer => readFileSync(new URL(file, dist));
const manifest = JSON.parse(String(read('.vite/manifest.json'))) as Manifest;
for (const page of Object.keys(manifest).filter((key) => /^src\/.*page\.tsx$/.test(key))) {
  const total = firstLoad(manifest, read, ['index.html', 'messages/shell.en.json', page]).reduce(
    (sum, { bytes }) => sum + bytes,
    0,
  );
  console.log(`${String(total).padStart(7)}  ${page}`);
}
