import { z } from 'zod';
import { amount, id, instant, reason, requirementId, sha256 } from '../fields.ts';
import { criterion, scoringInput, tieBreak } from '../scoring/v1/input.ts';
import { deadline } from '../time/deadline.ts';
import { EXCLUSION_GROUNDS } from './grounds.ts';

const made = { by: id, at: instant };

/** Fixed before publication: how offers will be compared. Directive 2014/24/EU, Article 67(5). */
export const plan = z.strictObject({
  criteria: z.array(criterion).min(1).max(20),
  tieBreak,
  /** Requirements that may be found not to apply; no other may, after publication. */
  notApplicable: z.array(requirementId).max(1000),
  /** Is the price sealed apart until the quality scores are frozen? */
  priceApart: z.boolean(),
});
export type Plan = z.infer<typeof plan>;

export const evaluation = z.strictObject({
  /** Who has scored all of a lot; nobody sees another's scores before all have. */
  finished: z.array(z.strictObject({ evaluator: id, lot: id, at: instant })),
  /** Lots whose scores the evaluators have seen of each other. It happens once and is never undone. */
  revealed: z.array(z.strictObject({ lot: id, at: instant })),
  /** Counts from when a second evaluator agreed. */
  notApplicable: z.array(
    z.strictObject({ lot: id, requirement: requirementId, reason, agreed: z.strictObject(made).nullable(), ...made }),
  ),
  /** Amounts of criteria other than price that people found: days, a rating. */
  amounts: z.array(z.strictObject({ offer: id, criterion: id, value: amount, reason, ...made })),
  explanations: z.array(
    z.strictObject({
      offer: id,
      asked: instant,
      by: id,
      /** By when; without a reply nothing follows before. Null: only a reply ends the wait. */
      until: deadline.nullable(),
      reply: z.strictObject({ at: instant, hash: sha256 }).nullable(),
    }),
  ),
  exclusions: z.array(z.strictObject({ offer: id, ground: z.enum(EXCLUSION_GROUNDS), reason, ...made })),
  /** The scores that count, per lot, from when quality was frozen. */
  frozen: z.array(z.strictObject({ lot: id, input: scoringInput, ...made })),
});
export type Evaluation = z.infer<typeof evaluation>;

/** One evaluator's score: a row of its own, so that people who score at the same time do not wait for each other. */
export interface ScoreRow {
  offer: string;
  requirement: string;
  evaluator: string;
  value: number;
  reason: string | null;
  at: string;
}

/**
 * What one evaluator would agree on; rows are added, never written over. It counts from when a second evaluator has written the same value.
 * Needed where scores differ, and to change what is alike; its reason says why.
 */
export interface ConsensusRow {
  offer: string;
  requirement: string;
  value: number;
  reason: string;
  by: string;
  at: string;
}

export const emptyEvaluation = (): Evaluation => ({
  finished: [],
  revealed: [],
  notApplicable: [],
  amounts: [],
  explanations: [],
  exclusions: [],
  frozen: [],
});
