export {
  type Declared,
  FAMILIES,
  familiesFor,
  type ProbeFamily,
  type RunEvidence,
  runEvidence,
  type Vantage,
} from './evidence.ts';
export { judgeRun } from './judge.ts';
export { outcomeSchema, type ProbeOutcome, probeOutcome, readOutcome } from './outcome.ts';
export { createProber, outcomeOf, type Prober, type ProberOptions } from './probe.ts';
export {
  askedHash,
  loadProbeProfile,
  type ProbeProfile,
  ProfileError,
  probeProfile,
  probeProfileIds,
  profileHash,
  readProbeProfile,
  trustingAs,
} from './profile.ts';
