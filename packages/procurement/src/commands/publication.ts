import { z } from 'zod';
import { type Context, command, madeBy } from '../command.ts';
import { id, localTime, reason, sha256 } from '../fields.ts';
import { countingOffers, evaluatorsOf, openLots } from '../guards.ts';
import { procedureOf, SIGNIFICANCE } from '../procedures.ts';
import { demandLine } from '../purchase/demand.ts';
import { plan } from '../purchase/evaluation.ts';
import { type Notice, notice, type Purchase } from '../purchase/purchase.ts';
import { isRefusal, type Refusal, refuse } from '../refusal.ts';
import { compareInstants, type Deadline, deadlineAt, deadlineOf, isLate } from '../time/deadline.ts';
import { leavesPeriod } from '../time/period.ts';
import { settle } from './award.ts';
import { localFault } from './checks.ts';
import { demandFault, draftFault, planFault } from './draft.ts';
import { answersBy, closingAfterChange, minute, timesFor } from './timing.ts';

/** The notice, what corrects it, and its end. */
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
      draft.state = 'published';
      return {
        events: [{ type: 'purchase.published', ids: { stage }, hashes: draft.demand ? [draft.demand.hash] : [] }],
      };
    },
  }),
  'corrigendum.publish': command({
    input: z.strictObject({
      id,
      significance: z.enum(SIGNIFICANCE),
      reason,
      closing: localTime.nullable(),
      demand: z
        .strictObject({ version: z.int().min(1), hash: sha256, lines: z.array(demandLine).min(1).max(1000) })
        .nullable(),
      plan: plan.nullable(),
      /** Changes elsewhere in the papers, in the buyer's words. */
      changed: z
        .array(
          z.strictObject({
            what: z.string().trim().min(1).max(80),
            from: z.string().max(400),
            to: z.string().max(400),
          }),
        )
        .max(100),
    }),
    states: ['published'],
    action: 'corrigendum',
    decide(draft, input, context) {
      const current = draft.notice;
      if (!current) return refuse('not-published');
      if (draft.corrigenda.some((one) => one.id === input.id)) return refuse('twice', { id: input.id }, 'id');
      if (isLate(context.at, current.closing)) return refuse('closing-passed');
      if (!input.demand && !input.plan && input.closing === null && input.changed.length === 0)
        return refuse('nothing-changes');
      if (input.significance === 'minor' && (input.demand || input.plan))
        return refuse('not-minor', {}, 'significance');
      const changed = [...input.changed];
      let removed: string[] = [];
      if (input.demand) {
        const fault = demandFault(draft, input.demand) ?? approvalFault(draft, input.demand.hash, context.by.id);
        if (fault) return fault;
        const kept = new Set(input.demand.lines.map((one) => one.id));
        removed = (draft.demand?.lines ?? []).map((one) => one.id).filter((one) => !kept.has(one));
        changed.push({ what: 'demand', from: draft.demand?.hash ?? '', to: input.demand.hash });
        draft.demand = { ...input.demand, ...madeBy(context) };
      }
      if (input.plan) {
        const fault = planFault(input.plan);
        if (fault) return fault;
        changed.push({
          what: 'plan',
          from: JSON.stringify(weights(draft.plan)),
          to: JSON.stringify(weights(input.plan)),
        });
        draft.plan = input.plan;
      }
      const fault = draftFault(draft);
      if (fault) return fault;
      const moved = extend(
        draft,
        current,
        input.closing,
        closingAfterChange(draft, current, input.significance, context),
        context,
      );
      if (isRefusal(moved)) return moved;
      const { significance, reason: why } = input;
      draft.corrigenda.push({
        id: input.id,
        significance,
        reason: why,
        changed,
        removed,
        closing: moved,
        ...madeBy(context),
      });
      return {
        events: [
          {
            type: 'corrigendum.published',
            ids: { corrigendum: input.id },
            hashes: input.demand ? [input.demand.hash] : [],
          },
        ],
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
      if (!isLate(context.at, draft.notice.closing))
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
function approvalFault({ approvals, specified }: Purchase, hash: string, author: string | null): Refusal | null {
  const people = new Set<string>();
  for (const as of ['legal', 'security'] as const) {
    const last = approvals
      .filter((one) => one.as === as && one.demand === hash)
      .filter(({ at }) => specified !== null && compareInstants(at, specified.at) >= 0)
      .at(-1);
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
  const parts = keys.map(({ part }) => part);
  const wanted = draft.plan?.priceApart ? ['quality', 'price'] : ['quality'];
  if (wanted.some((one) => !parts.some((part) => part === one)) || parts.length !== wanted.length)
    return refuse('keys-needed', { parts: wanted.join(', ') }, 'keys');
  return null;
}

/**
 * Moves the closing of a notice, and the opening with it; questions keep the same distance where they were open still. Changes nothing where
 * the present closing leaves enough.
 */
export function extend(
  draft: Purchase,
  current: Notice,
  closing: string | null,
  least: Deadline,
  context: Context,
): { from: Deadline; to: Deadline } | null | Refusal {
  const { zone } = draft.description;
  const earliest = { earliest: minute(least.local) };
  if (closing === null)
    return leavesPeriod(current.closing, least) ? null : refuse('extension-needed', earliest, 'closing');
  const fault = localFault(closing, zone, 'closing');
  if (fault) return fault;
  const to = deadlineAt(closing, zone);
  if (compareInstants(to.instant, current.closing.instant) < 0)
    return refuse('never-shorter', { from: minute(current.closing.local) }, 'closing');
  if (!leavesPeriod(to, least)) return refuse('extension-needed', earliest, 'closing');
  const by = Date.parse(to.instant) - Date.parse(current.closing.instant);
  const opening = deadlineOf(new Date(Date.parse(current.opening.instant) + by).toISOString(), zone);
  const asked = isLate(context.at, current.questionsUntil) ? current.questionsUntil : answersBy(draft, to);
  const questionsUntil =
    compareInstants(asked.instant, current.questionsUntil.instant) > 0 ? asked : current.questionsUntil;
  draft.notice = { ...current, closing: to, opening, questionsUntil };
  return { from: current.closing, to };
}

const weights = (one: Purchase['plan']): [string, number][] =>
  (one?.criteria ?? []).map(({ id: own, weight }) => [own, weight]);
