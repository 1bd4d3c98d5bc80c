import { type Check, type Observation, resultOf, type Verdict } from '../check.ts';
import { type Dialogue, type DriveOptions, drive, type Lookup, type Resolver, replay } from './lookup.ts';

/** One observation; values that are not known are left out. */
export function saw(
  verdict: Verdict,
  code: string,
  values: Readonly<Record<string, string | number | undefined | null>> = {},
): Observation {
  const known = Object.entries(values).filter((entry): entry is [string, string | number] => entry[1] != null);
  return known.length === 0 ? { code, verdict } : { code, verdict, values: Object.fromEntries(known) };
}

/** What a check that rests on the DNS keeps: what was declared to it, and each answer. */
export interface LookupEvidence<Declared> {
  declared: Declared;
  lookups: Lookup[];
}

export interface LookupCheck<Profile, Declared> extends Check<LookupEvidence<Declared>, Profile> {
  /** Asks the DNS about a domain. Never rejects on what the DNS says or does not say. */
  gather(
    subject: string,
    declared: Declared,
    profile: Profile,
    resolver: Resolver,
    options?: DriveOptions,
  ): Promise<LookupEvidence<Declared>>;
}

/** A check that is one dialogue with the DNS: gathering runs it live, judging runs the same over what was answered. */
export function lookupCheck<Profile, Declared>(
  id: string,
  standards: readonly string[],
  look: (subject: string, declared: Declared, profile: Profile) => Dialogue<Observation[]>,
): LookupCheck<Profile, Declared> {
  return {
    id,
    standards,
    async gather(subject, declared, profile, resolver, options) {
      const { lookups } = await drive(look(subject, declared, profile), resolver, options);
      return { declared, lookups };
    },
    judge({ declared, lookups }, profile, subject) {
      return resultOf(id, subject, replay(look(subject, declared, profile), lookups));
    },
  };
}
