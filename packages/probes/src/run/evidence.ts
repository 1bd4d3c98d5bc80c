import { z } from 'zod';
import { dnsEvidence } from '../dns/index.ts';
import { routingEvidence } from '../routing/index.ts';
import { tlsEvidence } from '../tls/index.ts';
import { exchangeSchema, siteSchema } from '../web/index.ts';

/** Families of checks; each can be left out of a run. */
/** What may be asked for. `dnssec` is the part of `dns` that rests on names alone: it needs no word with each name server, so that it is many times as fast over long lists. */
export const FAMILIES = ['dns', 'dnssec', 'web', 'tls', 'mail', 'routing'] as const;
/** All of it. */
export const ALL_FAMILIES: readonly ProbeFamily[] = FAMILIES.filter((one) => one !== 'dnssec');
export type ProbeFamily = (typeof FAMILIES)[number];

const host = z.string().min(1).max(253);

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
        service: z.enum(['tls', 'smtp', 'submission', 'imap', 'pop3']),
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
});
export type RunEvidence = z.infer<typeof runEvidence>;
