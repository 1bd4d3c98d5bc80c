import { endOfDay, owedObligations, type Purchase } from '@proviso/procurement';
import type { Owed, PurchaseRow } from '@proviso/store';

/** The purchase that a row holds. It was written by `decide`, so its shape is known. */
export const documentOf = (row: Pick<PurchaseRow, 'document'>): Purchase => row.document as Purchase;

/** What lists and searches need of a purchase, beside its document. */
export function columnsOf(purchase: Purchase) {
  const { description, notice, state } = purchase;
  return {
    title: description.title,
    state,
    procedure: description.procedure,
    language: description.language,
    closing: notice?.closing.instant ?? null,
    document: purchase,
    ...(description.reference === null ? {} : { reference: description.reference }),
  };
}

/** The rows by which the duties of all contracts are found by day and owner. */
export function owedOf(purchase: Purchase): Owed[] {
  const { zone } = purchase.description;
  return owedObligations(purchase).map(({ id, owner, due }) => ({
    obligation: id,
    owner,
    due: new Date(endOfDay(due, zone).instant),
  }));
}
