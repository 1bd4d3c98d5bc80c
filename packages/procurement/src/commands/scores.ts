import { z } from 'zod';
import { type Context, command, madeBy } from '../command.ts';
import { amount, id, note, reason, requirementId } from '../fields.ts';
import { allFinished, evaluatorsOf, hasFinished, isFrozen, isRevealed, mayTouchOffers, openLots } from '../guards.ts';
import type { Offer } from '../purchase/offers.ts';
import type { Purchase } from '../purchase/purchase.ts';
import { isRefusal, type Refusal, refuse } from '../refusal.ts';
import { cellsOf, isUnfavourable, scoredLines, scoredOffers, scoringInputOf } from '../scoring/assemble.ts';
import { isConfirmed } from './opening.ts';

const value = z.int().min(0).max(3);

/** Blind scores, what the evaluators agree on, and the freeze. */
export const scoreCommands = {
  'score.write': command({
    input: z.strictObject({ offer: id, requirement: requirementId, value, reason: reason.nullable() }),
    states: ['opened'],
    action: 'score.write',
    rowsOnly: true,
    decide(purchase, input, context) {
      const offer = toScore(purchase, input.offer, input.requirement, context);
      if (isRefusal(offer)) return offer;
      if (hasFinished(purchase, context.by.id, offer.lot)) return refuse('already-finished', { lot: offer.lot });
      return {
        events: [{ type: 'score.written', ids: { offer: offer.id, requirement: input.requirement } }],
        scores: [{ ...input, evaluator: context.by.id, at: context.at }],
      };
    },
  }),
  'evaluation.finish': command({
    input: z.strictObject({ lot: id }),
    states: ['opened'],
    action: 'score.write',
    decide(draft, { lot }, context) {
      const fault = evaluatorFault(draft, lot, context);
      if (fault) return fault;
      if (hasFinished(draft, context.by.id, lot)) return refuse('already-finished', { lot });
      const own = (context.scores ?? []).filter(({ evaluator }) => evaluator === context.by.id);
      const missing = cellsOf(draft, lot, own, []).filter((cell) => !cell.unfavourable && cell.scores.length === 0);
      const [first] = missing;
      if (first)
        return refuse('scores-missing', { count: missing.length, offer: first.offer, requirement: first.requirement });
      draft.evaluation.finished.push({ evaluator: context.by.id, lot, at: context.at });
      return { events: [{ type: 'evaluation.finished', ids: { lot } }] };
    },
  }),
  /** Back to scoring, as long as nobody has seen another's scores. */
  'evaluation.resume': command({
    input: z.strictObject({ lot: id }),
    states: ['opened'],
    action: 'score.write',
    decide(draft, { lot }, context) {
      if (!hasFinished(draft, context.by.id, lot)) return refuse('not-finished', { lot });
      if (isRevealed(draft, lot)) return refuse('scores-revealed', { lot });
      draft.evaluation.finished = draft.evaluation.finished.filter(
        (one) => one.lot !== lot || one.evaluator !== context.by.id,
      );
      return { events: [{ type: 'evaluation.resumed', ids: { lot } }] };
    },
  }),
  /**
   * Only where the buyer allowed it before publication, where an offer says so, and before anybody knows whom it helps. One evaluator
   * proposes it, another agrees by the same command.
   */
  'applicability.decide': command({
    input: z.strictObject({ lot: id, requirement: requirementId, reason }),
    states: ['opened'],
    action: 'consensus.write',
    decide(draft, { lot, requirement, reason: why }, context) {
      const fault = evaluatorFault(draft, lot, context);
      if (fault) return fault;
      if (!draft.plan?.notApplicable.includes(requirement))
        return refuse('not-applicable-not-allowed', { requirement });
      if (isRevealed(draft, lot)) return refuse('scores-revealed', { lot });
      if (!scoredLines(draft, lot).some((one) => one.id === requirement))
        return refuse('not-demanded', { requirement });
      if (!scoredOffers(draft, lot).some(({ opened }) => opened?.contents?.notApplicable.includes(requirement)))
        return refuse('nobody-claims-it', { requirement });
      const proposed = draft.evaluation.notApplicable.find((one) => one.lot === lot && one.requirement === requirement);
      if (!proposed)
        draft.evaluation.notApplicable.push({ lot, requirement, reason: why, agreed: null, ...madeBy(context) });
      else if (proposed.by === context.by.id) return refuse('second-needed', { requirement });
      else proposed.agreed = madeBy(context);
      return { events: [{ type: 'applicability.decided', ids: { lot, requirement } }] };
    },
  }),
  /** A proposal, until a second evaluator writes the same value; then it counts, until two agree on another. */
  'consensus.write': command({
    input: z.strictObject({ offer: id, requirement: requirementId, value, reason: note }),
    states: ['opened'],
    action: 'consensus.write',
    rowsOnly: true,
    decide(purchase, input, context) {
      const offer = toScore(purchase, input.offer, input.requirement, context);
      if (isRefusal(offer)) return offer;
      if (!allFinished(purchase, offer.lot)) return refuse('not-all-finished', { lot: offer.lot });
      const cell = cellsOf(purchase, offer.lot, context.scores ?? [], context.consensus ?? []).find(
        (one) => one.offer === offer.id && one.requirement === input.requirement,
      );
      if (!cell || cell.scores.length < 2) return refuse('not-all-finished', { lot: offer.lot });
      const before = cell.consensus ? [cell.consensus.value] : cell.scores.map((one) => one.value);
      if (before.some((one) => one !== input.value) && input.reason.length < 3)
        return refuse('reason-needed', {}, 'reason');
      return {
        events: [{ type: 'consensus.written', ids: { offer: offer.id, requirement: input.requirement } }],
        consensus: [{ ...input, ...madeBy(context) }],
      };
    },
  }),
  'amount.write': command({
    input: z.strictObject({ offer: id, criterion: id, value: amount, reason }),
    states: ['opened'],
    action: 'consensus.write',
    decide(draft, input, context) {
      const offer = scoredOffer(draft, input.offer);
      if (!offer) return refuse('unknown', { id: input.offer }, 'offer');
      const fault = evaluatorFault(draft, offer.lot, context);
      if (fault) return fault;
      if (!draft.plan?.criteria.some((one) => one.kind === 'amount' && one.id === input.criterion))
        return refuse('unknown', { id: input.criterion }, 'criterion');
      draft.evaluation.amounts.push({ ...input, ...madeBy(context) });
      return { events: [{ type: 'amount.written', ids: { offer: offer.id, criterion: input.criterion } }] };
    },
  }),
  /** From here on no quality score changes; only now may a price that was sealed apart be opened. */
  'quality.freeze': command({
    input: z.strictObject({ lot: id }),
    states: ['opened'],
    action: 'quality.freeze',
    decide(draft, { lot }, context) {
      if (!openLots(draft).some((one) => one.id === lot)) return refuse('unknown', { id: lot }, 'lot');
      if (isFrozen(draft, lot)) return refuse('already-frozen', { lot });
      const guard = mayTouchOffers(draft, context.by.id, lot);
      if (guard) return guard;
      if (!allFinished(draft, lot)) return refuse('not-all-finished', { lot });
      if (!isConfirmed(draft, 'quality')) return refuse('opening-unconfirmed', {}, 'quality');
      const offers = new Set(scoredOffers(draft, lot).map((one) => one.id));
      const open = draft.deviations.find(
        (one) => offers.has(one.offer) && ['proposed', 'countered'].includes(one.status),
      );
      if (open) return refuse('deviation-open', { offer: open.offer, requirement: open.requirement });
      const cells = cellsOf(draft, lot, context.scores ?? [], context.consensus ?? []);
      const undecided = cells.filter((one) => one.value === null);
      const [first] = undecided;
      if (first)
        return refuse('consensus-missing', {
          count: undecided.length,
          offer: first.offer,
          requirement: first.requirement,
        });
      const amounts = draft.plan?.criteria.filter(({ kind }) => kind === 'amount') ?? [];
      for (const offer of offers)
        for (const { id: own } of amounts)
          if (!draft.evaluation.amounts.some((one) => one.offer === offer && one.criterion === own))
            return refuse('amount-missing', { offer, criterion: own });
      draft.evaluation.frozen.push({ lot, input: scoringInputOf(draft, lot, cells), ...madeBy(context) });
      return { events: [{ type: 'quality.frozen', ids: { lot } }] };
    },
  }),
  'purchase.evaluate': command({
    input: z.strictObject({}),
    states: ['opened'],
    action: 'quality.freeze',
    decide(draft) {
      const open = openLots(draft).find((one) => !isFrozen(draft, one.id));
      if (open) return refuse('freeze-first', { lot: open.id });
      if (draft.plan?.priceApart) {
        if (!draft.openings.some((one) => one.part === 'price' && one.round === draft.round && one.done))
          return refuse('price-sealed');
        if (!isConfirmed(draft, 'price')) return refuse('opening-unconfirmed', {}, 'price');
      }
      draft.state = 'evaluated';
      return { events: [{ type: 'purchase.evaluated' }] };
    },
  }),
};

const scoredOffer = (purchase: Purchase, offer: string): Offer | undefined =>
  openLots(purchase)
    .flatMap((lot) => scoredOffers(purchase, lot.id))
    .find((one) => one.id === offer);

function toScore(purchase: Purchase, offerId: string, requirement: string, context: Context): Offer | Refusal {
  const offer = scoredOffer(purchase, offerId);
  if (!offer) return refuse('unknown', { id: offerId }, 'offer');
  const fault = evaluatorFault(purchase, offer.lot, context);
  if (fault) return fault;
  if (!scoredLines(purchase, offer.lot).some((one) => one.id === requirement))
    return refuse('not-demanded', { requirement });
  return isUnfavourable(purchase, offer, requirement) ? refuse('nothing-to-score', { requirement }) : offer;
}

function evaluatorFault(purchase: Purchase, lot: string, { by }: Context): Refusal | null {
  const guard = mayTouchOffers(purchase, by.id, lot);
  if (guard) return guard;
  if (!evaluatorsOf(purchase, lot).includes(by.id)) return refuse('not-an-evaluator', { lot });
  return isFrozen(purchase, lot) ? refuse('already-frozen', { lot }) : null;
}
