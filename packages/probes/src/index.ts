export * from './bundle/index.ts';
export { type Check, type CheckResult, type Observation, resultOf, VERDICTS, type Verdict, worstOf } from './check.ts';
export type { Server } from './dns/index.ts';
export { FormatError } from './dns/index.ts';
export * from './internet-nl/index.ts';
export { RoutingDataError, readRoutes, readVrps, type Tables } from './routing/index.ts';
export * from './run/index.ts';
export type { TrustStore } from './tls/index.ts';
export { type CheckWords, checkIds, checkWords, PROBE_LANGUAGES, type ProbeLanguage, sentenceOf } from './words.ts';
