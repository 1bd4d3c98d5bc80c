/** Everything that can happen to a purchase: what the log, e-mails and webhooks are made from. Ids are never used again. */
export const EVENT_TYPES = [
  'purchase.created',
  'purchase.described',
  'lots.set',
  'demand.set',
  'plan.set',
  'openers.named',
  'evaluators.named',
  'consultation.opened',
  'consultation.answered',
  'consultation.closed',
  'purchase.specified',
  'purchase.reopened',
  'demand.approved',
  'demand.objected',
  'purchase.published',
  'corrigendum.published',
  'question.asked',
  'question.answered',
  'request.submitted',
  'candidates.decided',
  'purchase.closed',
  'offer.submitted',
  'offer.late',
  'offer.withdrawn',
  'conflict.declared',
  'opening.attended',
  'opening.confirmed',
  'offers.opened',
  'price.opened',
  'score.written',
  'evaluation.finished',
  'evaluation.resumed',
  'applicability.decided',
  'consensus.written',
  'amount.written',
  'explanation.asked',
  'explanation.replied',
  'offer.excluded',
  'deviation.decided',
  'deviation.replied',
  'quality.frozen',
  'purchase.evaluated',
  'round.started',
  'lot.cancelled',
  'validity.extended',
  'award.decided',
  'award.notified',
  'award.withdrawn',
  'contract.signed',
  'obligation.updated',
  'obligation.assigned',
  'call-off.started',
  'purchase.ended',
  'purchase.stopped',
] as const;
export type EventType = (typeof EVENT_TYPES)[number];

/** Ids and hashes only: no title, name, reason or answer, so that the log can be kept when people are erased. */
export interface Happened {
  type: EventType;
  purchase: string;
  at: string;
  by: string;
  ids: Record<string, string | number>;
  hashes: string[];
}
