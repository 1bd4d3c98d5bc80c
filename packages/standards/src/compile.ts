/**
 * Compiles `data/` and `names/` into one file that loads in a few milliseconds. Run at install (`npm run prepare`), and by `loadRegistry`
 * when something has changed; then `--lenient` leaves out what is at fault, where else a fault stops it.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parse } from 'yaml';
import { assemble } from './assemble.ts';
import { type Sections, writeContainer } from './container.ts';
import { ingredients } from './ingredients.ts';
import { compileMatcher } from './matcher-compile.ts';
import { loadNames } from './names.ts';
import { packRecords } from './record-store.ts';
import { loadDataFiles, type RegistryRecord } from './records.ts';
import type { Fault } from './shape.ts';

export interface Compiled {
  sections: Sections;
  faults: Fault[];
  records: RegistryRecord[];
}

const newest = (sources: string[]) =>
  sources
    .map((source) => /\((\d{4}-\d\d-\d\d)\)$/.exec(source)?.[1] ?? '')
    .sort()
    .at(-1) ?? '';

/** Reads the package's data and names and makes the sections, the matcher's included. Never throws for content. */
export function compileFrom(root: string): Compiled {
  const names = loadNames(join(root, 'names'));
  const data = loadDataFiles(join(root, 'data'));
  const { records, families, faults } = assemble(data, names);
  const index = new Map(records.map((record, i) => [record.id, i]));
  const aliases = names.things.flatMap((thing) =>
    // Names that need a gate are no way to ask for a record.
    Object.values(thing.names)
      .flat()
      .filter((name) => !thing.gated.includes(name) && !name.endsWith('*'))
      .map((name) => [name, index.get(thing.id) ?? 0] as const),
  );
  const hash = createHash('sha256')
    .update(JSON.stringify([records, names]))
    .digest('hex')
    .slice(0, 8);
  const knownSince = newest(data.map((file) => file.header.source));
  const sections: Sections = {
    ingredients: ingredients(root),
    ...packRecords(records, families, aliases, { version: `${knownSince}+${hash}`, knownSince }),
    adoptions: JSON.stringify(parse(readFileSync(join(root, 'data', 'adoptions.yaml'), 'utf8'))),
    ...compileMatcher(records, names),
  };
  return { sections, faults, records };
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const root = join(import.meta.dirname, '..');
  const lenient = process.argv.includes('--lenient');
  const { sections, faults, records } = compileFrom(root);
  for (const { file, entry, message } of faults) console.error(`${file}: ${entry}: ${message}`);
  if (faults.length > 0 && !lenient) {
    console.error(`${faults.length} faults; nothing was compiled.`);
    process.exit(1);
  }
  writeContainer(join(root, 'compiled', 'registry.bin'), sections);
  const bytes = Object.values(sections).reduce((sum, s) => sum + (typeof s === 'string' ? s.length : s.byteLength), 0);
  console.log(`Registry: ${records.length} standards, ${(bytes / 1e6).toFixed(1)} MB.`);
}
