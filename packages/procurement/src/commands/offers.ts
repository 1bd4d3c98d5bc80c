import { z } from 'zod';
import { type Context, command, hasPassed, madeBy } from '../command.ts';
import { id, localTime, note, reason, sha256 } from '../fields.ts';
import { biddersKnown, countingOffers, countingRequests, hasSelection, mayTouchOffers, openLots } from '../guards.ts';
import { procedureOf } from '../procedures.ts';
import { hashes } from '../purchase/offers.ts';
import { isRefusal, refuse } from '../refusal.ts';
import { doubled } from './checks.ts';
import { minute, timesFor } from './timing.ts';

/** What suppliers hand in, and who of them goes on. */
export const offerCommands = {
  /** Taken at any hour, as offers are: after the closing it is recorded as late, and not considered. */
  'request.submit': command({
    input: z.strictObject({ id, hashes }),
    states: ['published', 'closed', 'opened', 'evaluated', 'awarded'],
    action: 'request.submit',
    decide(draft, input, context) {
      const { supplier } = context.by;
      if (!supplier) return refuse('not-permitted');
      if (!draft.notice || !hasSelection(draft)) return refuse('no-selection');
      if (draft.requests.some((one) => one.id === input.id)) return refuse('twice', { id: input.id }, 'id');
      const late = draft.notice.stage !== 'selection' || hasPassed(context, draft.notice.closing);
      draft.requests.push({ ...input, supplier, ...arrived(context), late, decision: null });
      return {
        events: [{ type: 'request.submitted', ids: { request: input.id, late: Number(late) }, hashes: input.hashes }],
      };
    },
  }),
  /** Selection: Directive 2014/24/EU, Article 65. The last request in time of each supplier counts. */
  'candidates.decide': command({
    input: z.strictObject({
      decisions: z
        .array(z.strictObject({ request: id, verdict: z.enum(['invited', 'unsuitable', 'not-selected']), reason }))
        .min(1)
        .max(500),
      closing: localTime,
      questionsUntil: localTime,
      opening: localTime,
    }),
    states: ['published'],
    action: 'request.decide',
    decide(draft, { decisions, ...times }, context) {
      const current = draft.notice;
      if (current?.stage !== 'selection') return refuse('no-selection');
      if (!hasPassed(context, current.closing)) return refuse('still-open', { until: minute(current.closing.local) });
      const guard = mayTouchOffers(draft, context.by.id, null);
      if (guard) return guard;
      const counting = countingRequests(draft);
      const twice = doubled(decisions.map(({ request }) => request));
      if (twice !== null) return refuse('twice', { id: twice }, 'decisions');
      const strange = decisions.find(({ request }) => !counting.some((one) => one.id === request));
      if (strange) return refuse('unknown', { id: strange.request }, 'decisions');
      if (decisions.length < counting.length)
        return refuse('decide-all', { missing: counting.length - decisions.length }, 'decisions');
      const least = procedureOf(draft.description.procedure).leastCandidates;
      const invited = decisions.filter(({ verdict }) => verdict === 'invited');
      if (invited.length === 0) return refuse('nobody-invited', {}, 'decisions');
      if (least && invited.length < least.count && decisions.some(({ verdict }) => verdict === 'not-selected'))
        return refuse('too-few-candidates', { count: least.count, source: least.source }, 'decisions');
      const set = timesFor(draft, 'tender', times, context);
      if (isRefusal(set)) return set;
      for (const { request, verdict, reason: why } of decisions) {
        const found = counting.find((one) => one.id === request);
        if (found) found.decision = { verdict, reason: why, ...madeBy(context) };
      }
      const chosen = new Set(invited.map(({ request }) => request));
      draft.invited = counting.filter((one) => chosen.has(one.id)).map(({ supplier }) => supplier);
      draft.notice = { ...current, stage: 'tender', from: context.at, ...set };
      return { events: [{ type: 'candidates.decided', ids: { invited: invited.length, of: counting.length } }] };
    },
  }),
  /**
   * An offer is taken at any hour: after the closing it is recorded as late, and neither opened nor counted. One in time takes the place of
   * the supplier's earlier one for that lot.
   */
  'offer.submit': command({
    input: z.strictObject({ id, lot: id, invitation: id.nullable(), hashes, bytes: z.int().min(1), demand: sha256 }),
    states: ['published', 'closed', 'opened', 'evaluated', 'awarded'],
    action: 'offer.submit',
    decide(draft, input, context) {
      const { supplier } = context.by;
      if (!supplier) return refuse('not-permitted');
      if (draft.notice?.stage !== 'tender') return refuse('candidates-first');
      if (draft.invited && !draft.invited.includes(supplier)) return refuse('not-invited');
      if (draft.offers.some((one) => one.id === input.id)) return refuse('twice', { id: input.id }, 'id');
      if (!openLots(draft).some((one) => one.id === input.lot)) return refuse('unknown', { id: input.lot }, 'lot');
      const late = draft.state !== 'published' || hasPassed(context, draft.notice.closing);
      if (!late && input.demand !== draft.demand?.hash) return refuse('demand-changed', {}, 'demand');
      const earlier = countingOffers(draft, input.lot).filter((one) => one.supplier === supplier);
      if (!late) for (const one of earlier) one.replacedBy = input.id;
      draft.offers.push({
        ...input,
        supplier,
        round: draft.round,
        ...arrived(context),
        late,
        replacedBy: null,
        withdrawn: null,
        opened: null,
        price: null,
        extended: [],
      });
      const type = late ? 'offer.late' : 'offer.submitted';
      return { events: [{ type, ids: { offer: input.id, lot: input.lot }, hashes: input.hashes }] };
    },
  }),
  'offer.withdraw': command({
    input: z.strictObject({ offer: id }),
    states: ['published'],
    action: 'offer.submit',
    decide(draft, { offer }, context) {
      const found = countingOffers(draft).find((one) => one.id === offer && one.supplier === context.by.supplier);
      if (!found || !draft.notice) return refuse('unknown', { id: offer }, 'offer');
      if (hasPassed(context, draft.notice.closing)) return refuse('closing-passed');
      found.withdrawn = context.at;
      return { events: [{ type: 'offer.withdrawn', ids: { offer } }] };
    },
  }),
  /**
   * Made by each person before they come near an offer, once the bidders are known; a conflict whenever it is found. One that was declared
   * stays.
   */
  'conflict.declare': command({
    input: z.strictObject({
      lots: z.array(id).min(1).max(100).nullable(),
      conflict: z.boolean(),
      note,
    }),
    states: ['published', 'closed', 'opened', 'evaluated', 'awarded', 'contracted'],
    action: 'conflict.declare',
    decide(draft, input, context) {
      if (!input.conflict && !biddersKnown(draft, context.received ?? context.at)) return refuse('bidders-unknown');
      const strange = input.lots?.find((one) => !draft.lots.some((lot) => lot.id === one));
      if (strange !== undefined) return refuse('unknown', { id: strange }, 'lots');
      draft.declarations.push({ person: context.by.id, ...input, at: context.at });
      return { events: [{ type: 'conflict.declared', ids: { conflict: Number(input.conflict) } }] };
    },
  }),
};

/** When something came in: by the clock as it stood, and by the purchase's own time. */
const arrived = ({ at, received = at }: Context): { at: string; recorded: string } => ({ at: received, recorded: at });
