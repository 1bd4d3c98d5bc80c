import { type Catalogue, type Demanded, type Level, requirementOf } from '@proviso/catalogue';

/** A requirement as it would be demanded at another level, with the values that the catalogue gives there. */
export function atLevel(demanded: Demanded, level: Level, catalogue: Catalogue): Demanded {
  if (level === demanded.level) return demanded;
  const parameters = requirementOf(catalogue, demanded.id).parameters.map(({ id, values }) => [id, values[level]]);
  return { ...demanded, level, parameters: Object.fromEntries(parameters) };
}
