export { type Check, type CheckResult, type Observation, resultOf, type Verdict } from './check.ts';
