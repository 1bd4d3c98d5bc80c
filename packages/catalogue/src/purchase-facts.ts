import type { Facts } from './condition.ts';
import type { Context } from './context.ts';

/** Member States of the European Union, and the EEA states where its procurement law applies too. */
const EU_LAW: ReadonlySet<string> = new Set(
  'EU AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK IS LI NO'.split(' '),
);

/** Does the law of the European Union (or the EEA) govern a purchase in this country? */
export function underEuLaw(country: string): boolean {
  return EU_LAW.has(country);
}

/** The facts that conditions of the catalogue may ask for. */
export function factsOfContext(from: Context, laws: readonly string[]): Facts {
  const { kinds, types, services, assets, criticality, exposure, personalData, remoteAccess, hosting } = from;
  const { development, alternatives, ai, contractMonths, valueBand, sector, country } = from;
  return {
    kinds,
    types,
    services,
    assets,
    criticality,
    exposure,
    personalData,
    remoteAccess,
    hosting,
    development,
    alternatives,
    ai,
    contractMonths,
    valueBand,
    sector,
    country,
    eu: underEuLaw(country),
    laws,
  };
}
