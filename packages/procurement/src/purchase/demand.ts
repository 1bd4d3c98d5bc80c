import type { DemandFile } from '@proviso/catalogue';
import { z } from 'zod';
import { id, instant, requirementId, sha256, short } from '../fields.ts';

/** What the life of a purchase needs of one demanded requirement; its words stay in the demand file. */
export const demandLine = z.strictObject({
  id: requirementId,
  level: z.enum(['basic', 'standard', 'advanced']),
  /** Thousandths of the whole. */
  weight: z.int().min(0).max(1000),
  knockout: z.boolean(),
  parameters: z.array(z.strictObject({ id, value: z.number(), unit: short(0, 20) })).max(20),
  /** The parameter that the question asks for in numbers, and which way is better. */
  measure: z.strictObject({ parameter: id, better: z.enum(['higher', 'lower']) }).nullable(),
  phases: z.array(short(0, 20)).max(10),
  /** Types of evidence that are wanted: `certificate`, `sbom` … */
  evidence: z.array(short(0, 40)).max(20),
  /** Has the catalogue a duty at the end of the contract for it? */
  exit: z.boolean(),
  /** Does the question have an answer that says "not applicable"? */
  canBeNotApplicable: z.boolean(),
});
export type DemandLine = z.infer<typeof demandLine>;

export const demand = z.strictObject({
  version: z.int().min(1),
  /** `demandHash` of the catalogue; what a form and an offer carry. */
  hash: sha256,
  lines: z.array(demandLine).min(1).max(1000),
  by: id,
  at: instant,
});
export type Demand = z.infer<typeof demand>;

/** The lines of a demand file, in its order. Pure; the server makes the command from the file, so that a client cannot bend them. */
export function linesOf({ demand: { requirements }, catalogue }: DemandFile): DemandLine[] {
  const entries = new Map(catalogue.requirements.map((one) => [one.id, one]));
  return requirements.map(({ id: own, level, weight, knockout, parameters }) => {
    const entry = entries.get(own);
    const units = new Map(entry?.parameters.map((one) => [one.id, one.unit]));
    return {
      id: own,
      level,
      weight,
      knockout,
      parameters: Object.entries(parameters).map(([name, value]) => ({
        id: name,
        value,
        unit: units.get(name) ?? 'count',
      })),
      measure:
        entry?.question.unit && entry.question.answer === 'number'
          ? { parameter: entry.question.unit, better: entry.question.better ?? 'higher' }
          : null,
      phases: [...(entry?.phases ?? [])],
      evidence: [...new Set(entry?.evidence.map(({ type }) => type))],
      exit: (entry?.exit ?? null) !== null,
      canBeNotApplicable: entry?.question.choices?.some(({ meets }) => meets === 'not-applicable') ?? false,
    };
  });
}
