import type { ProbeOutcome } from '../run/outcome.ts';
import { outcomeOf } from '../run/probe.ts';
import { loadProbeProfile, type ProbeProfile, probeProfileIds, profileHash } from '../run/profile.ts';
import type { Bundle } from './bundle.ts';

/** A bundle judged again. */
export interface Replay {
  outcome: ProbeOutcome;
  /** Where the profile is from: handed in, of the tree, or out of the bundle, as the tree has none like it. */
  judgedBy: 'given' | 'tree' | 'bundle';
  /** Verdicts that are not those of then: another profile, or a fault in one of the programs. */
  differences: { check: string; subject: string; before: string | null; after: string | null }[];
}

/**
 * Judges a bundle again, offline: by the profile that is handed in, else by that of then. Trust anchors are those of the profile, so one that
 * only the bundle holds is to be looked at by whoever trusts the result.
 */
export async function replayBundle(bundle: Bundle, given?: ProbeProfile): Promise<Replay> {
  const { evidence, profile: own, verdicts } = bundle;
  const known = probeProfileIds().includes(own.id) ? loadProbeProfile(own.id) : null;
  const same = known !== null && profileHash(known) === profileHash(own);
  const outcome = await outcomeOf(evidence, given ?? own);
  const keyOf = ({ check, subject }: { check: string; subject: string }) => JSON.stringify([check, subject]);
  const then = new Map(verdicts.map((one) => [keyOf(one), one]));
  const now = new Map(outcome.results.map((one) => [keyOf(one), one]));
  const differences = [...new Set([...then.keys(), ...now.keys()])].flatMap((key) => {
    const [before, after] = [then.get(key), now.get(key)];
    if (before?.verdict === after?.verdict) return [];
    const { check, subject } = (after ?? before) as { check: string; subject: string };
    return [{ check, subject, before: before?.verdict ?? null, after: after?.verdict ?? null }];
  });
  return { outcome, judgedBy: given ? 'given' : same ? 'tree' : 'bundle', differences };
}
