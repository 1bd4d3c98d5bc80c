import { z } from 'zod';
import { command, hasPassed, madeBy } from '../command.ts';
import { id, localTime, reason } from '../fields.ts';
import { countingOffers, evaluatorsOf, lastApproval, linesOfLot, openLots } from '../guards.ts';
import { procedureOf } from '../procedures.ts';
import { type Notice, notice, type Purchase } from '../purchase/purchase.ts';
import { isRefusal, type Refusal, refuse } from '../refusal.ts';
import { settle } from './award.ts';
import { keysFault } from './keys.ts';
import { minute, timesFor } from './timing.ts';

/** The notice and its end. */
export const publicationCommands = {
  'purchase.publish': command({
    input: z.strictObject({
      closing: localTime,
      questionsUntil: localTime,
      opening: localTime,
      validityDays: notice.shape.validityDays,
      keys: notice.shape.keys,
    }),
    states: ['specified'],
    action: 'publish',
    decide(draft, { validityDays, keys, ...times }, context) {
      const fault = readyFault(draft, keys);
      if (fault) return fault;
      const stage = procedureOf(draft.description.procedure).stages[0] ?? 'tender';
      const set = timesFor(draft, stage, times, context);
      if (isRefusal(set)) return set;
      draft.notice = { sent: context.at, stage, from: context.at, ...set, validityDays, keys };
      rememberDemand(draft, context.at);
      draft.state = 'published';
      return {
        events: [{ type: 'purchase.published', ids: { stage }, hashes: draft.demand ? [draft.demand.hash] : [] }],
      };
    },
  }),
  'purchase.close': command({
    input: z.strictObject({}),
    states: ['published'],
    action: 'purchase.close',
    decide(draft, _, context) {
      if (!draft.notice) return refuse('not-published');
      if (draft.notice.stage !== 'tender') return refuse('candidates-first');
      if (!hasPassed(context, draft.notice.closing))
        return refuse('still-open', { until: minute(draft.notice.closing.local) });
      draft.state = 'closed';
      return {
        events: [{ type: 'purchase.closed', ids: { offers: countingOffers(draft).length, round: draft.round } }],
      };
    },
  }),
  'lot.cancel': command({
    input: z.strictObject({ lot: id, reason }),
    states: ['published', 'closed', 'opened', 'evaluated'],
    action: 'purchase.stop',
    decide(draft, { lot, reason: why }, context) {
      const open = openLots(draft);
      if (!open.some((one) => one.id === lot)) return refuse('unknown', { id: lot }, 'lot');
      if (open.length === 1) return refuse('last-lot', {}, 'lot');
      if (draft.awards.some((one) => one.lot === lot && !one.withdrawn))
        return refuse('already-awarded', { lot }, 'lot');
      draft.cancelled.push({ lot, reason: why, ...madeBy(context) });
      if (draft.state === 'evaluated') settle(draft);
      return { events: [{ type: 'lot.cancelled', ids: { lot } }] };
    },
  }),
  'purchase.stop': command({
    input: z.strictObject({ reason }),
    states: ['drafted', 'specified', 'published', 'closed', 'opened', 'evaluated', 'awarded'],
    action: 'purchase.stop',
    decide(draft, { reason: why }, context) {
      if (draft.contracts.length > 0) return refuse('already-signed');
      draft.stopped = { reason: why, from: draft.state, ...madeBy(context) };
      draft.state = 'stopped';
      return { events: [{ type: 'purchase.stopped', ids: { from: draft.stopped.from } }] };
    },
  }),
};

/**
 * Null where both legal and security stand behind a demand: the last word of each since the purchase was specified is a yes, from two people,
 * neither of them `author`.
 */
export function approvalFault(purchase: Purchase, hash: string, author: string | null): Refusal | null {
  const people = new Set<string>();
  for (const as of ['legal', 'security'] as const) {
    const last = lastApproval(purchase, as, hash);
    if (last?.verdict !== 'approved') return refuse('approval-missing', {}, as);
    if (last.by === author) return refuse('own-work', {}, as);
    people.add(last.by);
  }
  return people.size < 2 ? refuse('two-approvers') : null;
}

/** What keeps a specified purchase from being published. */
function readyFault(draft: Purchase, keys: Notice['keys']): Refusal | null {
  const fault = approvalFault(draft, draft.demand?.hash ?? '', null);
  if (fault) return fault;
  if (draft.openers.length < 2) return refuse('two-openers');
  const lot = draft.lots.find((one) => evaluatorsOf(draft, one.id).length < 2);
  if (lot) return refuse('two-evaluators', { lot: lot.id });
  return keysFault(draft, keys);
}

/** Keeps what is asked in each lot from `at` on, for the offers that answer it. */
export function rememberDemand(draft: Purchase, at: string): void {
  const { demand, demands, lots } = draft;
  if (!demand) return;
  const asked = lots.map(({ id: own }) => ({ id: own, requirements: linesOfLot(draft, own).map((one) => one.id) }));
  demands.push({ version: demand.version, hash: demand.hash, at, lots: asked });
}
