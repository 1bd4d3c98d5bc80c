/** What a check says. A limit that was reached, a time-out or a refusal is `inconclusive`, never `fail`: unknown is not no. */
export type Verdict = 'pass' | 'fail' | 'warn' | 'not-applicable' | 'inconclusive';

/** One thing that a check found, by a stable code; the words are messages in four languages. */
export interface Observation {
  code: string;
  values?: Readonly<Record<string, string | number>>;
  /** Worst verdict that this alone calls for. */
  verdict: Verdict;
}

export interface CheckResult {
  check: string;
  /** What was looked at: a domain, a host and port, an address. */
  subject: string;
  verdict: Verdict;
  observations: Observation[];
}

/**
 * A check in two halves, so that its proof can be judged again years later without the network: `gather` asks the world and keeps what it
 * said, `judge` is pure. Evidence is plain JSON (bytes in base64); a profile is data.
 */
export interface Check<Evidence, Profile> {
  id: string;
  /** Registry ids of the standards it tests. */
  standards: readonly string[];
  judge(evidence: Evidence, profile: Profile, subject: string): CheckResult;
}

/** A check that says what it sees in the evidence by a profile; its verdict is the one that this calls for. */
export function checkBy<Evidence, Profile>(
  id: string,
  standards: readonly string[],
  see: (evidence: Evidence, profile: Profile) => Observation[],
): Check<Evidence, Profile> {
  return { id, standards, judge: (evidence, profile, subject) => resultOf(id, subject, see(evidence, profile)) };
}

/** From what settles most to what settles least: a proved fault outweighs what could not be seen, and that a mere warning. */
export const VERDICTS: readonly Verdict[] = ['fail', 'inconclusive', 'warn', 'pass', 'not-applicable'];

/** The verdict that several call for together: the first of them in the order; of none it is inconclusive, never a pass. */
export function worstOf(verdicts: readonly Verdict[]): Verdict {
  return VERDICTS.find((one) => verdicts.includes(one)) ?? 'inconclusive';
}

/** A result with the verdict that its observations call for. */
export function resultOf(check: string, subject: string, observations: Observation[]): CheckResult {
  return { check, subject, verdict: worstOf(observations.map(({ verdict }) => verdict)), observations };
}
