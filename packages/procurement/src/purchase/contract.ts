import { z } from 'zod';
import { amount, day, id, instant, reason, requirementId, sha256 } from '../fields.ts';
import { scoringInput } from '../scoring/v1/input.ts';
import type { ScoringResult } from '../scoring/v1/score.ts';
import { deadline } from '../time/deadline.ts';

const made = { by: id, at: instant };

export const award = z.strictObject({
  lot: id,
  offers: z.array(id).min(1),
  reason,
  /** What broke a tie that the stated rules left: the record of the draw. */
  draw: reason.nullable(),
  input: scoringInput,
  result: z.custom<ScoringResult>((one) => typeof one === 'object' && one !== null),
  /** Null until the bidders were told, or where none is kept. */
  standstill: z
    .strictObject({ sent: instant, means: z.enum(['electronic', 'other', 'none']), end: deadline })
    .nullable(),
  withdrawn: z.strictObject({ reason, ...made }).nullable(),
  ...made,
});
export type Award = z.infer<typeof award>;

export const contract = z.strictObject({
  lot: id,
  offer: id,
  signed: instant,
  from: day,
  to: day,
  hash: sha256,
  value: amount.nullable(),
  ...made,
});

export const obligation = z.strictObject({
  id,
  lot: id,
  offer: id,
  requirement: requirementId,
  owner: id,
  /** `kept`: to be shown again and again. `once`: shown by its day. `exit`: at the end. */
  kind: z.enum(['kept', 'once', 'exit']),
  due: day,
  /** Length after which it is due again, as 6 months. */
  every: z.strictObject({ count: z.int().min(1), unit: z.enum(['days', 'weeks', 'months', 'years']) }).nullable(),
  /** The parameter that set the day, or null where a rule of the room did. */
  from: z.string().max(80).nullable(),
  evidence: z.array(z.string().max(40)),
  /** An agreed deviation: what holds instead. */
  instead: z.string().max(10_000).nullable(),
  state: z.enum(['open', 'met', 'waived']),
  history: z.array(
    z.strictObject({
      state: z.string().max(20),
      due: day,
      evidence: sha256.nullable(),
      reason: z.string().max(4000),
      ...made,
    }),
  ),
});
export type Obligation = z.infer<typeof obligation>;

/** A requirement that was demanded and is no clause: shown, never lost. */
export const dropped = z.strictObject({
  lot: id,
  offer: id,
  requirement: requirementId,
  because: z.enum(['not-applicable', 'deviation-accepted', 'dropped-at-signing', 'changed-by-corrigendum']),
  reason: z.string().max(10_000),
});
export type Dropped = z.infer<typeof dropped>;
