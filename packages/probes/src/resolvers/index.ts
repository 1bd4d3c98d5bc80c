export { isAnswering, judgeResolver, RESOLVER_CHECKS } from './checks.ts';
export { type ResolverEvidence, resolverEvidence } from './evidence.ts';
export { gatherResolver, type ResolverOptions, type ResolverPlace } from './gather.ts';
export { validateNames } from './known-names.ts';
export { type ResolverProfile, resolverProfile, resolverProfiles } from './profile.ts';
