import type { Condition, Match } from './schema.ts';

/** A value of a fact; lists match where any of their members does. Absent facts match nothing. */
export type Fact = string | number | boolean | readonly (string | number | boolean)[] | null | undefined;
export type Facts = Readonly<Record<string, Fact>>;
/** The order of the values of facts that have one, lowest first. */
export type Orders = Readonly<Record<string, readonly string[]>>;

/**
 * The one evaluator of conditions: for what applies to a purchase, for which question is shown, on the server, in the browser and in
 * the offline form. Pure and total: an unknown fact or value does not hold.
 */
export function holds(condition: Condition | undefined, facts: Facts, orders: Orders = {}): boolean {
  if (condition === undefined) return true;
  if ('all' in condition && Array.isArray(condition.all))
    return (condition.all as Condition[]).every((part) => holds(part, facts, orders));
  if ('any' in condition && Array.isArray(condition.any))
    return (condition.any as Condition[]).some((part) => holds(part, facts, orders));
  if ('not' in condition) return !holds(condition.not as Condition, facts, orders);
  return Object.entries(condition).every(([fact, match]) => matches(facts[fact], match as Match, orders[fact]));
}

function matches(fact: Fact, match: Match, order: readonly string[] | undefined): boolean {
  if (fact === null || fact === undefined) return false;
  if (Array.isArray(fact)) return fact.some((one) => matches(one, match, order));
  if (Array.isArray(match)) return match.some((one) => one === fact);
  if (typeof match !== 'object') return match === fact;
  const value = rank(fact as string | number | boolean, order);
  const [bound, sign] = 'atLeast' in match ? [match.atLeast, 1] : [(match as { atMost: string | number }).atMost, -1];
  const limit = rank(bound, order);
  return value !== null && limit !== null && (value - limit) * sign >= 0;
}

function rank(value: string | number | boolean, order: readonly string[] | undefined): number | null {
  if (typeof value === 'number') return value;
  const at = order?.indexOf(String(value)) ?? -1;
  return at < 0 ? null : at;
}

/** Every fact a condition asks for, with the values it compares; what a check of the catalogue goes through. */
export function factsOf(condition: Condition | undefined): [fact: string, value: string | number | boolean][] {
  if (condition === undefined) return [];
  if ('all' in condition && Array.isArray(condition.all)) return (condition.all as Condition[]).flatMap(factsOf);
  if ('any' in condition && Array.isArray(condition.any)) return (condition.any as Condition[]).flatMap(factsOf);
  if ('not' in condition) return factsOf(condition.not as Condition);
  return Object.entries(condition).flatMap(([fact, match]) => {
    const value = match as Match;
    if (typeof value !== 'object') return [[fact, value] as [string, string | number | boolean]];
    if (Array.isArray(value)) return value.map((one) => [fact, one] as [string, string | number | boolean]);
    return [[fact, 'atLeast' in value ? value.atLeast : value.atMost] as [string, string | number | boolean]];
  });
}
