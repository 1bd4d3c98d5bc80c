import { z } from 'zod';
import { command, hasPassed, madeBy } from '../command.ts';
import { id, localTime, note, reason, requirementId, sha256, words } from '../fields.ts';
import { countingOffers, isFrozen, mayTouchOffers } from '../guards.ts';
import { EXCLUSION_GROUNDS } from '../purchase/grounds.ts';
import { refuse } from '../refusal.ts';
import { deadlineAt } from '../time/deadline.ts';
import { localFault } from './checks.ts';
import { minute } from './timing.ts';

/** What is found out about single offers: deviations, explanations, refusals. */
export const findingCommands = {
  'deviation.decide': command({
    input: z.strictObject({
      offer: id,
      requirement: requirementId,
      verdict: z.enum(['accepted', 'countered', 'refused']),
      reason,
      counter: words.nullable(),
    }),
    states: ['opened'],
    action: 'deviation.decide',
    decide(draft, input, context) {
      const found = draft.deviations.find((one) => one.offer === input.offer && one.requirement === input.requirement);
      const offer = countingOffers(draft).find((one) => one.id === input.offer);
      if (!found || !offer) return refuse('unknown', { id: `${input.offer} ${input.requirement}` }, 'requirement');
      const guard = mayTouchOffers(draft, context.by.id, offer.lot);
      if (guard) return guard;
      if (isFrozen(draft, offer.lot)) return refuse('already-frozen', { lot: offer.lot });
      if ((input.verdict === 'countered') !== (input.counter !== null)) return refuse('counter-needed', {}, 'counter');
      found.status = input.verdict;
      found.counter = input.counter;
      found.steps.push({
        status: input.verdict,
        reason: input.counter === null ? input.reason : `${input.reason}\n${input.counter}`.slice(0, 10_000),
        ...madeBy(context),
      });
      const ids = { offer: input.offer, requirement: input.requirement, verdict: input.verdict };
      return { events: [{ type: 'deviation.decided', ids }] };
    },
  }),
  'deviation.reply': command({
    input: z.strictObject({
      offer: id,
      requirement: requirementId,
      agrees: z.boolean(),
      reason: note,
    }),
    states: ['opened'],
    action: 'deviation.reply',
    decide(draft, input, context) {
      const offer = countingOffers(draft).find((one) => one.id === input.offer && one.supplier === context.by.supplier);
      const found = draft.deviations.find((one) => one.offer === offer?.id && one.requirement === input.requirement);
      if (!offer || !found) return refuse('unknown', { id: `${input.offer} ${input.requirement}` }, 'requirement');
      if (found.status !== 'countered') return refuse('not-countered');
      // Who does not take the counter stays with what was proposed, for the buyer to decide again.
      found.status = input.agrees ? 'agreed' : 'proposed';
      found.steps.push({ status: input.agrees ? 'agreed' : 'declined', reason: input.reason, ...madeBy(context) });
      return { events: [{ type: 'deviation.replied', ids: { offer: offer.id, requirement: found.requirement } }] };
    },
  }),
  /** With `until`, silence counts from then on; may be asked once more to set it. */
  'explanation.ask': command({
    input: z.strictObject({ offer: id, until: localTime.nullable().optional() }),
    states: ['opened', 'evaluated'],
    action: 'offer.exclude',
    decide(draft, { offer, until: local = null }, context) {
      const found = countingOffers(draft).find((one) => one.id === offer);
      if (!found) return refuse('unknown', { id: offer }, 'offer');
      const guard = mayTouchOffers(draft, context.by.id, found.lot);
      if (guard) return guard;
      const { zone } = draft.description;
      const fault = local === null ? null : localFault(local, zone, 'until');
      if (fault) return fault;
      const until = local === null ? null : deadlineAt(local, zone);
      if (until && hasPassed(context, until)) return refuse('in-the-past', { local: local ?? '' }, 'until');
      const earlier = draft.evaluation.explanations.find((one) => one.offer === offer);
      if (earlier && (earlier.reply || earlier.until || !until)) return refuse('already-asked', {}, 'offer');
      if (earlier) earlier.until = until;
      else draft.evaluation.explanations.push({ offer, asked: context.at, by: context.by.id, until, reply: null });
      return { events: [{ type: 'explanation.asked', ids: { offer } }] };
    },
  }),
  'explanation.reply': command({
    input: z.strictObject({ offer: id, hash: sha256 }),
    states: ['opened', 'evaluated'],
    action: 'offer.own',
    decide(draft, { offer, hash }, context) {
      const own = countingOffers(draft).some((one) => one.id === offer && one.supplier === context.by.supplier);
      const found = draft.evaluation.explanations.find((one) => one.offer === offer);
      if (!own || !found) return refuse('unknown', { id: offer }, 'offer');
      if (found.reply) return refuse('already-answered', {}, 'offer');
      found.reply = { at: context.at, hash };
      return { events: [{ type: 'explanation.replied', ids: { offer }, hashes: [hash] }] };
    },
  }),
  /**
   * For a ground other than scores; a low price only after the supplier was asked, and has replied or let the stated time pass: Directive
   * 2014/24/EU, Article 69(1) and (3).
   */
  'offer.exclude': command({
    input: z.strictObject({ offer: id, ground: z.enum(EXCLUSION_GROUNDS), reason }),
    states: ['opened', 'evaluated'],
    action: 'offer.exclude',
    decide(draft, input, context) {
      const found = countingOffers(draft).find((one) => one.id === input.offer);
      if (!found) return refuse('unknown', { id: input.offer }, 'offer');
      const guard = mayTouchOffers(draft, context.by.id, found.lot);
      if (guard) return guard;
      if (draft.evaluation.exclusions.some((one) => one.offer === input.offer))
        return refuse('already-excluded', {}, 'offer');
      if (draft.awards.some((one) => one.lot === found.lot && !one.withdrawn))
        return refuse('already-awarded', { lot: found.lot });
      const asked = draft.evaluation.explanations.find((one) => one.offer === input.offer);
      if (input.ground === 'abnormally-low') {
        if (!asked) return refuse('ask-first', {}, 'ground');
        if (!asked.reply && !asked.until) return refuse('explanation-awaited', {}, 'ground');
        if (!asked.reply && asked.until && !hasPassed(context, asked.until))
          return refuse('still-open', { until: minute(asked.until.local) }, 'ground');
      }
      draft.evaluation.exclusions.push({ ...input, ...madeBy(context) });
      return { events: [{ type: 'offer.excluded', ids: { offer: input.offer, ground: input.ground } }] };
    },
  }),
};
