import type { Clause } from '../analysis.ts';
import { isDemand } from '../features.ts';
import type { PhraseHit } from './phrases.ts';
import type { GroundInput, TenderGround } from './tender-facts.ts';
import { says, type TenderHits } from './tender-signs.ts';

/** The requirement that gives the buyer a right to audit. */
const AUDIT = 'GOV-07';
/** The requirement of a period of support. */
const SUPPORT = 'VUL-02';
/** Shortest time of support, in hours; less is how soon somebody answers. */
const A_YEAR = 8760;

/** Whether a demand on security asks for evidence to be shown. */
export function asksProof(
  { analysis, judgements, strength, signs: { hits } }: GroundInput,
  coverage: TenderGround['coverage'],
): boolean {
  const audits = new Set(coverage.filter(({ requirement }) => requirement === AUDIT).map(({ clause }) => clause));
  const secured = new Set(
    analysis.clauses.filter(({ index }) => strength[index] === 'strong').map(({ section }) => section.block),
  );
  return analysis.clauses.some((clause) => {
    const { index, section } = clause;
    const judgement = judgements[index];
    if (!judgement || !isDemand(judgement)) return false;
    const shown = says(hits[index], 'shown');
    // "Compliance is proven by a report." is said of what stands around it.
    const onSecurity = (strength[index] ?? 'none') !== 'none' || (shown && secured.has(section.block));
    return onSecurity && (shown ? namesProof(clause, hits[index]) : !audits.has(index) && isProof(clause, hits[index]));
  });
}

function namesProof({ hits }: Clause, own: TenderHits[number] | undefined): boolean {
  return hits.some(({ sign }) => sign.cue === 'proof') || says(own, 'held');
}

/** More than what a supplier may have unseen: to be certified shows nothing to this buyer. */
function isProof({ hits }: Clause, own: TenderHits[number] = []): boolean {
  const held = own.filter(({ sign }) => sign.cue === 'held');
  return hits.some(
    (hit) => hit.sign.cue === 'proof' && !held.some(({ start, end }) => start <= hit.start && hit.end <= end),
  );
}

/** Beside what the phrases know, a sentence that says how long what is delivered is supported. */
export function withSupport(found: PhraseHit[], input: GroundInput, clause: Clause): PhraseHit[] {
  if (found.some(({ requirement }) => requirement === SUPPORT) || !isSupport(input, clause)) return found;
  return [...found, { requirement: SUPPORT, start: clause.start, end: clause.end, parts: 2, phrase: -1 }];
}

/** "Supports the software for at least ten years", "supported until the end of the contract". */
function isSupport({ document, signs, words }: GroundInput, { index, start, end }: Clause): boolean {
  const own = signs.hits[index];
  if (!says(own, 'supported') || !says(own, 'delivered')) return false;
  if (says(own, 'lasting')) return true;
  return words.durations.find(document.text, start, end).some(({ hours, every }) => !every && hours >= A_YEAR);
}

/** Whether security stands in a section on how the buyer inspects what is delivered. */
export function isInspected({ analysis, strength, signs: { hits } }: GroundInput): boolean {
  const planned = new Set(
    analysis.clauses.filter(({ index }) => says(hits[index], 'inspection')).map(({ section }) => section.block),
  );
  if (planned.size === 0) return false;
  return analysis.clauses.some(({ index, section }) => strength[index] === 'strong' && planned.has(section.block));
}
