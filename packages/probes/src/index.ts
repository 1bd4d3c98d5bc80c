export { type Check, type CheckResult, type Observation, resultOf, type Verdict, worstOf } from './check.ts';
export type { Server } from './dns/index.ts';
export { FormatError } from './dns/index.ts';
export { RoutingDataError, readRoutes, readVrps, type Tables } from './routing/index.ts';
export * from './run/index.ts';
export type { TrustStore } from './tls/index.ts';
