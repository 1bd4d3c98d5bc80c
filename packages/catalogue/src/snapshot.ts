import type { Demand } from './derive.ts';
import type { Catalogue } from './schema.ts';

/**
 * What several snapshots of one catalogue hold together: all its requirements that were not retired, and the risks, laws and standards of any
 * of their purchases.
 * @throws Error where there is none
 */
export function joinedSnapshots(snapshots: readonly Catalogue[]): Catalogue {
  const [first] = snapshots;
  if (!first) throw new Error('There is no snapshot to look at.');
  const all = <T extends { id: string }>(list: (one: Catalogue) => readonly T[]): T[] => [
    ...new Map(snapshots.flatMap((one) => list(one).map((entry) => [entry.id, entry] as const))).values(),
  ];
  return {
    ...first,
    requirements: all((one) => one.requirements),
    risks: all((one) => one.risks),
    standards: all((one) => one.standards),
    laws: all((one) => one.laws),
  };
}

/**
 * The part of the catalogue that a demand rests on. Kept beside the demand, it says for ever what was decided, whatever later
 * editions hold.
 */
export function snapshotOf(catalogue: Catalogue, demand: Demand): Catalogue {
  const chosen = new Set(demand.requirements.map(({ id }) => id));
  const named = new Set([...chosen, ...demand.excluded.map(({ id }) => id)]);
  return {
    ...catalogue,
    requirements: catalogue.requirements.filter(({ id }) => named.has(id)),
    risks: catalogue.risks.filter(({ id }) => demand.risks.some((risk) => risk.id === id)),
    standards: catalogue.standards.filter(
      ({ id, requirement }) => demand.standards.includes(id) || chosen.has(requirement),
    ),
    laws: catalogue.laws.filter(({ id }) => demand.laws.includes(id)),
  };
}
