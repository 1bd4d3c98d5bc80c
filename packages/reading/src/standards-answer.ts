import type { Kind } from '@proviso/standards';
import { type Analysis, hasCue } from './analysis.ts';
import { clauseOf, isNamedStandard } from './mentions.ts';
import type { Strength } from './statements.ts';
import type { Mention, Reading, StandardsValue } from './types.ts';

/** Kinds that say how an organisation manages security, not what a product implements. */
const MANAGEMENT: ReadonlySet<Kind> = new Set<Kind>(['baseline', 'certification', 'scheme', 'framework', 'guideline']);
/** The registry's topic of numbered standards that are about management. */
const MANAGEMENT_TOPIC = 'security-management';

/** The third answer, from the mentions and from words that point at standards without naming one. */
export function standardsAnswer(
  analysis: Analysis,
  strength: readonly Strength[],
  mentions: Mention[],
): Reading['standards'] {
  const delegatedTo = new Set<string>();
  for (const mention of mentions) {
    if (mention.standard && mention.modality !== 'boilerplate' && delegates(analysis, mention))
      delegatedTo.add(mention.standard);
  }
  return { value: standardsValue(analysis, strength, mentions), delegatedTo: [...delegatedTo], mentions };
}

/** Naming a maintained list delegates; so does asking for a baseline in whatever version is current. */
function delegates(analysis: Analysis, mention: Mention): boolean {
  if (mention.kind === 'list') return true;
  return mention.kind === 'baseline' && !mention.versioned && hasCue(clauseOf(analysis, mention), 'delegation');
}

function standardsValue(
  analysis: Analysis,
  strength: readonly Strength[],
  mentions: readonly Mention[],
): StandardsValue {
  const named = mentions.filter(isNamedStandard);
  const technical = named.filter((mention) => !isManagement(mention));
  if (technical.some((mention) => hasCue(clauseOf(analysis, mention), 'testtool'))) return 'tested';
  if (technical.some((mention) => mention.versioned || /^(?:RFC|BCP|STD) \d/.test(mention.standard ?? '')))
    return 'versioned';
  if (technical.length > 0) return 'named';
  if (named.length > 0) return 'management';
  return pointsAtStandards(analysis, strength) ? 'unnamed' : 'none';
}

/** About how an organisation manages security, and not what a product or service implements. */
function isManagement(mention: Mention): boolean {
  return (mention.kind !== null && MANAGEMENT.has(mention.kind)) || mention.topics.includes(MANAGEMENT_TOPIC);
}

/** "The latest international standards" in a clause about security or ICT. */
function pointsAtStandards(analysis: Analysis, strength: readonly Strength[]): boolean {
  return analysis.clauses.some(
    (clause) => hasCue(clause, 'unnamed') && (strength[clause.index] !== 'none' || hasCue(clause, 'ict')),
  );
}
