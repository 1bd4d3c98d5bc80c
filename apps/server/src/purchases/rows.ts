import type { Purchase } from '@proviso/procurement';
import type { PurchaseRow } from '@proviso/store';

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
