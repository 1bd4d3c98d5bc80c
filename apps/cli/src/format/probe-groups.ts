import {
  type CheckResult,
  type ProbeLanguage,
  type ProbeOutcome,
  sentenceOf,
  VERDICTS,
  type Verdict,
} from '@proviso/probes';

/** One check with one verdict, and all that it was said of in the same words. */
export interface Group {
  check: string;
  verdict: Verdict;
  subjects: string[];
  sentences: string[];
}

/** Results as people want to read them: what is said of several things in the same words is said once, worst first. */
export function groupsOf({ results }: ProbeOutcome, language: ProbeLanguage): Group[] {
  const groups = new Map<string, Group>();
  for (const { check, verdict, subject, observations } of results) {
    const sentences = sentencesOf({ check, verdict, observations }, language);
    const key = JSON.stringify([check, verdict, sentences]);
    const known = groups.get(key);
    if (known) known.subjects.push(subject);
    else groups.set(key, { check, verdict, subjects: [subject], sentences });
  }
  return [...groups.values()].sort((a, b) => VERDICTS.indexOf(a.verdict) - VERDICTS.indexOf(b.verdict));
}

/** The sentences that a verdict rests on, each once. */
function sentencesOf(
  { check, verdict, observations }: Omit<CheckResult, 'subject'>,
  language: ProbeLanguage,
): string[] {
  const telling = observations.filter((one) => one.verdict === verdict);
  return [...new Set(telling.map((one) => sentenceOf(check, one, language)))];
}

/** How many results have each verdict. */
export function countsOf({ results }: ProbeOutcome): Record<Verdict, number> {
  const counts = { pass: 0, fail: 0, warn: 0, 'not-applicable': 0, inconclusive: 0 };
  for (const { verdict } of results) counts[verdict] += 1;
  return counts;
}
