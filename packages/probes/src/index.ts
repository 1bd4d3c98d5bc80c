export type { Check, CheckResult, Observation, Verdict } from './check.ts';
