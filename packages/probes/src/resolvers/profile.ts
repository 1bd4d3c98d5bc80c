import { z } from 'zod';
import { weight } from '../weight.ts';
import data from './profiles.json' with { type: 'json' };

const name = z.string().regex(/^[a-z0-9_-]+(?:\.[a-z0-9_-]+)*$/, 'a name in small letters');

/** What a buyer, or a guideline, wants of a resolver. */
export const resolverProfile = z.strictObject({
  /** Names by which it is seen whether it validates: one that is signed well, and one whose signatures are wrong on purpose. */
  names: z.strictObject({ signed: name.default('ietf.org'), bogus: name.default('dnssec-failed.org') }).prefault({}),
  /** It says AD of what it validated (RFC 4035 section 3.2.3). */
  authenticData: weight.default('warn'),
  /** Answers are padded, so that their length tells little (RFC 7830, RFC 8467). */
  padding: weight.default('warn'),
  /** DNS over HTTPS: what is asked of HTTP (RFC 8484 sections 5.1 and 5.2). */
  http: z
    .strictObject({
      version1: weight.default('warn'),
      /** An answer may be kept for longer than its records are good, or it does not say how long. */
      keptTooLong: weight.default('fail'),
      keptUnsaid: weight.default('warn'),
    })
    .prefault({}),
});
export type ResolverProfile = z.infer<typeof resolverProfile>;

const profiles = z.record(z.string(), z.strictObject({ source: z.string(), profile: resolverProfile }));

/** The profiles that come along, each with where it is from. */
export const resolverProfiles = profiles.parse(data);
