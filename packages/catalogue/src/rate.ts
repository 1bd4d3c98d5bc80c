import { type Facts, holds, type Orders } from './condition.ts';
import type { Level, Rating } from './scales.ts';
import type { Catalogue, Risk, Text } from './schema.ts';

/** A risk as it stands in one purchase. */
export interface RatedRisk {
  id: string;
  likelihood: number;
  impact: number;
  /** Likelihood times impact, 1 to 25. */
  score: number;
  rating: Rating;
  /** What raised or lowered it, in every language. */
  factors: { side: 'likelihood' | 'impact'; by: number; because: Text }[];
}

/** Score from which a rating holds, lowest first. */
const BANDS: readonly [Rating, number][] = [
  ['low', 0],
  ['medium', 5],
  ['high', 10],
  ['critical', 16],
];

/** 1 to 25 → rating. Bands: up to 4 low, up to 9 medium, up to 15 high, above critical. */
export function ratingOf(score: number): Rating {
  let rating: Rating = 'low';
  for (const [name, from] of BANDS) if (score >= from) rating = name;
  return rating;
}

/** The level at which a risk of this rating is answered. */
export const LEVEL_OF: Readonly<Record<Rating, Level>> = {
  low: 'basic',
  medium: 'standard',
  high: 'standard',
  critical: 'advanced',
};

/** The risks that a purchase touches, rated, highest score first. */
export function rateRisks(catalogue: Catalogue, facts: Facts, orders: Orders): RatedRisk[] {
  return catalogue.risks
    .filter((risk) => !risk.retired && touches(risk, facts) && holds(risk.when, facts, orders))
    .map((risk) => rate(risk, facts, orders))
    .sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1));
}

function touches(risk: Risk, facts: Facts): boolean {
  const meets = (list: readonly string[], fact: unknown): boolean =>
    Array.isArray(fact) && fact.some((one) => list.includes(String(one)));
  return meets(risk.services, facts.services) && meets(risk.assets, facts.assets);
}

function rate(risk: Risk, facts: Facts, orders: Orders): RatedRisk {
  const factors: RatedRisk['factors'] = [];
  const side = (name: 'likelihood' | 'impact', base: number): number => {
    let value = base;
    for (const { when, by, because } of risk[name].factors) {
      if (!holds(when, facts, orders)) continue;
      value += by;
      factors.push({ side: name, by, because });
    }
    return Math.min(5, Math.max(1, value));
  };
  const likelihood = side('likelihood', risk.likelihood.prior);
  const impact = side('impact', risk.impact.base);
  const score = likelihood * impact;
  return { id: risk.id, likelihood, impact, score, rating: ratingOf(score), factors };
}
