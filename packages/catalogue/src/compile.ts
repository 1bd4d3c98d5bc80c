/**
 * Checks `data/` and compiles it into one JSON file that loads in a few milliseconds; run at install (`npm run prepare`). With paths
 * of files, says only what is wrong in those: `node packages/catalogue/src/compile.ts packages/catalogue/data/risks/RSK-02.yaml`.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { loadRegistry } from '@proviso/standards';
import { readCatalogue } from './read-catalogue.ts';

const root = join(import.meta.dirname, '..');
const data = join(root, 'data');
const registry = loadRegistry();
const { catalogue, faults } = readCatalogue(data, (id) => registry.get(id) !== undefined);
const wanted = process.argv.slice(2).map((path) => relative(data, resolve(path)));
const shown = wanted.length > 0 ? faults.filter(({ file }) => wanted.includes(file)) : faults;
for (const { file, line, message } of shown) console.error(`${file}:${line}: ${message}`);
if (wanted.length > 0) process.exit(shown.length > 0 ? 1 : 0);
if (faults.length > 0 || !catalogue) {
  console.error(`The catalogue has ${faults.length} faults; nothing was compiled.`);
  process.exit(1);
}
mkdirSync(join(root, 'compiled'), { recursive: true });
writeFileSync(join(root, 'compiled', 'catalogue.json'), JSON.stringify(catalogue));
console.log(
  `Catalogue ${catalogue.edition.edition}: ${catalogue.requirements.length} requirements, ${catalogue.risks.length} risks, ${catalogue.standards.length} standards.`,
);
