import { z } from 'zod';
import { type Check, type CheckResult, type Observation, resultOf, type Verdict } from '../check.ts';
import { type RouteState, routeState, type Vrp } from './origin.ts';
import { addressBytes, type Prefix, readPrefix } from './prefix.ts';
import type { Routes } from './routes.ts';
import { prefixText } from './trie.ts';
import { RoutingDataError, type Vrps } from './vrps.ts';

const network = z.string().refine((text) => readPrefix(text) !== null, 'no network');
const asn = z
  .number()
  .int()
  .min(0)
  .max(2 ** 32 - 1);

/** What the tables said of each address, enough to judge again without them. */
export const routingEvidence = z.strictObject({
  schema: z.literal('proviso.routing/1'),
  at: z.iso.datetime(),
  addresses: z.array(
    z.strictObject({
      address: z.string().refine((text) => addressBytes(text) !== null, 'no address'),
      /** What it is an address of, such as `ns1.example.org`. */
      of: z.string(),
      /** Every route that covers it; origin 0 where the path ends in a set. */
      routes: z.array(z.strictObject({ prefix: network, origin: asn })),
      /** Every VRP that covers the address. */
      vrps: z.array(z.strictObject({ prefix: network, asn, maxLength: z.number().int() })),
    }),
  ),
  /** The tables: what they are called, and when the VRPs were made. `routes` is null where there was no table of routes. */
  vrps: z.strictObject({ name: z.string(), made: z.iso.datetime().nullable(), count: z.number().int() }),
  routes: z.strictObject({ name: z.string(), count: z.number().int() }).nullable(),
});
export type RoutingEvidence = z.infer<typeof routingEvidence>;

const weight = z.enum(['required', 'recommended', 'optional']);
export const routingProfile = z.strictObject({
  id: z.string(),
  /** That each route is covered by a ROA. Where it is not, Internet.nl warns. */
  roa: weight,
  /** That no route is invalid. */
  origin: weight,
  /** VRPs that are older when the evidence was taken prove nothing. */
  vrpHours: z.number().positive(),
});
export type RoutingProfile = z.infer<typeof routingProfile>;

export interface Tables {
  vrps: Vrps;
  vrpsName: string;
  routes: Routes | null;
  routesName: string;
}

/** Looks addresses up in the tables. @throws RoutingDataError where one is no address. */
export function gatherRouting(
  addresses: readonly { address: string; of: string }[],
  tables: Tables,
  at: Date,
): RoutingEvidence {
  const { vrps, routes } = tables;
  return {
    schema: 'proviso.routing/1',
    at: at.toISOString(),
    addresses: addresses.map(({ address, of }) => {
      const bytes = addressBytes(address);
      if (!bytes) throw new RoutingDataError(`"${address}" is no IP address.`);
      const host: Prefix = { bytes, length: bytes.length * 8 };
      const found =
        routes?.trie.covering(host).map(({ prefix, origin }) => ({ prefix: prefixText(prefix), origin })) ?? [];
      const unique = new Map(found.map((route) => [`${route.prefix} ${route.origin}`, route]));
      return {
        address,
        of,
        routes: [...unique.values()],
        vrps: vrps.trie
          .covering(host)
          .map(({ prefix, origin, extra }) => ({ prefix: prefixText(prefix), asn: origin, maxLength: extra })),
      };
    }),
    vrps: {
      name: tables.vrpsName,
      made: vrps.made === null ? null : new Date(vrps.made).toISOString(),
      count: vrps.count,
    },
    routes: routes && { name: tables.routesName, count: routes.count },
  };
}

type Address = RoutingEvidence['addresses'][number];

/** Each route of an address with its state. */
export function statesOf({ routes, vrps }: Address): { prefix: string; origin: number; state: RouteState }[] {
  const list: Vrp[] = vrps.flatMap(({ prefix, ...rest }) => {
    const read = readPrefix(prefix);
    return read ? [{ prefix: read, ...rest }] : [];
  });
  return routes.map(({ prefix, origin }) => {
    const route = readPrefix(prefix);
    return { prefix, origin, state: route ? routeState(route, origin, list) : 'not-found' };
  });
}

const HOUR = 60 * 60 * 1000;
const breach = (of: RoutingProfile['roa']): Verdict =>
  of === 'required' ? 'fail' : of === 'recommended' ? 'warn' : 'pass';

function routingCheck(
  id: string,
  standards: readonly string[],
  observe: (address: Address, profile: RoutingProfile, evidence: RoutingEvidence) => Observation[],
): Check<RoutingEvidence, RoutingProfile> {
  return {
    id,
    standards,
    judge: (evidence, profile, subject): CheckResult => {
      const { made } = evidence.vrps;
      const age = made === null ? null : (Date.parse(evidence.at) - Date.parse(made)) / HOUR;
      const observations: Observation[] =
        age === null || age > profile.vrpHours
          ? [{ code: 'vrps-stale', verdict: 'inconclusive', values: { made: made ?? '', hours: profile.vrpHours } }]
          : evidence.addresses.flatMap((address) => observe(address, profile, evidence));
      return resultOf(id, subject, observations);
    },
  };
}

/** Each route to each address is covered by a ROA (RFC 9582); without a table of routes, each address is. */
export const roaPresence = routingCheck('routing.roa', ['RFC 9582', 'RFC 6811'], (one, profile, { routes }) => {
  const { address, of } = one;
  const states = statesOf(one);
  if (routes && states.length === 0)
    return [{ code: 'route-unknown', verdict: 'inconclusive', values: { address, of } }];
  const bare = states.filter(({ state }) => state === 'not-found').map(({ prefix }) => prefix);
  const missing = routes ? bare : one.vrps.length === 0 ? [address] : [];
  if (missing.length === 0) return [{ code: 'roa-present', verdict: 'pass', values: { address, of } }];
  return [{ code: 'roa-missing', verdict: breach(profile.roa), values: { address, of, networks: missing.join(', ') } }];
});

/** No route to an address is invalid: all that cover it count, as the longest is only the one that is used now. */
export const originValidity = routingCheck('routing.origin', ['RFC 6811'], (one, profile) => {
  const { address, of } = one;
  const states = statesOf(one);
  if (states.length === 0) return [{ code: 'route-unknown', verdict: 'inconclusive', values: { address, of } }];
  return states.map(({ prefix, origin, state }): Observation => {
    const values = { address, of, prefix, origin };
    if (state === 'valid') return { code: 'route-valid', verdict: 'pass', values };
    // What no ROA speaks of is neither good nor bad here: `routing.roa` tells it.
    if (state === 'not-found') return { code: 'route-not-found', verdict: 'not-applicable', values };
    return { code: `route-${state}`, verdict: breach(profile.origin), values };
  });
});

export const ROUTING_CHECKS = [roaPresence, originValidity];
