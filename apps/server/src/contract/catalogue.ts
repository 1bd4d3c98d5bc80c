import type { CatalogueDiff, RequirementEntry, RiskEntry } from '@proviso/catalogue';
import type { OwnEntry } from '@proviso/catalogue/check';
import { z } from 'zod';
import { language } from './wire.ts';

/** `OWN-01`: given by the server, never used again. */
export const ownId = z.string().regex(/^OWN-\d{2}$/);

/** GET /api/t/{tenant}/catalogue/own?language=… — what the organisation asks beside the catalogue. */
export interface OwnView {
  /** The catalogue with it: what a demand that is derived now rests on. */
  edition: { edition: string; hash: string };
  rows: OwnRequirement[];
  /** Risks of the catalogue that an own requirement answers, with the needs that it adds. */
  risks: RiskEntry[];
}
export interface OwnRequirement {
  id: string;
  /** Goes with every change. */
  version: number;
  retired: boolean;
  entry: OwnEntry;
  /** Who wrote this version, and when. */
  by: string;
  at: string;
  /** As pages and papers say it; null where faults keep it out. */
  words: RequirementEntry | null;
  /** Why it is asked of nobody: what it refers to is gone from this edition. */
  faults: OwnFaultSaid[];
}
/** Where in the entry, as `words.nl.clause`; `code` is stable, `message` in the reader's language. */
export interface OwnFaultSaid {
  where: string;
  code: string;
  message: string;
}

/**
 * POST /api/t/{tenant}/catalogue/own {entry} → 201; PUT …/own/{id} {version, entry}; POST …/own/{id}/retire {version}. The shape of an entry:
 * `packages/catalogue/schema/own-requirement.schema.json`. 422 `own-…` with the first field that is wrong.
 */
const entry = z.unknown().describe('As packages/catalogue/schema/own-requirement.schema.json');
export const newOwn = z.object({ entry });
export const changedOwn = z.object({ version: z.int().min(1), entry });
export const retiredOwn = z.object({ version: z.int().min(1) });
export const keptOwn = z.object({ id: ownId, version: z.int() });

/** POST …/own/preview {id, entry, language} — as it would read; nothing is kept. */
export const previewOwn = z.object({ id: ownId.nullable(), entry, language });
export interface OwnPreview {
  words: RequirementEntry | null;
  faults: OwnFaultSaid[];
}

/** GET /api/t/{tenant}/catalogue/editions — what can be compared, today's first. */
export const edition = z.object({
  hash: z.string(),
  edition: z.string(),
  /** Is it what a demand that is derived now rests on? */
  today: z.boolean(),
  /** Is it the catalogue as it came, without the organisation's own? */
  bare: z.boolean(),
  /** Purchases of which a kept demand rests on it. */
  demands: z.int(),
});
export type Edition = z.infer<typeof edition>;

/** GET …/catalogue/diff?from=…&to=…&language=… by hashes. */
export interface EditionDiff {
  diff: CatalogueDiff;
  titles: Record<string, string>;
}
