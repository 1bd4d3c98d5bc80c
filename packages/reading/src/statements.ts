import type { Analysis, Clause } from './analysis.ts';
import type { Topic } from './types.ts';

/**
 * How a clause speaks of security. `strong`: a word that names a measure or the security of information by itself. `word`: "security",
 * "secure" and their like, in a setting of ICT. `near`: only words of a bordering field: privacy, people, buildings, continuity.
 */
export type Strength = 'none' | 'near' | 'word' | 'strong';

/** Topics that border on security: their words prove it only in company. */
const NEAR: ReadonlySet<Topic> = new Set<Topic>([
  'data-protection',
  'personnel',
  'physical',
  'continuity',
  'end-of-life-support',
]);

/** Whether a topic borders on security only. */
export function isNear(topic: Topic): boolean {
  return NEAR.has(topic);
}

/** Topics whose words are those of any trade: outside ICT, "security measures" are of a building site and "logs" of a driver. */
const SHARED: ReadonlySet<Topic> = new Set<Topic>([
  'audit-compliance',
  'secure-development',
  'logging-monitoring',
  'certification',
]);

/** Share of ICT among the words for subjects from which a lone "security" is taken to be that of information. */
const ICT_SHARE = 0.7;

/** Strength of each clause, by its index. */
export function strengths(analysis: Analysis): Strength[] {
  const inIct = ictShare(analysis) >= ICT_SHARE;
  const name = subjectName(analysis);
  return analysis.clauses.map((clause) => strengthOf(analysis, clause, inIct, name));
}

function strengthOf(analysis: Analysis, clause: Clause, inIct: boolean, name: ReadonlySet<string>): Strength {
  const ict = inIct || clause.hits.some(({ sign }) => sign.cue === 'ict' && sign.weight >= 2);
  let best: Strength = 'none';
  let company = 0;
  for (const { sign, start, end, explicit } of clause.hits) {
    if (sign.cue !== 'security') continue;
    const topic = sign.topic as Topic;
    if (sign.weight < 3) {
      company++;
      if (topic === 'other' && sign.weight === 2 && ict) best = 'word';
    } else if (NEAR.has(topic)) best = best === 'none' ? 'near' : best;
    else if (!ict && !explicit && SHARED.has(topic)) company++;
    else if (name.size === 0 || !name.has(analysis.document.text.slice(start, end))) return 'strong';
  }
  return best === 'none' && ict && company > 0 && clause.section.security ? 'word' : best;
}

/**
 * Words for security that are part of what the document is called, as they are written there ("Identity Management" in a plan for
 * a project of that name): naming the project again says nothing of security. Only where no other strong word stands in the title.
 */
function subjectName(analysis: Analysis): Set<string> {
  const name = new Set<string>();
  const { document } = analysis;
  for (const clause of analysis.clauses) {
    if (clause.start > TITLE_PAGE) break;
    const kind = document.blocks[clause.block]?.kind;
    const short =
      clause.end - clause.start <= TITLE_LENGTH && !/[.!?;:。]$/.test(document.text.slice(clause.start, clause.end));
    if (kind !== 'title' && kind !== 'heading' && !short) continue;
    for (const { sign, start, end } of clause.hits) {
      const written = document.text.slice(start, end);
      if (
        sign.cue === 'security' &&
        sign.weight === 3 &&
        /^\p{Lu}/u.test(written) &&
        /^[^ -]+[ -]\p{Lu}|^\p{Lu}+\d*$|^\p{Lu}\p{Ll}+\p{Lu}/u.test(written)
      )
        name.add(written);
    }
  }
  return name.size <= 1 ? name : new Set();
}

const TITLE_PAGE = 400;
const TITLE_LENGTH = 120;

/** ICT among the words for subjects, by weight: 1 is all ICT. */
export function ictShare(analysis: Analysis): number {
  let ict = 0;
  let other = 0;
  for (const clause of analysis.clauses) {
    for (const { sign } of clause.hits) {
      if (sign.cue === 'ict') ict += sign.weight;
      else if (sign.cue === 'othersubject') other += sign.weight;
    }
  }
  return (ict + 1) / (ict + 2 * other + 2);
}
