import { z } from 'zod';
import type { CheckResult, Verdict } from '../check.ts';
import { FAMILIES, type ProbeFamily, type Vantage, vantage } from './evidence.ts';

const verdict = z.enum(['pass', 'fail', 'warn', 'not-applicable', 'inconclusive']);

/** The verdicts on one name: what `proviso probe --json` gives of each. */
export const probeOutcome = z.strictObject({
  schema: z.literal('proviso.probe-outcome/1'),
  subject: z.string(),
  profile: z.strictObject({ id: z.string(), sha256: z.string() }).describe('By what it was judged, with its hash'),
  started: z.iso.datetime(),
  seconds: z.number(),
  families: z.array(z.enum(FAMILIES)),
  vantage,
  verdict: verdict.describe('The worst of all'),
  results: z.array(
    z.strictObject({
      check: z.string(),
      subject: z.string().describe('What was looked at: a name, a host and port with its address'),
      verdict,
      observations: z.array(
        z.strictObject({
          code: z.string(),
          verdict,
          values: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
        }),
      ),
    }),
  ),
});

export interface ProbeOutcome {
  schema: 'proviso.probe-outcome/1';
  subject: string;
  profile: { id: string; sha256: string };
  started: string;
  seconds: number;
  families: readonly ProbeFamily[];
  vantage: Vantage;
  /** The worst of all. */
  verdict: Verdict;
  results: CheckResult[];
}

/** The JSON Schema of an outcome, for programs that read it. */
export function outcomeSchema(): object {
  return z.toJSONSchema(probeOutcome);
}

/** An outcome from its JSON. @throws ZodError that says where it is none. */
export function readOutcome(value: unknown): ProbeOutcome {
  return probeOutcome.parse(value) as ProbeOutcome;
}
