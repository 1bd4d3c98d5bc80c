import { z } from 'zod';
import { type Weight, weight } from '../weight.ts';
import data from './profiles.json' with { type: 'json' };

export type { Weight };

const referrer = z.enum([
  'no-referrer',
  'no-referrer-when-downgrade',
  'same-origin',
  'origin',
  'strict-origin',
  'origin-when-cross-origin',
  'strict-origin-when-cross-origin',
  'unsafe-url',
]);

/** What a buyer, or a guideline, wants of a web site. */
export const webProfileSchema = z.strictObject({
  redirect: z
    .strictObject({
      /** The first step from plain HTTP leads to another host. */
      otherHostFirst: weight.default('fail'),
    })
    .prefault({}),
  hsts: z
    .strictObject({
      /** Seconds. */
      minMaxAge: z.int().min(0).default(31_536_000),
      subdomains: weight.default('ignore'),
      preload: weight.default('ignore'),
    })
    .prefault({}),
  csp: z
    .strictObject({
      missing: weight.default('fail'),
      /** Directives that must be there, or be covered by the one they fall back to. */
      directives: z.record(z.string(), weight).default({
        'script-src': 'fail',
        'object-src': 'fail',
        'base-uri': 'warn',
        'form-action': 'warn',
        'frame-ancestors': 'warn',
      }),
      unsafeInline: weight.default('fail'),
      unsafeEval: weight.default('fail'),
      unsafeHashes: weight.default('warn'),
      styleInline: weight.default('warn'),
      wildcards: weight.default('fail'),
      plainHttp: weight.default('fail'),
    })
    .prefault({}),
  framing: z.strictObject({ missing: weight.default('fail') }).prefault({}),
  contentType: z.strictObject({ missing: weight.default('fail') }).prefault({}),
  referrer: z
    .strictObject({
      good: z
        .array(referrer)
        .default(['no-referrer', 'same-origin', 'strict-origin', 'strict-origin-when-cross-origin']),
      missing: weight.default('warn'),
    })
    .prefault({}),
  permissions: z.strictObject({ missing: weight.default('warn') }).prefault({}),
  cookies: z
    .strictObject({
      secure: weight.default('fail'),
      httpOnly: weight.default('warn'),
      sameSite: weight.default('warn'),
    })
    .prefault({}),
  securityTxt: z.strictObject({ missing: weight.default('fail'), unsigned: weight.default('ignore') }).prefault({}),
  compression: z.strictObject({ found: weight.default('warn') }).prefault({}),
  versions: z.strictObject({ http2: weight.default('warn'), http3: weight.default('ignore') }).prefault({}),
  parity: z
    .strictObject({
      /** Share of the words of a page that must be the same over both families. */
      similarity: z.number().min(0).max(1).default(0.9),
    })
    .prefault({}),
});
export type WebProfile = z.infer<typeof webProfileSchema>;

const profilesSchema = z.record(
  z.string(),
  z.strictObject({ source: z.string(), confidence: z.enum(['found', 'recalled', 'own']), profile: webProfileSchema }),
);

/** The profiles that come along, each with where it is from. */
export const webProfiles = profilesSchema.parse(data);

/** A profile from data. Throws a ZodError that names the place of what is wrong. */
export function readWebProfile(value: unknown): WebProfile {
  return webProfileSchema.parse(value);
}
