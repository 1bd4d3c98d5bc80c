import { z } from 'zod';
import { trustAnchor } from '../dnssec/anchors.ts';

const judged = z.enum(['fail', 'warn', 'pass']);
/** What is not there can be a fault or of no interest, but it never passes. */
const missing = z.enum(['fail', 'warn', 'not-applicable']);

/**
 * What the checks of this family measure by; every part can be left out. A profile is data: see `data/profile-*.json`.
 */
export const dnsProfile = z.object({
  /** Where trust begins; the root's keys unless given. */
  anchors: z.array(trustAnchor).min(1).optional(),
  /** Algorithms that count as signed; those that a validator of today accepts unless given. */
  accept: z.array(z.int().min(0).max(255)).min(1).optional(),
  /** Fewest name servers, and fewest that have an IPv6 address. */
  nameServers: z.object({ least: z.int().min(0), leastIpv6: z.int().min(0) }).prefault({ least: 2, leastIpv6: 1 }),
  /** An unsigned name. */
  unsigned: missing.default('fail'),
  /** By the level that RFC 9904's registries give: what must not be used, and what should not. */
  algorithms: z
    .object({ mustNot: judged, notRecommended: judged, leastRsaBits: z.int(), wantedRsaBits: z.int() })
    .prefault({ mustNot: 'fail', notRecommended: 'warn', leastRsaBits: 1024, wantedRsaBits: 2048 }),
  nsec3: z
    .object({ mostIterations: z.int().min(0), salt: judged, optOut: judged })
    .prefault({ mostIterations: 0, salt: 'warn', optOut: 'warn' }),
  /** Hours that signatures must still be good for. */
  expiry: z.object({ leastHours: z.number(), wantedHours: z.number() }).prefault({ leastHours: 0, wantedHours: 48 }),
  caa: z.object({ absent: missing, issuers: z.array(z.string()).optional() }).prefault({ absent: 'warn' }),
  /** Without TLSA records: an exchanger, and any other service, where hardly a client looks for them. */
  dane: z.object({ absent: missing, absentElsewhere: missing.default('warn') }).prefault({ absent: 'fail' }),
});
export type DnsProfile = z.infer<typeof dnsProfile>;
