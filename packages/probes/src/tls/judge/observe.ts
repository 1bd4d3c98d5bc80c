import { type Check, type Observation, resultOf, type Verdict } from '../../check.ts';
import type { TlsEvidence } from '../evidence.ts';
import type { Grade, TlsProfile, Weight } from '../profile.ts';
import { type TlsView, viewOf } from './view.ts';

export type TlsCheck = Check<TlsEvidence, TlsProfile>;
export type Values = NonNullable<Observation['values']>;

export function observation(code: string, verdict: Verdict, values?: Values): Observation {
  return values ? { code, verdict, values } : { code, verdict };
}

/** What a breach of a rule comes to, by the rule's weight. */
export function breach(weight: Weight): Verdict {
  return weight === 'required' ? 'fail' : weight === 'recommended' ? 'warn' : 'pass';
}

export function verdictOf(grade: Grade): Verdict {
  return grade === 'insufficient' ? 'fail' : grade === 'phase-out' ? 'warn' : 'pass';
}

const NAMES_TOLD = 20;

/** Names as one value: the first twenty, and how many there are. */
export function told(names: readonly string[]): Values {
  return { names: names.slice(0, NAMES_TOLD).join(', '), count: names.length };
}

/** One observation a grade, for what an endpoint accepts. */
export function graded(what: string, names: readonly string[], gradeOf: (name: string) => Grade): Observation[] {
  return (['insufficient', 'phase-out', 'sufficient', 'good'] as const).flatMap((grade) => {
    const found = names.filter((name) => gradeOf(name) === grade);
    return found.length === 0 ? [] : [observation(`${what}-${grade}`, verdictOf(grade), told(found))];
  });
}

/** A limit on what is not known: as some of it might be bad, nothing is passed. */
export function unknown(what: string, names: readonly string[]): Observation[] {
  return names.length === 0 ? [] : [observation(`${what}-unknown`, 'inconclusive', told(names))];
}

/**
 * Makes a check of a function from what evidence shows to observations. Where nothing of TLS was agreed to there is nothing to judge: that is
 * `tls.available`'s to tell, and all others are inconclusive.
 */
export function check(
  id: string,
  standards: readonly string[],
  observe: (view: TlsView, profile: TlsProfile, evidence: TlsEvidence) => Observation[],
): TlsCheck {
  return {
    id,
    standards,
    judge: (evidence, profile, subject) => {
      const view = viewOf(evidence);
      const observations = view.spoken
        ? observe(view, profile, evidence)
        : [observation('tls-not-spoken', 'inconclusive', { reason: evidence.stopped ?? '' })];
      // Said, since a check that observes nothing is inconclusive: here it was looked, and nothing is asked of such an endpoint.
      const said = observations.length > 0 ? observations : [observation('nothing-to-judge', 'not-applicable')];
      return resultOf(id, subject, said);
    },
  };
}
