import { covers, type Prefix } from './prefix.ts';

/** One VRP: it lets that AS announce the network and parts of it, down to prefixes of `maxLength`. */
export interface Vrp {
  prefix: Prefix;
  asn: number;
  maxLength: number;
}

export type RouteState = 'valid' | 'invalid-origin' | 'invalid-length' | 'not-found';

/**
 * The validity of a route (RFC 6811 section 2): not found where no VRP covers it, valid where one of them matches, else invalid. A VRP of AS 0
 * matches nothing (RFC 6483 section 4), nor does a route without an origin. Invalid says why: the nearest miss is a right AS with a prefix
 * that is too long.
 */
export function routeState(route: Prefix, origin: number, vrps: readonly Vrp[]): RouteState {
  const covering = vrps.filter(({ prefix }) => covers(prefix, route));
  if (covering.length === 0) return 'not-found';
  const mine = covering.filter(({ asn }) => asn !== 0 && asn === origin);
  if (mine.some(({ maxLength }) => route.length <= maxLength)) return 'valid';
  return mine.length > 0 ? 'invalid-length' : 'invalid-origin';
}
