import type words from '../../../messages/en.json';
import type { Observation, Verdict } from '../../check.ts';

/** What a check of this family can find; the sentences for people are kept by these. */
export type Code = keyof (typeof words)['dns'];

export type Values = Readonly<Record<string, string | number>>;

export function observe(verdict: Verdict, code: Code, values?: Values): Observation {
  return values ? { code, values, verdict } : { code, verdict };
}
