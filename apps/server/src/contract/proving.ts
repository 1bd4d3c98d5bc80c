import type { Proved, Verdict } from '@proviso/probes';
import type { ProbeEvery } from '@proviso/procurement';
import { z } from 'zod';
import { day, instant, sha256, uuid } from './wire.ts';

/** Connections with one address in a minute that a supplier can allow. */
export const PROBE_RATES = [6, 12, 30, 60, 120] as const;
/** Names of one kind at most. */
export const MOST_NAMES = 20;

/** A name of a host or domain as the DNS has it: letters beyond a to z are written in Punycode; no address, and no name of a home network. */
const name = z
  .string()
  .trim()
  .toLowerCase()
  .max(253)
  .regex(
    /^(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?$/,
    'a name as www.example.org',
  );
const selector = z
  .string()
  .trim()
  .toLowerCase()
  .max(120)
  .regex(/^[a-z0-9](?:[a-z0-9_-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9_-]*[a-z0-9])?)*$/, 'a selector as mail2026');
export const probeTargets = z.object({
  /** Web sites: names, HTTPS and TLS on the usual ports. */
  hosts: z.array(name).max(MOST_NAMES),
  /** Domains of mail addresses. */
  mail: z.array(name).max(MOST_NAMES),
  services: z
    .array(
      z.object({
        host: name,
        port: z.int().min(1).max(65_535),
        /** `nts` is a time server, `dot` and `doh` a resolver. */
        service: z.enum(['tls', 'smtp', 'submission', 'imap', 'pop3', 'nts', 'dot', 'doh']),
        /** Where a resolver takes questions over HTTPS; /dns-query unless said. */
        path: z
          .string()
          .max(200)
          .regex(/^\/[!-~]*$/, 'a path as /dns-query')
          .optional(),
      }),
    )
    .max(MOST_NAMES),
  /** Selectors of the mail domains' DKIM keys. */
  selectors: z.array(selector).max(MOST_NAMES),
});
export type ProbeTargets = z.output<typeof probeTargets>;

/** PUT /api/offer/probing — consent in place of the one that stood. DELETE withdraws it: from then on nothing is looked at. */
export const probeConsentBody = z.object({
  targets: probeTargets,
  perMinute: z.int().min(PROBE_RATES[0]).max(120),
  /** Of the words that were shown and agreed to. */
  text: sha256,
  signer: z.string().trim().min(1).max(200),
  role: z.string().trim().min(1).max(200),
});
export type ProbeConsentBody = z.input<typeof probeConsentBody>;

/** A consent as both sides see it. */
export interface ProbeConsent {
  id: string;
  targets: ProbeTargets;
  perMinute: number;
  edition: number;
  language: string;
  text: string;
  sha256: string;
  /** Null once it was erased: who signed is kept while the consent stands, then as long as the organisation keeps words. */
  signer: string | null;
  role: string | null;
  given: string;
  withdrawn: string | null;
}

/** GET /api/offer/probing?language= — null where the demand asks nothing that can be looked at from outside. */
export interface OfferProbing {
  /** What would be looked at, in words. */
  checks: { id: string; title: string; shows: string }[];
  text: { edition: number; language: string; text: string; sha256: string };
  rates: readonly number[];
  consent: ProbeConsent | null;
  /** Names that have been looked at, and when last; never what was found. */
  looked: { name: string; at: string }[];
}

/** One result that decides, in the reader's language. */
export interface ProofResult {
  name: string;
  check: string;
  title: string;
  /** What was looked at: a name, a host and port with its address. */
  subject: string;
  verdict: Verdict;
  accepted: boolean;
  sentences: string[];
  /** What to do; empty where nothing is. */
  todo: string;
}

/** Results of one look at one name, counted. */
export interface ProofRun {
  id: string;
  kind: 'host' | 'mail' | 'service';
  name: string;
  at: string;
  profile: string;
  /** Has what this profile asks changed since? Then the look can be judged again. */
  changed: boolean;
  place: string;
  /** SHA-256 of the file of the signed bundle. */
  bundle: string;
  counts: Record<Verdict, number>;
}

export interface ProofOfSupplier {
  supplier: string;
  name: string;
  offers: string[];
  contracted: boolean;
  consent: ProbeConsent | null;
  /** A round that has not ended: since when. */
  running: string | null;
  /** Of each requirement that names live checks. */
  requirements: {
    requirement: string;
    proved: Proved;
    checks: { check: string; proved: Proved; results: ProofResult[] }[];
  }[];
  /** Each name with its looks, the newest first. */
  names: { kind: ProofRun['kind']; name: string; runs: ProofRun[] }[];
  /** What differs from the look before, of each name. */
  changes: {
    name: string;
    check: string;
    title: string;
    subject: string;
    before: Verdict | null;
    after: Verdict | null;
  }[];
  waivers: {
    id: string;
    name: string;
    check: string;
    title: string;
    until: string;
    reason: string;
    by: string;
    /** `ends-soon`: within a fortnight. */
    state: 'stands' | 'ends-soon' | 'over';
  }[];
}

/** GET /api/t/{tenant}/purchases/{id}/proof?language= — what was promised, beside what is seen from outside. Of suppliers whose offers one may read. */
export interface ProofView {
  /** Live checks that the demand names; `why` says why nothing looks at one. */
  checks: { id: string; title: string; shows: string; why: string | null }[];
  requirements: { id: string; title: string; checks: string[] }[];
  plan: { profile: string; every: ProbeEvery; version: number };
  profiles: ProbeProfileLine[];
  may: { run: boolean; plan: boolean; waive: boolean };
  /** Can the server look at all? False where it was started so. */
  looks: boolean;
  today: string;
  suppliers: ProofOfSupplier[];
}

/** GET /api/t/{tenant}/probe-profiles */
export const probeProfileLine = z.object({ id: z.string(), title: z.string() });
export type ProbeProfileLine = z.infer<typeof probeProfileLine>;

/** POST …/proof/rounds {supplier}: looks at all its names now. 409 no-consent, probe-running. */
export const roundBody = z.object({ supplier: uuid });

/** PUT …/proof/plan; null: as the organisation has it. */
export const probePlanBody = z.object({
  version: z.int().min(0),
  profile: z.string().max(60).nullable(),
  every: z.enum(['off', 'weekly', 'monthly']).nullable(),
});

/** POST …/proof/waivers: a failing check of a name is accepted to the end of a day. DELETE …/proof/waivers/{waiver} takes it back. */
export const waiverBody = z.object({
  supplier: uuid,
  name: z.string().max(253),
  check: z.string().max(60),
  until: day,
  reason: z.string().trim().min(3).max(2000),
});

/** GET …/proof/runs/{run}/bundle → the signed bundle, to be saved. GET …/proof/runs/{run}/again?profile=&language= judges it again, offline. */
export const judgedAgain = z.object({
  profile: z.string(),
  at: instant,
  differences: z.array(
    z.object({
      check: z.string(),
      title: z.string(),
      subject: z.string(),
      before: z.string().nullable(),
      after: z.string().nullable(),
    }),
  ),
});
export type JudgedAgain = z.infer<typeof judgedAgain>;
