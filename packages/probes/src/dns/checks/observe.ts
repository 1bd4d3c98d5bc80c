import type { CheckResult, Observation, Verdict } from '../../check.ts';
import type words from '../data/observations.json';

/** What a check of this family can find; the sentences for people are kept by these. */
export type Code = keyof typeof words;

export type Values = Readonly<Record<string, string | number>>;

export function observe(verdict: Verdict, code: Code, values?: Values): Observation {
  return values ? { code, values, verdict } : { code, verdict };
}

/**
 * From the one that settles most to the one that settles least. A proved fault outweighs what could not be seen, and
 * that a mere warning.
 */
const ORDER: readonly Verdict[] = ['fail', 'inconclusive', 'warn', 'pass', 'not-applicable'];

/** The result with the verdict that its observations call for; without any it is inconclusive, never a pass. */
export function conclude(check: string, subject: string, observations: Observation[]): CheckResult {
  const verdict = ORDER.find((one) => observations.some((each) => each.verdict === one)) ?? 'inconclusive';
  return { check, subject, verdict, observations };
}
