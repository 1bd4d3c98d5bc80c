import type { Orders } from './condition.ts';
import type { Catalogue, Vocabulary } from './schema.ts';

/** Facts of a purchase that conditions may ask for, each with the list of the vocabulary that holds its values. */
export const FACT_LISTS: Readonly<Record<string, keyof Vocabulary>> = {
  kinds: 'kinds',
  types: 'types',
  services: 'services',
  assets: 'assets',
  criticality: 'criticality',
  exposure: 'exposure',
  personalData: 'personalData',
  remoteAccess: 'remoteAccess',
  hosting: 'hosting',
  development: 'development',
  alternatives: 'alternatives',
  valueBand: 'valueBand',
  sector: 'sectors',
};
/** Facts with a closed meaning of their own. */
export const BOOLEAN_FACTS: readonly string[] = ['ai', 'eu'];
export const NUMBER_FACTS: readonly string[] = ['contractMonths'];

const ORDERED = [
  'criticality',
  'exposure',
  'personalData',
  'remoteAccess',
  'development',
  'alternatives',
  'valueBand',
] as const;

/** The order of the values of ordered facts, lowest first. */
export function ordersOf({ vocabulary }: Pick<Catalogue, 'vocabulary'>): Orders {
  return Object.fromEntries(ORDERED.map((fact) => [fact, vocabulary[fact].map(({ id }) => id)]));
}
