import type { Demand } from './derive.ts';
import type { Catalogue } from './schema.ts';

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
