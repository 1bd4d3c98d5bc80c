import type { Purchase } from '@proviso/procurement';
import type { EarlierDemand } from '../contract/offering.ts';

/** What a supplier is told of each demand that was published and stands no more: which corrections came since, and what they changed. Pure. */
export function earlierDemands({ demands, demand, corrigenda }: Purchase): EarlierDemand[] {
  const now = demands.findLast(({ hash }) => hash === demand?.hash);
  if (!now) return [];
  const hashes = [...new Set(demands.map(({ hash }) => hash))].filter((hash) => hash !== now.hash);
  const asked = (one: typeof now): string[] => [...new Set(one.lots.flatMap(({ requirements }) => requirements))];
  return hashes.flatMap((hash) => {
    const last = demands.findLastIndex((one) => one.hash === hash);
    const [then, next] = demands.slice(last);
    if (!then || !next) return [];
    const [before, after] = [asked(then), asked(now)];
    return [
      {
        demand: hash,
        corrections: corrigenda.filter(({ at }) => at >= next.at).map(({ at, reason }) => ({ at, reason })),
        added: after.filter((id) => !before.includes(id)),
        removed: before.filter((id) => !after.includes(id)),
      },
    ];
  });
}
