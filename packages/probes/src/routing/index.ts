export {
  gatherRouting,
  originValidity,
  ROUTING_CHECKS,
  type RoutingEvidence,
  type RoutingProfile,
  roaPresence,
  routingEvidence,
  routingProfile,
  statesOf,
  type Tables,
} from './check.ts';
export { type RouteState, routeState, type Vrp } from './origin.ts';
export { loadRoutingProfile } from './profile.ts';
export { type Routes, readRoutes } from './routes.ts';
export { RoutingDataError, readVrps, type Vrps } from './vrps.ts';
