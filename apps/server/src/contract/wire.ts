import { z } from 'zod';

/** UUIDs name people, purchases, suppliers, invitations, offers and documents. */
export const uuid = z.uuid();
/** A moment, UTC: `2026-01-31T11:00:00Z`. */
export const instant = z.iso.datetime();
/** `2026-01-31`. */
export const day = z.iso.date();
/** 64 hex digits. */
export const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
export const language = z.enum(['en', 'fr', 'nl', 'de']);

/** Every refusal, by any route: what is wrong, where, and what to do. `code` is stable; `message` is in the reader's language. */
export const problem = z.object({
  code: z.string(),
  message: z.string(),
  /** Field or thing it is about, as `input.closing`. */
  where: z.string().optional(),
  values: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
  /** With `409 version-conflict`: the version that stands now. */
  current: z.int().optional(),
  /** With `409 opening-lost`: what nobody could open any more. */
  purchases: z
    .array(z.object({ id: uuid, title: z.string(), reference: z.string().nullable(), left: z.int() }))
    .optional(),
});
export type Problem = z.infer<typeof problem>;

export const page = <Row extends z.ZodType>(row: Row) => z.object({ rows: z.array(row), next: z.string().nullable() });
