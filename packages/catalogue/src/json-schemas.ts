import { z } from 'zod';
import { context } from './context.ts';
import { ownEntry } from './own-entry.ts';
import * as schema from './schema.ts';

const FILES: Readonly<Record<string, z.ZodType>> = {
  requirement: schema.requirement,
  risk: schema.risk,
  standard: schema.standardEntry,
  laws: schema.laws,
  vocabulary: schema.vocabulary,
  sources: schema.sources,
  checks: schema.checks,
  explain: schema.explainReasons,
  own: schema.ownWords,
  'own-requirement': ownEntry,
  edition: schema.edition,
  context,
};

/** The JSON Schemas of the catalogue's files and of a purchase's context, by file name; editors complete and check with them. */
export function catalogueSchemas(): Map<string, string> {
  return new Map(
    Object.entries(FILES).map(([name, type]) => {
      const made = z.toJSONSchema(type, { io: 'input' });
      return [`${name}.schema.json`, `${JSON.stringify({ ...made, title: `Proviso catalogue: ${name}` }, null, 2)}\n`];
    }),
  );
}
