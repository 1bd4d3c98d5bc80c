import { z } from 'zod';
import { dnsEvidence } from '../dns/index.ts';
import { resolverEvidence } from '../resolvers/index.ts';
import { routingEvidence } from '../routing/index.ts';
import { ntsEvidence } from '../time/index.ts';
import { SERVICES, tlsEvidence } from '../tls/index.ts';
import { exchangeSchema, siteSchema } from '../web/index.ts';

/**
 * What may be asked for. `dnssec` is the part of `dns` that rests on names alone: it needs no word with each name server, so that it is many times as
 * fast over long lists.
 */
export const FAMILIES = ['dns', 'dnssec', 'web', 'tls', 'mail', 'routing', 'time', 'resolver'] as const;
export type ProbeFamily = (typeof FAMILIES)[number];

const host = z.string().min(1).max(253);

/** Families for what few names are: they are looked at where that was said, or where a service of their kind was named. */
const SPECIAL: Partial<Record<ProbeFamily, readonly Declared['services'][number]['service'][]>> = {
  time: ['nts'],
  resolver: ['dot', 'doh'],
};

/** The family that asks a kind of service more than its TLS; undefined where none does. */
export function familyOf(service: Declared['services'][number]['service']): ProbeFamily | undefined {
  return FAMILIES.find((family) => SPECIAL[family]?.includes(service));
}

/** All but those, and but what is a part of another. */
const USUAL: readonly ProbeFamily[] = FAMILIES.filter((family) => SPECIAL[family] === undefined && family !== 'dnssec');

/** The families that were chosen, the usual ones where none were, and those of services that were named. */
export function familiesFor(
  services: Declared['services'] = [],
  chosen: readonly ProbeFamily[] = USUAL,
): ProbeFamily[] {
  return FAMILIES.filter(
    (family) => chosen.includes(family) || services.some(({ service }) => familyOf(service) === family),
  );
}

/** What the owner of a name says of it, since nobody can find it out from outside. */
export const declared = z.strictObject({
  /** Selectors that its mail is signed with. */
  selectors: z.array(z.string().max(253)).max(50).default([]),
  /** Addresses that its mail is sent from. */
  senders: z
    .array(z.union([z.ipv4(), z.ipv6()]))
    .max(50)
    .default([]),
  /** Further TLS endpoints of the service. */
  services: z
    .array(
      z.strictObject({
        host,
        port: z.int().min(1).max(65_535),
        service: z.enum(SERVICES),
        /** Where a resolver takes questions over HTTPS; /dns-query unless said. */
        path: z
          .string()
          .max(200)
          .regex(/^\/[!-~]*$/)
          .optional(),
      }),
    )
    .max(20)
    .default([]),
  /** Nothing but these services: not port 443 of the name. */
  onlyServices: z.literal(true).optional(),
});
export type Declared = z.infer<typeof declared>;

/** From where it was seen, and by what. */
export const vantage = z.strictObject({
  /** A name that the person gave the place; empty where none was given. */
  name: z.string().max(200),
  /** The program and its version. */
  program: z.string().max(200),
  /** Who was asked for names: `root` for the servers themselves from the root down, or the resolvers. */
  resolver: z.string().max(500),
  ipv4: z.boolean(),
  ipv6: z.boolean(),
});
export type Vantage = z.infer<typeof vantage>;

/** Where addresses are of. */
export const ROLES = ['web', 'mail', 'name-servers'] as const;
export type Role = (typeof ROLES)[number];

/**
 * All that was seen of one name in one run, and nothing that was concluded from it: what `judgeRun` judges, now or years later. Raw DNS
 * messages, hellos, certificates, headers and bodies, times.
 */
export const runEvidence = z.strictObject({
  schema: z.literal('proviso.probe/1'),
  subject: host,
  families: z.array(z.enum(FAMILIES)).min(1),
  started: z.iso.datetime(),
  ended: z.iso.datetime(),
  vantage,
  declared,
  /** Every question to the DNS with its raw answer, of all families. */
  dns: dnsEvidence,
  site: siteSchema.nullable(),
  /** One for each address that was asked: of the web site, of exchangers, of declared services. */
  endpoints: z.array(tlsEvidence).max(200),
  /** The policy of RFC 8461, where a record told to fetch it. */
  mtaStsPolicy: exchangeSchema.nullable(),
  routing: z.array(z.strictObject({ role: z.enum(ROLES), evidence: routingEvidence })),
  /** One for each address of a time server, and of a resolver by each encrypted way. */
  time: z.array(ntsEvidence).max(100).default([]),
  resolvers: z.array(resolverEvidence).max(100).default([]),
});
export type RunEvidence = z.infer<typeof runEvidence>;
