import { z } from 'zod';
import type { Observation } from './check.ts';
import { saw } from './mail/judgement.ts';

/** How much it matters that something is amiss; `ignore` leaves it unsaid. */
export const weight = z.enum(['fail', 'warn', 'ignore']);
export type Weight = z.infer<typeof weight>;

/** An observation of something amiss, by its weight; none where that is `ignore`. */
export function weighed(by: Weight, code: string, values?: Parameters<typeof saw>[2]): Observation[] {
  return by === 'ignore' ? [] : [saw(by, code, values)];
}
