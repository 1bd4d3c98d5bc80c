export { judgeTime, ntsTls, TIME_CHECKS } from './checks.ts';
export { type NtsEvidence, ntsEvidence } from './evidence.ts';
export { gatherNts, type NtsOptions } from './gather.ts';
export { type TimeProfile, timeProfile, timeProfiles } from './profile.ts';
