/** Where a standard comes from and where it went: predecessors, successors, changes, parts. */
import type { Registry } from './registry.ts';
import type { Status } from './types.ts';

export interface LineageNode {
  id: string;
  title: string;
  date?: string;
  /** As of the day asked for. */
  status: Status;
}

export interface Lineage {
  asOf: string;
  /** The standard asked for. */
  of: string;
  nodes: Record<string, LineageNode>;
  /** `from` was replaced by `to`. */
  replaced: { from: string; to: string }[];
  /** `by` changes `of` without replacing it. */
  updates: { of: string; by: string }[];
  /** Ids that define it or belong to it, and those it belongs to. */
  members: string[];
  memberOf: string[];
  /** The other editions of its family. */
  editions: string[];
}

const MOST = 200;

/** The graph around `id` as of a day. Throws RangeError for an id that is not in the registry. Never more than 200 nodes each way. */
export function lineage(registry: Registry, id: string, asOf: string): Lineage {
  const start = registry.get(id);
  if (start === undefined) throw new RangeError(`${id} is not in the registry`);
  const graph: Lineage = {
    asOf,
    of: start.id,
    nodes: {},
    replaced: [],
    updates: [],
    members: start.members ?? [],
    memberOf: registry.memberOf(start.id),
    editions: [],
  };
  const add = (other: string) => {
    const record = registry.get(other);
    if (record === undefined) return;
    graph.nodes[record.id] ??= {
      id: record.id,
      title: record.title,
      ...(record.date === undefined ? {} : { date: record.date }),
      status: registry.statusAt(record.id, asOf),
    };
  };
  const walk = (key: 'replaces' | 'replacedBy') => {
    const queue = [start.id];
    const seen = new Set(queue);
    for (let at = queue.shift(); at !== undefined && seen.size < MOST; at = queue.shift())
      for (const other of registry.get(at)?.[key] ?? []) {
        const [from, to] = key === 'replaces' ? [other, at] : [at, other];
        if (!graph.replaced.some((edge) => edge.from === from && edge.to === to)) graph.replaced.push({ from, to });
        if (seen.has(other)) continue;
        seen.add(other);
        queue.push(other);
        add(other);
      }
  };
  add(start.id);
  walk('replaces');
  walk('replacedBy');
  for (const by of registry.updatedBy(start.id)) graph.updates.push({ of: start.id, by });
  for (const of of registry.updates(start.id)) graph.updates.push({ of, by: start.id });
  if (start.family !== undefined)
    graph.editions = registry
      .family(start.family)
      .members.map((member) => member.id)
      .filter((other) => other !== start.id);
  for (const other of [
    ...graph.members,
    ...graph.memberOf,
    ...graph.editions,
    ...graph.updates.flatMap((edge) => [edge.of, edge.by]),
  ])
    add(other);
  return graph;
}
