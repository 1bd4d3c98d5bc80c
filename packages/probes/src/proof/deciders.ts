import { readContent } from '@proviso/content';
import { z } from 'zod';
import { VERDICTS } from '../check.ts';
import { SERVICES } from '../tls/index.ts';
import { PROBE_LANGUAGES, type ProbeLanguage } from '../words.ts';

const verdict = z.enum(VERDICTS as [(typeof VERDICTS)[number]]);
const decider = z.strictObject({
  check: z.string(),
  port: z.int().optional(),
  services: z.array(z.enum(SERVICES)).min(1).optional(),
  own: z.literal(true).optional(),
  as: z.record(z.string(), verdict).default({}),
});
/** A check of a probe that has a say in a live check of the catalogue. */
export type Decider = z.infer<typeof decider>;

const said = z.strictObject(
  Object.fromEntries(PROBE_LANGUAGES.map((language) => [language, z.string()])) as Record<ProbeLanguage, z.ZodString>,
);
const entry = z.union([
  z.strictObject({
    id: z.string(),
    beside: z.strictObject({ prefix: z.string(), port: z.int() }).optional(),
    deciders: z.array(decider).min(1),
  }),
  z.strictObject({ id: z.string(), notProbed: said }),
]);
export type Entry = z.infer<typeof entry>;

let known: ReadonlyMap<string, Entry> | undefined;

/** What decides each live check of the catalogue, by its id: `deciders.yaml`. */
export function decidersOf(): ReadonlyMap<string, Entry> {
  known ??= new Map(
    z
      .array(entry)
      .parse(readContent(new URL('deciders.yaml', import.meta.url)))
      .map((one) => [one.id, one]),
  );
  return known;
}

/** Why no probe looks at a live check of the catalogue; null where one does, or where it is no live check. */
export function whyNotProbed(check: string, language: ProbeLanguage): string | null {
  const found = decidersOf().get(check);
  return found && 'notProbed' in found ? found.notProbed[language] : null;
}
