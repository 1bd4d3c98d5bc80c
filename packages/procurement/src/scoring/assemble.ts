import { countingOffers, evaluatorsOf, linesOfLot, notApplicableIn } from '../guards.ts';
import type { DemandLine } from '../purchase/demand.ts';
import type { ConsensusRow, ScoreRow } from '../purchase/evaluation.ts';
import type { Offer } from '../purchase/offers.ts';
import type { Purchase } from '../purchase/purchase.ts';
import { SCORE_OF } from './scale.ts';
import type { ScoringInput } from './v1/input.ts';

/** One requirement of one offer, and how far its score is settled. */
export interface Cell {
  offer: string;
  requirement: string;
  /** Scores of the evaluators that count, by person. */
  scores: { evaluator: string; value: number; reason: string | null }[];
  /** What two evaluators agreed on, as the second of them wrote it. */
  consensus: ConsensusRow | null;
  /** What one would agree on since then, and no second has written yet. */
  proposal: ConsensusRow | null;
  /** Not answered, or called not applicable where that was not allowed: 0, with nothing to score. */
  unfavourable: boolean;
  /** What counts; null while evaluators are missing or differ. */
  value: number | null;
}

/** Why an offer takes no part in the ranking, whatever its scores; null where it does. */
export function exclusionOf({ evaluation }: Purchase, { id, opened }: Offer): string | null {
  return evaluation.exclusions.find((one) => one.offer === id)?.ground ?? (opened?.contents ? null : 'unreadable');
}

/** Does an offer give nothing to score for a requirement? Unanswered counts as unfavourable. */
export function isUnfavourable({ plan }: Purchase, { opened }: Offer, requirement: string): boolean {
  const { unanswered = [], notApplicable = [] } = opened?.contents ?? {};
  if (unanswered.includes(requirement)) return true;
  return notApplicable.includes(requirement) && !plan?.notApplicable.includes(requirement);
}

/** Requirements of a lot that still count: those found not to apply are out, for every offer alike. */
export function scoredLines(purchase: Purchase, lot: string): DemandLine[] {
  const out = new Set(notApplicableIn(purchase, lot).map((one) => one.requirement));
  return linesOfLot(purchase, lot).filter(({ id }) => !out.has(id));
}

/** Offers of a lot that people score: opened, readable and not refused before. */
export function scoredOffers(purchase: Purchase, lot: string): Offer[] {
  return countingOffers(purchase, lot).filter((one) => exclusionOf(purchase, one) === null);
}

/** Every cell of a lot, offers in the order of the register, requirements in that of the demand. */
export function cellsOf(
  purchase: Purchase,
  lot: string,
  scores: readonly ScoreRow[],
  consensus: readonly ConsensusRow[],
): Cell[] {
  const people = new Set(evaluatorsOf(purchase, lot));
  const [byCell, wanted] = [new Map<string, Map<string, ScoreRow>>(), new Map<string, ConsensusRow[]>()];
  for (const row of scores) {
    if (!people.has(row.evaluator)) continue;
    const cell = byCell.get(keyOf(row)) ?? new Map<string, ScoreRow>();
    cell.set(row.evaluator, row);
    byCell.set(keyOf(row), cell);
  }
  // Who has a conflict by now is none of the people any more.
  for (const row of consensus) if (people.has(row.by)) wanted.set(keyOf(row), [...(wanted.get(keyOf(row)) ?? []), row]);
  const lines = scoredLines(purchase, lot);
  return scoredOffers(purchase, lot).flatMap((offer) =>
    lines.map(({ id: requirement }): Cell => {
      const key = keyOf({ offer: offer.id, requirement });
      const rows = [...(byCell.get(key)?.values() ?? [])];
      const { agreed, proposal } = agreedIn(wanted.get(key) ?? []);
      const unfavourable = isUnfavourable(purchase, offer, requirement);
      const values = new Set(rows.map(({ value }) => value));
      const alike =
        rows.length >= 2 && rows.length === people.size && values.size === 1 ? (rows[0]?.value ?? null) : null;
      return {
        offer: offer.id,
        requirement,
        scores: rows.map(({ evaluator, value, reason }) => ({ evaluator, value, reason })),
        consensus: agreed,
        proposal,
        unfavourable,
        value: unfavourable ? 0 : (agreed?.value ?? alike),
      };
    }),
  );
}

/**
 * What counts of the rows of one cell, in their order: a value from when two evaluators stand behind it, until two stand behind another. Nobody
 * can change alone what independent scores gave.
 */
function agreedIn(rows: readonly ConsensusRow[]): { agreed: ConsensusRow | null; proposal: ConsensusRow | null } {
  const standsFor = new Map<string, number>();
  let agreed: ConsensusRow | null = null;
  let proposal: ConsensusRow | null = null;
  for (const row of rows) {
    const seconded = [...standsFor].some(([person, value]) => person !== row.by && value === row.value);
    standsFor.set(row.by, row.value);
    proposal = seconded ? null : row;
    if (seconded) agreed = row;
  }
  return { agreed, proposal };
}

const keyOf = ({ offer, requirement }: { offer: string; requirement: string }): string => `${offer}\n${requirement}`;

/** What a lot is scored from; amounts of price are filled in at the award, `withAmounts`. */
export function scoringInputOf(purchase: Purchase, lot: string, cells: readonly Cell[]): ScoringInput {
  const lines = linesOfLot(purchase, lot);
  const values = new Map(cells.map((cell) => [keyOf(cell), cell.value]));
  const input: ScoringInput = {
    version: 'scoring/1',
    requirements: lines.map(({ id, weight, level, knockout }) => ({ id, weight, level: SCORE_OF[level], knockout })),
    notApplicable: notApplicableIn(purchase, lot).map((one) => one.requirement),
    criteria: structuredClone(purchase.plan?.criteria ?? []),
    tieBreak: [...(purchase.plan?.tieBreak ?? [])],
    offers: countingOffers(purchase, lot).map((offer) => ({
      id: offer.id,
      excluded: false,
      scores: lines.map(({ id }) => values.get(keyOf({ offer: offer.id, requirement: id })) ?? null),
      amounts: [],
    })),
  };
  return withAmounts(purchase, input);
}

/** The same with what is known now of prices, other amounts and exclusions. */
export function withAmounts(purchase: Purchase, input: ScoringInput): ScoringInput {
  return {
    ...input,
    offers: input.offers.map((one) => {
      const offer = purchase.offers.find(({ id }) => id === one.id);
      return {
        ...one,
        excluded: !offer || exclusionOf(purchase, offer) !== null,
        amounts: input.criteria.map(({ id, kind }) => {
          if (kind === 'price') return offer?.price ?? null;
          const found = purchase.evaluation.amounts.findLast((row) => row.offer === one.id && row.criterion === id);
          return found?.value ?? null;
        }),
      };
    }),
  };
}
