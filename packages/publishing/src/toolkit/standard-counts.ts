import type { Catalogue, DemandFile, Language } from '@proviso/catalogue';
import { standardsByGroup } from './tool-paper.ts';

/** How one standard fared in the purchases of a year. `inScope` is the sum of the other three. */
export interface StandardCount {
  title: string;
  inScope: number;
  asked: number;
  explained: number;
  /** In scope, not asked for, and no departure says why. */
  neither: number;
}

/** A count for each standard of the catalogue, and for those that only the older editions of the demands list. */
export function standardCounts(
  catalogue: Catalogue,
  demands: readonly DemandFile[],
  language: Language,
): StandardCount[] {
  const known = new Map(catalogue.standards.map((entry) => [entry.id, entry]));
  for (const { catalogue: older } of demands)
    for (const entry of older.standards) if (!known.has(entry.id)) known.set(entry.id, entry);
  return standardsByGroup({ ...catalogue, standards: [...known.values()] }, language).map(({ id, title }) => {
    const fates = demands.filter(({ demand }) => demand.standards.includes(id)).map((file) => fateOf(id, file));
    const count = (fate: Fate): number => fates.filter((one) => one === fate).length;
    return {
      title: title[language],
      inScope: fates.length,
      asked: count('asked'),
      explained: count('explained'),
      neither: count('neither'),
    };
  });
}

type Fate = 'asked' | 'explained' | 'neither';

function fateOf(standard: string, { demand, catalogue }: DemandFile): Fate {
  const requirement = catalogue.standards.find(({ id }) => id === standard)?.requirement;
  if (demand.requirements.some(({ id }) => id === requirement)) return 'asked';
  const left = demand.context.departures.some((one) => one.kind === 'leave-out' && one.requirement === requirement);
  return left ? 'explained' : 'neither';
}
