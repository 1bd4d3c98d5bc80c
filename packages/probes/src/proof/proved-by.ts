import { type CheckResult, type Verdict, worstOf } from '../check.ts';
import type { ProbeOutcome } from '../run/outcome.ts';
import { type Decider, decidersOf, type Entry } from './deciders.ts';

/** What probes say of something that was promised. `partly`: it is there, with faults that do not refute it, or that were accepted. */
export const PROVED = ['proved', 'refuted', 'partly', 'unknown', 'not-probed'] as const;
export type Proved = (typeof PROVED)[number];

/** A result that has a say, with what it counts for here. */
export interface Deciding extends CheckResult {
  /** The name that was probed. */
  name: string;
  /** Somebody answers for this failure for a while: it does not refute. */
  accepted: boolean;
}

/** What probes say of one live check of the catalogue, with what decided it. */
export interface CheckProof {
  check: string;
  proved: Proved;
  results: Deciding[];
}

type Seen = Pick<ProbeOutcome, 'subject' | 'results'>;
/** Is a failing check of a name accepted for now? */
export type Accepted = (name: string, check: string) => boolean;

/**
 * What the outcomes of a supplier's names say of live checks of the catalogue: those that one requirement names, since what is meant by one
 * depends on the others. The worst result decides: a fail of any name refutes, unless it is accepted; what could not be seen is unknown, never
 * refuted; nothing to judge proves nothing. Pure.
 */
export function provedBy(
  outcomes: readonly Seen[],
  checks: readonly string[],
  accepted: Accepted = () => false,
): CheckProof[] {
  return checks.map((check) => {
    const entry = decidersOf().get(check);
    const results =
      entry && 'deciders' in entry ? outcomes.flatMap((one) => deciding(one, entry, checks, accepted)) : [];
    return { check, proved: provedOf(results), results };
  });
}

/** From several checks or suppliers' names to one word: what settles most comes first. */
export function provedTogether(all: readonly Proved[]): Proved {
  const probed = all.filter((one) => one !== 'not-probed');
  if (probed.length === 0) return 'not-probed';
  for (const one of ['refuted', 'unknown', 'partly'] as const) if (probed.includes(one)) return one;
  return probed.length < all.length ? 'partly' : 'proved';
}

function provedOf(results: readonly Deciding[]): Proved {
  if (results.length === 0) return 'not-probed';
  if (results.some(({ verdict, accepted }) => verdict === 'fail' && !accepted)) return 'refuted';
  const verdicts = results.map(({ verdict }) => verdict);
  if (verdicts.includes('inconclusive')) return 'unknown';
  if (verdicts.includes('fail') || verdicts.includes('warn')) return 'partly';
  return verdicts.includes('pass') ? 'proved' : 'unknown';
}

function deciding(
  { subject: name, results }: Seen,
  entry: Extract<Entry, { deciders: unknown }>,
  siblings: readonly string[],
  accepted: Accepted,
): Deciding[] {
  const { beside } = entry;
  const aside = beside !== undefined && siblings.some((one) => one.startsWith(beside.prefix));
  const narrowed = aside && !siblings.some((one) => one.startsWith('web.'));
  return entry.deciders.flatMap((decider) => {
    const port = narrowed ? beside.port : decider.port;
    return results
      .filter((one) => one.check === decider.check)
      .filter(({ subject }) => port === undefined || portIn(subject) === port)
      .filter(({ subject }) => decider.services?.some((service) => subject.endsWith(`, ${service})`)) ?? true)
      .filter(({ subject }) => decider.own === undefined || subject === name)
      .map((one) => {
        const counted = recounted(one, decider);
        return { ...counted, name, accepted: counted.verdict === 'fail' && accepted(name, one.check) };
      });
  });
}

/** A result by what its observations count for here. */
function recounted(result: CheckResult, { as }: Decider): CheckResult {
  const observations = result.observations.map((one): CheckResult['observations'][number] => {
    const verdict: Verdict | undefined = Object.hasOwn(as, one.code) ? as[one.code] : undefined;
    return verdict === undefined ? one : { ...one, verdict };
  });
  return { ...result, observations, verdict: worstOf(observations.map(({ verdict }) => verdict)) };
}

/** The port of `mx.example:25`, `example.org:443 (192.0.2.1, tls)`; of a name alone there is none. */
function portIn(subject: string): number | undefined {
  const port = /^[^ ]*:(\d{1,5})(?: \(|$)/.exec(subject)?.[1];
  return port === undefined ? undefined : Number(port);
}
