import type { ConsensusRow, Purchase, ScoreRow } from '@proviso/procurement';
import { type PurchaseRow, readConsensus, readScores, type TenantScope } from '@proviso/store';

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

/** Scores and agreed scores of a purchase as decisions take them: `decide`, `visibleScores`, `cellsOf`. */
export async function scoresOf(
  trx: TenantScope,
  purchase: string,
): Promise<{ scores: ScoreRow[]; consensus: ConsensusRow[] }> {
  const scores = await readScores(trx, purchase);
  const consensus = await readConsensus(trx, purchase);
  return {
    scores: scores.map(({ offer, requirement, evaluator, value, reason, at }) => ({
      offer,
      requirement,
      evaluator,
      value: value ?? 0,
      reason: reason === '' ? null : reason,
      at: at.toISOString(),
    })),
    consensus: consensus.map(({ offer, requirement, value, reason, by, at }) => ({
      offer,
      requirement,
      value: value ?? 0,
      reason,
      by,
      at: at.toISOString(),
    })),
  };
}
