import type { DemandFile, Departure, Level, Rating, Requirement } from '@proviso/catalogue';

const RATINGS: readonly Rating[] = ['low', 'medium', 'high', 'critical'];
const LEVELS: readonly Level[] = ['basic', 'standard', 'advanced'];
/** As the catalogue answers a rating: `LEVEL_OF` of its room. */
const ANSWERED_AT: Readonly<Record<Rating, Level>> = {
  low: 'basic',
  medium: 'standard',
  high: 'standard',
  critical: 'advanced',
};

/** 1 to 25 → rating, in the catalogue's bands. */
export function ratingOf(score: number): Rating {
  if (score >= 16) return 'critical';
  if (score >= 10) return 'high';
  return score >= 5 ? 'medium' : 'low';
}

export type RatingChange = Pick<Departure, 'requirement' | 'kind' | 'level'>;

/**
 * What another rating of one risk would change in a demand: requirements to add, to leave out, or to ask at another level. A rating is no field
 * of a demand, since it follows from the answers; a deliberate other one is therefore kept as departures, each with its reason.
 */
export function changesForRating({ demand, catalogue }: DemandFile, riskId: string, rating: Rating): RatingChange[] {
  const rated = demand.risks.find(({ id }) => id === riskId);
  const risk = catalogue.risks.find(({ id }) => id === riskId);
  if (!rated || !risk || rated.rating === rating) return [];
  const isActive = (from: Rating, at: Rating): boolean => RATINGS.indexOf(at) >= RATINGS.indexOf(from);
  const gone = new Set(risk.needs.filter(({ from }) => !isActive(from, rating)).map(({ id }) => id));
  const demanded = new Set(demand.requirements.map(({ id }) => id));
  const changes: RatingChange[] = [];
  for (const one of demand.requirements) {
    const touched = one.reasons.some((reason) => reason.kind === 'risk' && reason.risk === riskId);
    if (!touched) continue;
    const left = one.reasons.filter(
      (reason) => !(reason.kind === 'risk' && reason.risk === riskId && gone.has(reason.need)),
    );
    if (left.length === 0) {
      changes.push({ requirement: one.id, kind: 'leave-out' });
      continue;
    }
    const levels = left.flatMap((reason): Level[] => {
      if (reason.kind === 'law') return [reason.level];
      if (reason.kind !== 'risk') return ['basic'];
      return [ANSWERED_AT[reason.risk === riskId ? rating : reason.rating]];
    });
    const level = LEVELS[Math.max(...levels.map((each) => LEVELS.indexOf(each)))] as Level;
    if (level !== one.level) changes.push({ requirement: one.id, kind: 'set-level', level });
  }
  for (const { from, answers } of risk.needs) {
    if (!isActive(from, rating) || isActive(from, rated.rating) || answers.some((id) => demanded.has(id))) continue;
    const lightest = catalogue.requirements
      .filter(({ id }) => answers.includes(id) && isPossible(demand, id))
      .sort((a: Requirement, b: Requirement) => a.burden - b.burden)[0];
    if (lightest && !changes.some(({ requirement }) => requirement === lightest.id))
      changes.push({ requirement: lightest.id, kind: 'add', level: ANSWERED_AT[rating] });
  }
  return changes;
}

/** Some requirements cannot apply to a purchase at all: signed firmware of a consultant. */
function isPossible({ excluded }: DemandFile['demand'], id: string): boolean {
  return !excluded.some((one) => one.id === id && one.exclusion.kind === 'not-applicable');
}
