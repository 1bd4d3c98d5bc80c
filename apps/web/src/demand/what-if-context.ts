import type { Context, Demand, Departure, Level } from '@proviso/catalogue';

const LEVELS: readonly Level[] = ['basic', 'standard', 'advanced'];

export interface WhatIf {
  /** No requirement above this level; null for no cap. */
  cap: Level | null;
  /** Only so many, the heaviest; null for all. */
  count: number | null;
}

/** A context that tries a what-if, to be derived and never kept: its departures carry no real explanation. */
export function contextFor({ cap, count }: WhatIf, { context, requirements }: Demand): Context {
  const kept = new Set(
    requirements
      .toSorted((a, b) => b.weight - a.weight)
      .slice(0, count ?? requirements.length)
      .map(({ id }) => id),
  );
  const tried: Departure[] = requirements.flatMap(({ id, level }): Departure[] => {
    if (!kept.has(id)) return [{ requirement: id, kind: 'leave-out', ...UNEXPLAINED }];
    if (cap !== null && LEVELS.indexOf(level) > LEVELS.indexOf(cap))
      return [{ requirement: id, kind: 'set-level', level: cap, ...UNEXPLAINED }];
    return [];
  });
  const touched = new Set(tried.map(({ requirement }) => requirement));
  return {
    ...context,
    departures: [
      ...context.departures.filter(({ requirement, kind }) => !touched.has(requirement) || kind === 'set-parameter'),
      ...tried,
    ],
  };
}

const UNEXPLAINED = { reason: 'disproportionate', text: '…', owner: '…', review: '2030-01-01' };
