import { z } from 'zod';
import { weight } from '../weight.ts';
import data from './profiles.json' with { type: 'json' };

/** What a buyer, or a guideline, wants of a time server. */
export const timeProfile = z.strictObject({
  /** Fewer cookies than this from key establishment (RFC 8915 section 4.1.6 advises eight), and what that matters. */
  cookies: z.strictObject({ least: z.int().min(1).max(100).default(8), fewer: weight.default('warn') }).prefault({}),
  /** The same cookie twice, by which an onlooker can follow a client (RFC 8915 section 9.1). */
  cookieTwice: weight.default('warn'),
  /** How far its time may be from that of the prober, in seconds. The prober's own clock may be the wrong one. */
  apart: z.strictObject({ most: z.number().min(0.001).default(1), more: weight.default('warn') }).prefault({}),
});
export type TimeProfile = z.infer<typeof timeProfile>;

const profiles = z.record(z.string(), z.strictObject({ source: z.string(), profile: timeProfile }));

/** The profiles that come along, each with where it is from. */
export const timeProfiles = profiles.parse(data);
