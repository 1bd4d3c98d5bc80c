import type { Observation, Verdict } from '../../check.ts';
import type words from '../data/observations.json';

/** What a check of this family can find; the sentences for people are kept by these. */
export type Code = keyof typeof words;

export type Values = Readonly<Record<string, string | number>>;

export function observe(verdict: Verdict, code: Code, values?: Values): Observation {
  return values ? { code, values, verdict } : { code, verdict };
}
