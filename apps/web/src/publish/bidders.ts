import { countingOffers, type Purchase, procedureOf } from '@proviso/procurement';

/** A procedure in which offers are negotiated and handed in again. */
export const hasRounds = ({ description }: Purchase): boolean => procedureOf(description.procedure).rounds;

/** Suppliers whose offers of the present round count, once each: only they can be asked for a further one. */
export const biddersOf = (purchase: Purchase): string[] => [
  ...new Set(countingOffers(purchase).map(({ supplier }) => supplier)),
];
