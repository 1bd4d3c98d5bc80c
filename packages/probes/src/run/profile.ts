import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { readContent } from '@proviso/content';
import { z } from 'zod';
import dnsInternetNl from '../dns/data/profile-internet-nl.json' with { type: 'json' };
import dnsStrict from '../dns/data/profile-strict.json' with { type: 'json' };
import { dnsProfile } from '../dns/index.ts';
import { mailProfileSchema, mailProfiles } from '../mail/index.ts';
import { resolverProfile, resolverProfiles } from '../resolvers/index.ts';
import { loadRoutingProfile, routingProfile } from '../routing/index.ts';
import { timeProfile, timeProfiles } from '../time/index.ts';
import { loadTlsProfile, tlsProfile } from '../tls/index.ts';
import { webProfileSchema, webProfiles } from '../web/index.ts';

/** What a run is judged by: one profile of each family. `smtp` is that of TLS for exchangers, where less is asked of certificates. */
export const probeProfile = z.strictObject({
  id: z.string().regex(/^[a-z0-9.-]{1,60}$/, 'an id has small letters, digits, dots and dashes'),
  title: z.string().max(200),
  source: z.string().max(1000),
  dns: dnsProfile,
  mail: mailProfileSchema,
  web: webProfileSchema,
  tls: tlsProfile,
  smtp: tlsProfile,
  routing: routingProfile,
  time: timeProfile.prefault({}),
  resolver: resolverProfile.prefault({}),
});
export type ProbeProfile = z.infer<typeof probeProfile>;

/** What is wrong with a profile, in a line for people. */
export class ProfileError extends Error {
  override name = 'ProfileError';
  readonly details: readonly string[];
  constructor(message: string, details: readonly string[] = []) {
    super(message);
    this.details = details;
  }
}

const PARTS = ['dns', 'mail', 'web', 'tls', 'smtp', 'routing', 'time', 'resolver'] as const;
type Part = (typeof PARTS)[number];

/** Of what a profile need say nothing: it is then as the standards have it. */
const UNSAID: Partial<Record<Part, string>> = { time: 'standards', resolver: 'standards' };

const part = z.union([
  z.string(),
  z.strictObject({
    /** A profile of the family by its name; that of the profile that is extended unless said. */
    from: z.string().optional(),
    /** What differs: objects part by part, lists and values as a whole. */
    change: z.record(z.string(), z.unknown()).default({}),
  }),
]);
const profileFile = z.strictObject({
  id: probeProfile.shape.id,
  title: probeProfile.shape.title,
  source: probeProfile.shape.source,
  /** One of the tree, that this one changes. */
  extends: z.string().optional(),
  ...(Object.fromEntries(PARTS.map((name) => [name, part.optional()])) as Record<Part, z.ZodOptional<typeof part>>),
});

const FOLDER = new URL('profiles/', import.meta.url);

/** Ids of the profiles in the tree. */
export function probeProfileIds(): string[] {
  return readdirSync(FOLDER)
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => name.slice(0, -'.yaml'.length))
    .sort();
}

/** A profile of the tree. @throws ProfileError where there is none of that id, with those that there are. */
export function loadProbeProfile(id: string): ProbeProfile {
  if (!probeProfileIds().includes(id))
    throw new ProfileError(`There is no profile "${id}". There are: ${probeProfileIds().join(', ')}.`);
  return readProbeProfile(readContent(new URL(`${id}.yaml`, FOLDER)));
}

/**
 * A profile from data: one of the tree, or a buyer's own, which may change another (`extends`) or parts of it.
 * @throws ProfileError that says what is wrong and where
 */
export function readProbeProfile(value: unknown): ProbeProfile {
  const read = profileFile.safeParse(value);
  if (!read.success) throw refused('The profile', read.error);
  const { id, title, source, extends: base, ...parts } = read.data;
  const below = base === undefined ? null : loadProbeProfile(base);
  const made: Record<string, unknown> = { id, title, source };
  for (const name of PARTS) {
    const wanted = parts[name];
    const { from, change } = typeof wanted === 'string' ? { from: wanted, change: {} } : (wanted ?? { change: {} });
    const usual = below?.[name] ?? (name === 'smtp' ? made.tls : undefined);
    const named = from ?? (usual === undefined ? UNSAID[name] : undefined);
    const start = named === undefined ? usual : partOf(name, named);
    if (start === undefined)
      throw new ProfileError(`The profile "${id}" says nothing of ${name}. Name a profile for it, or one to extend.`);
    made[name] = merged(start, change);
  }
  const whole = probeProfile.safeParse(made);
  if (!whole.success) throw refused(`The profile "${id}"`, whole.error);
  return whole.data;
}

/** What a profile demands, as a hash: two profiles with the same one judge alike. */
export function profileHash(profile: ProbeProfile): string {
  return createHash('sha256')
    .update(JSON.stringify(sorted(profile)))
    .digest('hex');
}

/**
 * What a profile asks, as a hash, whatever it trusts and by which names it tries resolvers: keys of the root and names change without anybody
 * asking for something else.
 */
export function askedHash({
  dns: { anchors: _anchors, ...dns },
  resolver: { names: _names, ...resolver },
  ...rest
}: ProbeProfile): string {
  return createHash('sha256')
    .update(JSON.stringify(sorted({ ...rest, dns, resolver })))
    .digest('hex');
}

/** What one profile asks, with the trust and the names of another: for evidence that was seen while those keys were good, of those names. */
export function trustingAs(
  profile: ProbeProfile,
  { dns: { anchors }, resolver: { names } }: ProbeProfile,
): ProbeProfile {
  const { anchors: _, ...dns } = profile.dns;
  const resolver = { ...profile.resolver, names };
  return { ...profile, dns: anchors === undefined ? dns : { ...dns, anchors }, resolver };
}

function partOf(name: Part, id: string): unknown {
  const dns: Record<string, unknown> = { standards: {}, 'internet-nl': dnsInternetNl, strict: dnsStrict };
  try {
    switch (name) {
      case 'dns':
        return oneOf(dns, id);
      case 'mail':
        return oneOf(mailProfiles, id).profile;
      case 'web':
        return oneOf(webProfiles, id).profile;
      case 'routing':
        return loadRoutingProfile(id);
      case 'time':
        return oneOf(timeProfiles, id).profile;
      case 'resolver':
        return oneOf(resolverProfiles, id).profile;
      default:
        return loadTlsProfile(id);
    }
  } catch (error) {
    throw new ProfileError(`${name}: ${error instanceof Error ? error.message : error}`);
  }
}

function oneOf<T>(all: Readonly<Record<string, T>>, id: string): T {
  if (!Object.hasOwn(all, id))
    throw new Error(`there is no profile "${id}". There are: ${Object.keys(all).join(', ')}.`);
  return all[id] as T;
}

type Tree = { [name: string]: unknown };
const isTree = (value: unknown): value is Tree => typeof value === 'object' && value !== null && !Array.isArray(value);

function merged(start: unknown, change: unknown): unknown {
  if (!isTree(start) || !isTree(change)) return change;
  const made: Tree = { ...start };
  for (const [name, value] of Object.entries(change)) made[name] = name in start ? merged(start[name], value) : value;
  return made;
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isTree(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([name, inner]) => [name, sorted(inner)]),
  );
}

function refused(what: string, error: z.ZodError): ProfileError {
  const details = error.issues.slice(0, 10).map(({ path, message }) => `${path.join('.') || 'the file'}: ${message}`);
  return new ProfileError(`${what} cannot be used:`, details);
}
