import { z } from 'zod';
import data from './profiles.json' with { type: 'json' };

const remainder = z.enum(['fail', 'softfail', 'neutral', 'none', 'pass']);
const policy = z.enum(['none', 'quarantine', 'reject']);

/** What a buyer, or a guideline, wants of mail. Every figure has a default that a standard gives or that is widely asked. */
export const mailProfileSchema = z.strictObject({
  spf: z
    .strictObject({
      /** RFC 7208 section 4.6.4. */
      maxLookups: z.int().min(1).default(10),
      maxVoidLookups: z.int().min(0).default(2),
      /** What may become of a client that no term names. */
      remainders: z.array(remainder).default(['fail', 'softfail']),
    })
    .prefault({}),
  dkim: z
    .strictObject({
      /** RFC 8301 section 3.2: shorter keys must not be used, and this is what they should have. */
      minRsaBits: z.int().default(1024),
      goodRsaBits: z.int().default(2048),
      /** Wants an Ed25519 key as well (RFC 8463). */
      wantEd25519: z.boolean().default(false),
    })
    .prefault({}),
  dmarc: z
    .strictObject({
      /** Weakest policy that passes, for the domain and for its subdomains, after `t=y` is taken off. */
      policy: policy.default('quarantine'),
      subdomains: policy.default('quarantine'),
      /** Wants an address for aggregate reports. */
      wantReports: z.boolean().default(true),
      wantStrictAlignment: z.boolean().default(false),
    })
    .prefault({}),
  mtaSts: z
    .strictObject({
      modes: z.array(z.enum(['enforce', 'testing', 'none'])).default(['enforce']),
      /** Seconds; RFC 8461 section 3.2 wants weeks or more. */
      minMaxAge: z.int().min(0).default(604_800),
    })
    .prefault({}),
  mx: z
    .strictObject({
      /** Wants every exchanger to have an IPv6 address. */
      wantIpv6: z.boolean().default(true),
    })
    .prefault({}),
  reverse: z
    .strictObject({
      /** What it means when an address has no name that leads back to it; no standard demands one. */
      missing: z.enum(['fail', 'warn']).default('warn'),
    })
    .prefault({}),
});
export type MailProfile = z.infer<typeof mailProfileSchema>;

const profilesSchema = z.record(
  z.string(),
  z.strictObject({ source: z.string(), confidence: z.enum(['found', 'recalled', 'own']), profile: mailProfileSchema }),
);

/** The profiles that come along, each with where it is from. */
export const mailProfiles = profilesSchema.parse(data);

/** A profile from data. Throws a ZodError that names the place of what is wrong. */
export function readMailProfile(value: unknown): MailProfile {
  return mailProfileSchema.parse(value);
}
