import { z } from 'zod';
import { amount, id, requirementId } from '../../fields.ts';

/**
 * The published ways to turn an amount into points between none and all. "Lowest" and "median" are those of the offers that are ranked.
 * - `lowest-ratio`: lowest ÷ amount.
 * - `linear-to-cap`: all for the lowest, none from `cap` on, in a straight line between.
 * - `points-minus`: all for the lowest; each per cent above it costs one per cent of the points.
 * - `median`: half of the points for the median; each per cent below it gives, above it costs, one per cent.
 * - `fixed-line`: all at `best`, none at `worst`, straight between; does not depend on the other offers. Also for "more is better".
 */
export const formula = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('lowest-ratio') }),
  z.strictObject({ kind: z.literal('linear-to-cap'), cap: amount.min(1) }),
  z.strictObject({ kind: z.literal('points-minus') }),
  z.strictObject({ kind: z.literal('median') }),
  z
    .strictObject({ kind: z.literal('fixed-line'), best: amount, worst: amount })
    .refine(({ best, worst }) => best !== worst, 'best and worst must differ'),
]);
export type Formula = z.infer<typeof formula>;

export const criterion = z.discriminatedUnion('kind', [
  z.strictObject({ id, kind: z.literal('requirements'), weight: z.int().min(1).max(1000) }),
  z.strictObject({ id, kind: z.literal('price'), weight: z.int().min(1).max(1000), formula }),
  /** Anything else that is a number: days to deliver, a rating. */
  z.strictObject({ id, kind: z.literal('amount'), weight: z.int().min(1).max(1000), formula }),
]);
export type Criterion = z.infer<typeof criterion>;

/** What decides between equal totals, in this order: a criterion's id (more points first), or `draw`, made by people and recorded. */
export const tieBreak = z.array(id).max(10);

/** Everything a score is worked out from: kept with an award, so that it can be worked out again for ever. */
export const scoringInput = z.strictObject({
  version: z.literal('scoring/1'),
  /** `weight` as in the demand; `level` is the demanded level as a number: basic 1, standard 2, advanced 3. */
  requirements: z.array(
    z.strictObject({
      id: requirementId,
      weight: z.int().min(0).max(1000),
      level: z.int().min(1).max(3),
      knockout: z.boolean(),
    }),
  ),
  /** Out of both sums, for every offer alike. */
  notApplicable: z.array(requirementId),
  criteria: z.array(criterion).min(1),
  tieBreak,
  offers: z.array(
    z.strictObject({
      id,
      /** Refused for a reason other than a score. */
      excluded: z.boolean(),
      /** 0 to 3, in the order of `requirements`; null is not answered or not scored, and counts as 0. */
      scores: z.array(z.int().min(0).max(3).nullable()),
      /** In the order of `criteria`; null for the requirements, and where nothing was offered, which gets no points. */
      amounts: z.array(amount.nullable()),
    }),
  ),
});
export type ScoringInput = z.infer<typeof scoringInput>;
