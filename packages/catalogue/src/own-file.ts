import { parse, stringify } from 'yaml';
import { z } from 'zod';
import type { KeptOwn } from './own.ts';

const SCHEMA = 'proviso.own/1';

const file = z.strictObject({
  schema: z.literal(SCHEMA),
  organisation: z.string().max(300).optional(),
  requirements: z
    .array(
      z.strictObject({
        id: z.string().regex(/^OWN-\d{2}$/, 'an id as OWN-01'),
        version: z.int().min(1),
        retired: z.iso.date().nullable().default(null),
        entry: z.unknown(),
      }),
    )
    .max(99),
});

/** A file of own requirements that is none; each fault names its place. */
export class OwnFileError extends Error {
  override readonly name = 'OwnFileError';
  readonly faults: readonly string[];
  constructor(faults: readonly string[]) {
    super(faults.join('\n'));
    this.faults = faults;
  }
}

/** Requirements of an organisation's own as a file for people and programs: YAML, in the order of their ids. */
export function ownFileText(organisation: string, kept: readonly KeptOwn[]): string {
  const requirements = kept
    .toSorted((a, b) => (a.id < b.id ? -1 : 1))
    .map(({ id, version, retired, entry }) => ({ id, version, retired, entry }));
  return stringify({ schema: SCHEMA, organisation, requirements }, { lineWidth: 0 });
}

/**
 * What such a file holds, for `withOwn`, which checks each entry against a catalogue. YAML or JSON.
 * @throws OwnFileError
 */
export function readOwnFile(text: string): KeptOwn[] {
  let content: unknown;
  try {
    content = parse(text, { maxAliasCount: 0 });
  } catch (error) {
    throw new OwnFileError([String((error as Error).message.split('\n')[0])]);
  }
  const read = file.safeParse(content);
  if (!read.success)
    throw new OwnFileError(read.error.issues.map(({ path, message }) => `${path.join('.') || 'the file'}: ${message}`));
  return read.data.requirements.map(({ id, version, retired, entry }) => ({ id, version, retired, entry }));
}
