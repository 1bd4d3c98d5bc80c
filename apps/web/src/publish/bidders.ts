import type { Purchase } from '@proviso/procurement';

/** A procedure in which offers are negotiated and handed in again: Directive 2014/24/EU, Article 29. */
export const hasRounds = ({ description }: Purchase): boolean => description.procedure === 'negotiated';

/** Suppliers whose offers of the present round count, once each: only they can be asked for a further one. */
export function biddersOf({ offers, round, cancelled }: Purchase): string[] {
  const counting = offers.filter(
    (one) =>
      one.round === round &&
      !one.late &&
      one.replacedBy === null &&
      one.withdrawn === null &&
      !cancelled.some(({ lot }) => lot === one.lot),
  );
  return [...new Set(counting.map(({ supplier }) => supplier))];
}
