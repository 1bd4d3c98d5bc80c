import { z } from 'zod';
import { instant, sha256, uuid } from './wire.ts';

/**
 * GET …/purchases/{id}/papers — what people uploaded for a purchase, as a proof that an obligation was met or a supplier's letter. POST
 * …/papers?name= (bytes) → the paper: put first, named by a command's `evidence` then. GET …/papers/{sha256} → its bytes.
 */
export const paper = z.object({ sha256, name: z.string(), bytes: z.int() });
export type Paper = z.infer<typeof paper>;

/** What a supplier says of a draft: of single requirements, and of all of it. */
export const remarks = z.object({
  text: z.string().max(100_000),
  comments: z
    .array(z.object({ requirement: z.string().max(20), text: z.string().trim().min(1).max(10_000) }))
    .max(1000)
    .default([]),
});
export type Remarks = z.infer<typeof remarks>;

/** GET …/purchases/{id}/consultations — what suppliers said of the draft, in the order in which it came. */
export const consultationAnswer = z.object({
  id: z.string(),
  consultation: z.string(),
  supplier: uuid,
  name: z.string(),
  at: instant,
  ...remarks.shape,
});
export type ConsultationAnswer = z.infer<typeof consultationAnswer>;

/** GET …/purchases/{id}/explanations — how suppliers explain their prices, of the offers that this person may read. */
export const explanation = z.object({ offer: uuid, at: instant, text: z.string() });
export type Explanation = z.infer<typeof explanation>;
