import type { Demand } from './derive.ts';
import type { Catalogue } from './schema.ts';
import { snapshotOf } from './snapshot.ts';

/** A demand with the part of the catalogue it rests on: what is kept, published, answered and compared. */
export interface DemandFile {
  schema: 'proviso.demand-file/1';
  demand: Demand;
  catalogue: Catalogue;
}

export function demandFileOf(demand: Demand, catalogue: Catalogue): DemandFile {
  return { schema: 'proviso.demand-file/1', demand, catalogue: snapshotOf(catalogue, demand) };
}

/**
 * A demand file from its text.
 * @throws Error that says what the file is instead, or where it is incomplete.
 */
export function readDemandFile(text: string, name: string): DemandFile {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Error(`${name} is not JSON. Name the demand.json that "proviso demand" wrote.`);
  }
  const file = value as Partial<DemandFile> | null;
  if (file?.schema !== 'proviso.demand-file/1')
    throw new Error(`${name} is not a demand (its schema is ${JSON.stringify(file?.schema ?? null)}).`);
  if (!Array.isArray(file.demand?.requirements) || !Array.isArray(file.catalogue?.requirements))
    throw new Error(`${name} is incomplete: it holds no requirements.`);
  const held = new Set(file.catalogue.requirements.map(({ id }) => id));
  const missing = file.demand.requirements.filter(({ id }) => !held.has(id)).map(({ id }) => id);
  if (missing.length > 0) throw new Error(`${name} is incomplete: it lacks the texts of ${missing.join(', ')}.`);
  return file as DemandFile;
}
