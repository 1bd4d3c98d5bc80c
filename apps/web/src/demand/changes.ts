import type { Demand, Level } from '@proviso/catalogue';

/** What one answer, or one what-if, makes different: ids of requirements, in the order of the demands. */
export interface Changes {
  added: string[];
  removed: string[];
  levels: { id: string; from: Level; to: Level }[];
  parameters: { id: string; parameter: string; from: number | null; to: number | null }[];
  knockouts: { id: string; to: boolean }[];
  risks: { id: string; from: string | null; to: string | null }[];
}

/** Compares two demands that rest on one catalogue. Between catalogues the server compares, which has both. */
export function changesBetween(before: Demand, after: Demand): Changes {
  const old = new Map(before.requirements.map((one) => [one.id, one]));
  const now = new Map(after.requirements.map((one) => [one.id, one]));
  const both = after.requirements.flatMap((to) => {
    const from = old.get(to.id);
    return from ? [{ id: to.id, from, to }] : [];
  });
  const ratings = (demand: Demand) => new Map(demand.risks.map(({ id, rating }) => [id, rating]));
  const [then, next] = [ratings(before), ratings(after)];
  return {
    added: [...now.keys()].filter((id) => !old.has(id)),
    removed: [...old.keys()].filter((id) => !now.has(id)),
    levels: both.flatMap(({ id, from, to }) =>
      from.level === to.level ? [] : [{ id, from: from.level, to: to.level }],
    ),
    parameters: both.flatMap(({ id, from, to }) =>
      [...new Set([...Object.keys(from.parameters), ...Object.keys(to.parameters)])]
        .filter((parameter) => from.parameters[parameter] !== to.parameters[parameter])
        .map((parameter) => ({
          id,
          parameter,
          from: from.parameters[parameter] ?? null,
          to: to.parameters[parameter] ?? null,
        })),
    ),
    knockouts: both.flatMap(({ id, from, to }) => (from.knockout === to.knockout ? [] : [{ id, to: to.knockout }])),
    risks: [...new Set([...then.keys(), ...next.keys()])]
      .filter((id) => then.get(id) !== next.get(id))
      .map((id) => ({ id, from: then.get(id) ?? null, to: next.get(id) ?? null })),
  };
}

export function isUnchanged(changes: Changes): boolean {
  return Object.values(changes).every((list) => list.length === 0);
}
