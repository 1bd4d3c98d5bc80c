import { z } from 'zod';
import { command, madeBy } from '../command.ts';
import { amount, id, note, reason, sha256 } from '../fields.ts';
import { nextDue } from '../obligations.ts';
import type { State } from '../purchase/purchase.ts';
import { refuse } from '../refusal.ts';
import { dayIn } from '../time/deadline.ts';

/** From the first signature of a lot on; what is due on the last day can be shown after it. */
const SIGNED: readonly State[] = ['evaluated', 'awarded', 'contracted', 'ended'];

/** While the contract runs. */
export const contractCommands = {
  /** `met` keeps a recurring obligation open for its next day; a waived one stays in the list, with the reason. */
  'obligation.update': command({
    input: z.strictObject({
      obligation: id,
      state: z.enum(['open', 'met', 'waived']),
      evidence: sha256.nullable(),
      reason: note,
    }),
    states: SIGNED,
    action: 'contract.manage',
    decide(draft, input, context) {
      const found = draft.obligations.find((one) => one.id === input.obligation);
      if (!found) return refuse('unknown', { id: input.obligation }, 'obligation');
      if (input.state === 'met' && input.evidence === null && input.reason.length < 3)
        return refuse('evidence-or-reason', {}, 'evidence');
      if (input.state !== 'met' && input.reason.length < 3) return refuse('reason-needed', {}, 'reason');
      const { state, evidence, reason: why } = input;
      found.history.push({ state, due: found.due, evidence, reason: why, ...madeBy(context) });
      const end = draft.contracts.find((one) => one.lot === found.lot && one.offer === found.offer)?.to ?? found.due;
      const next = state === 'met' && found.every && found.due < end ? nextDue(found.due, found.every, end) : null;
      if (next !== null) found.due = next;
      found.state = next === null ? state : 'open';
      return {
        events: [
          { type: 'obligation.updated', ids: { obligation: found.id, state }, hashes: evidence ? [evidence] : [] },
        ],
      };
    },
  }),
  'obligation.assign': command({
    input: z.strictObject({ obligation: id, owner: id }),
    states: SIGNED,
    action: 'contract.manage',
    decide(draft, { obligation, owner }, context) {
      const found = draft.obligations.find((one) => one.id === obligation);
      if (!found) return refuse('unknown', { id: obligation }, 'obligation');
      found.history.push({
        state: 'assigned',
        due: found.due,
        evidence: null,
        reason: `${found.owner} > ${owner}`,
        ...madeBy(context),
      });
      found.owner = owner;
      return { events: [{ type: 'obligation.assigned', ids: { obligation } }] };
    },
  }),
  /** Makes room for a call-off under a framework; the call-off is a purchase of its own (`createPurchase`). */
  'call-off.start': command({
    input: z.strictObject({ purchase: id, lot: id, value: amount }),
    states: ['contracted'],
    action: 'purchase.create',
    decide(draft, { purchase, lot, value }, context) {
      if (draft.description.procedure !== 'framework') return refuse('no-framework');
      if (draft.callOffs.some((one) => one.purchase === purchase)) return refuse('twice', { id: purchase }, 'purchase');
      const contracts = draft.contracts.filter((one) => one.lot === lot);
      if (contracts.length === 0) return refuse('unknown', { id: lot }, 'lot');
      const day = dayIn(context.at, draft.description.zone);
      if (!contracts.some(({ from, to }) => from <= day && day <= to)) return refuse('framework-over');
      const { ceiling } = draft.description;
      const total = draft.callOffs.reduce((sum, one) => sum + one.value, value);
      // The most that may be called off must be known beforehand: Court of Justice, C-23/20, Simonsen & Weel.
      if (ceiling !== null && total > ceiling)
        return refuse('over-ceiling', { left: ceiling - total + value }, 'value');
      draft.callOffs.push({ purchase, lot, value, ...madeBy(context) });
      return { events: [{ type: 'call-off.started', ids: { purchase, lot } }] };
    },
  }),
  'contract.end': command({
    input: z.strictObject({ reason }),
    states: ['contracted'],
    action: 'contract.sign',
    decide(draft, { reason: why }, context) {
      draft.ended = { reason: why, ...madeBy(context) };
      draft.state = 'ended';
      return {
        events: [
          { type: 'purchase.ended', ids: { open: draft.obligations.filter((one) => one.state === 'open').length } },
        ],
      };
    },
  }),
};
