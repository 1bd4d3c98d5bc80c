import { createHash } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { z } from 'zod';
import { crossCheck, type Report } from './cross-check.ts';
import type { Catalogue } from './schema.ts';
import * as schema from './schema.ts';
import { type Fault, readSource, type SourceFile, validated } from './source-file.ts';

/** Where each entry stands, so that faults about its references can name file and line. */
type Places = Map<object, { source: SourceFile; path: (string | number)[] }>;

export interface ReadCatalogue {
  /** Undefined where a file is missing or does not fit its schema. */
  catalogue: Catalogue | undefined;
  faults: Fault[];
}

/**
 * Reads and checks a catalogue folder. `knows` says whether the registry of standards has an id.
 * Never throws for what the files hold: everything wrong is a fault with file, line and what is expected.
 */
export function readCatalogue(folder: string, knows: (id: string) => boolean): ReadCatalogue {
  const faults: Fault[] = [];
  const places: Places = new Map();

  function single<T extends object>(name: string, type: z.ZodType<T>): T | undefined {
    const path = join(folder, name);
    if (!existsSync(path)) {
      faults.push({ file: name, line: 1, message: 'the file is missing' });
      return undefined;
    }
    const source = readSource(path, name, faults);
    const value = validated(source, type, faults);
    if (value) {
      places.set(value, { source, path: [] });
      if (Array.isArray(value))
        value.forEach((entry: object, i) => {
          places.set(entry, { source, path: [i] });
        });
    }
    return value;
  }

  function many<T extends object>(name: string, type: z.ZodType<T>): T[] {
    const entries: T[] = [];
    const path = join(folder, name);
    const files = existsSync(path) ? readdirSync(path).filter((file) => file.endsWith('.yaml')) : [];
    for (const file of files.sort()) {
      const source = readSource(join(path, file), `${name}/${file}`, faults);
      const value = validated(source, type, faults);
      if (!value) continue;
      places.set(value, { source, path: [] });
      entries.push(value);
    }
    return entries;
  }

  const parts = {
    edition: single('edition.yaml', schema.edition),
    vocabulary: single('vocabulary.yaml', schema.vocabulary),
    sources: single('sources.yaml', schema.sources),
    checks: single('checks.yaml', schema.checks),
    explainReasons: single('explain.yaml', schema.explainReasons),
    own: single('own.yaml', schema.ownWords),
    laws: single('laws.yaml', schema.laws),
    risks: many('risks', schema.risk).sort(byId),
    requirements: many('requirements', schema.requirement).sort(byId),
    standards: many('standards', schema.standardEntry).sort(byId),
  };
  const whole = complete(parts);
  if (!whole) return { catalogue: undefined, faults };
  const hash = createHash('sha256').update(JSON.stringify(whole)).digest('hex');
  const catalogue: Catalogue = { ...whole, hash };
  const report: Report = (entry, path, message) => {
    const place = places.get(entry);
    if (place) faults.push({ file: place.source.file, line: place.source.lineOf([...place.path, ...path]), message });
  };
  crossCheck(catalogue, report, knows);
  for (const one of catalogue.requirements)
    if (one.own) report(one, ['own'], 'own requirements are written by organisations, not in the catalogue');
  return { catalogue, faults };
}

const byId = (a: { id: string }, b: { id: string }): number => (a.id < b.id ? -1 : 1);

function complete<T extends Record<string, unknown>>(parts: T): { [K in keyof T]: NonNullable<T[K]> } | undefined {
  return Object.values(parts).every((part) => part !== undefined)
    ? (parts as { [K in keyof T]: NonNullable<T[K]> })
    : undefined;
}
