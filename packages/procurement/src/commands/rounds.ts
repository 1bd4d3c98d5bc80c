import { z } from 'zod';
import { command, madeBy } from '../command.ts';
import { id, localTime, reason } from '../fields.ts';
import { countingOffers, mayTouchOffers } from '../guards.ts';
import { procedureOf } from '../procedures.ts';
import { emptyEvaluation } from '../purchase/evaluation.ts';
import { notice } from '../purchase/purchase.ts';
import { isRefusal, refuse } from '../refusal.ts';
import { doubled } from './checks.ts';
import { keysFault } from './keys.ts';
import { timesFor } from './timing.ts';

/** Negotiation: another round of offers. */
export const roundCommands = {
  /** A further round of a negotiation: what was found so far is kept. Directive 2014/24/EU, Article 29(3) to (7). */
  'round.start': command({
    input: z.strictObject({
      invited: z.array(id).min(1).max(100),
      reason,
      /** A key for each part again: those of the round before are in somebody's hands. */
      keys: notice.shape.keys,
      closing: localTime,
      questionsUntil: localTime,
      opening: localTime,
    }),
    states: ['opened', 'evaluated'],
    action: 'round.start',
    decide(draft, { invited, reason: why, keys, ...times }, context) {
      if (!procedureOf(draft.description.procedure).rounds || !draft.notice) return refuse('no-rounds');
      const guard = mayTouchOffers(draft, context.by.id, null);
      if (guard) return guard;
      if (draft.contracts.length > 0) return refuse('already-signed');
      const standing = draft.awards.find(({ withdrawn }) => withdrawn === null);
      if (standing) return refuse('already-awarded', { lot: standing.lot });
      const fault = keysFault(draft, keys);
      if (fault) return fault;
      const twice = doubled(invited);
      if (twice !== null) return refuse('twice', { id: twice }, 'invited');
      const bidders = new Set(countingOffers(draft).map(({ supplier }) => supplier));
      const strange = invited.find((one) => !bidders.has(one));
      if (strange !== undefined) return refuse('unknown', { id: strange }, 'invited');
      const set = timesFor(draft, 'round', times, context);
      if (isRefusal(set)) return set;
      const { round, notice: before, evaluation } = draft;
      draft.earlier.push({ round, notice: before, evaluation, reason: why, ...madeBy(context) });
      draft.evaluation = emptyEvaluation();
      draft.notice = { ...before, from: context.at, ...set, keys };
      draft.invited = invited;
      draft.round++;
      draft.state = 'published';
      return { events: [{ type: 'round.started', ids: { round: draft.round, invited: invited.length } }] };
    },
  }),
};
