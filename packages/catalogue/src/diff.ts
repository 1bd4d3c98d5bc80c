import type { Demand } from './derive.ts';
import type { Level } from './scales.ts';
import type { Catalogue } from './schema.ts';

/** What another catalogue, or another context, makes different in a demand. */
export interface DemandDiff {
  from: { edition: string; hash: string };
  to: { edition: string; hash: string };
  added: string[];
  removed: string[];
  levels: { id: string; from: Level; to: Level }[];
  parameters: { id: string; parameter: string; from: number | null; to: number | null }[];
  knockouts: { id: string; from: boolean; to: boolean }[];
  /** Requirements in both whose words, choices or checks differ: answers to the old question may not be re-used. */
  reworded: string[];
  risks: { id: string; from: number | null; to: number | null }[];
}

export interface DemandWithCatalogue {
  demand: Demand;
  catalogue: Catalogue;
}

/** Compares two demands; each is read with the catalogue or snapshot it was made from. */
export function diffDemands(before: DemandWithCatalogue, after: DemandWithCatalogue): DemandDiff {
  const old = new Map(before.demand.requirements.map((one) => [one.id, one]));
  const now = new Map(after.demand.requirements.map((one) => [one.id, one]));
  const both = [...old.keys()].filter((id) => now.has(id));
  const pairs = both.flatMap((id) => {
    const [a, b] = [old.get(id), now.get(id)];
    return a && b ? [{ id, a, b }] : [];
  });
  const scores = (demand: Demand): Map<string, number> => new Map(demand.risks.map(({ id, score }) => [id, score]));
  const [scoreThen, scoreNow] = [scores(before.demand), scores(after.demand)];
  return {
    from: before.demand.catalogue,
    to: after.demand.catalogue,
    added: [...now.keys()].filter((id) => !old.has(id)),
    removed: [...old.keys()].filter((id) => !now.has(id)),
    levels: pairs.flatMap(({ id, a, b }) => (a.level === b.level ? [] : [{ id, from: a.level, to: b.level }])),
    parameters: pairs.flatMap(({ id, a, b }) =>
      [...new Set([...Object.keys(a.parameters), ...Object.keys(b.parameters)])]
        .filter((parameter) => a.parameters[parameter] !== b.parameters[parameter])
        .map((parameter) => ({
          id,
          parameter,
          from: a.parameters[parameter] ?? null,
          to: b.parameters[parameter] ?? null,
        })),
    ),
    knockouts: pairs.flatMap(({ id, a, b }) =>
      a.knockout === b.knockout ? [] : [{ id, from: a.knockout, to: b.knockout }],
    ),
    reworded: both.filter((id) => entry(before.catalogue, id) !== entry(after.catalogue, id)),
    risks: [...new Set([...scoreThen.keys(), ...scoreNow.keys()])]
      .sort()
      .filter((id) => scoreThen.get(id) !== scoreNow.get(id))
      .map((id) => ({ id, from: scoreThen.get(id) ?? null, to: scoreNow.get(id) ?? null })),
  };
}

function entry(catalogue: Catalogue, id: string): string {
  return JSON.stringify(catalogue.requirements.find((one) => one.id === id) ?? null);
}
