import { z } from 'zod';
import { command, hasPassed, madeBy } from '../command.ts';
import { id, localTime, reason, requirementId, sha256, text } from '../fields.ts';
import { SIGNIFICANCE } from '../procedures.ts';
import { demandLine } from '../purchase/demand.ts';
import { type Plan, plan } from '../purchase/evaluation.ts';
import type { Purchase } from '../purchase/purchase.ts';
import { isRefusal, type Refusal, refuse } from '../refusal.ts';
import { doubled } from './checks.ts';
import { demandFault, draftFault, planFault } from './draft.ts';
import { extend } from './extend.ts';
import { approvalFault, rememberDemand } from './publication.ts';
import { closingAfterChange } from './timing.ts';

/** Which requirements a lot is judged by from now on; lots that are not named stay, and none comes or goes. */
const lots = z
  .array(z.strictObject({ id, requirements: z.array(requirementId).min(1).max(1000).nullable() }))
  .min(1)
  .max(100);

type Changed = Purchase['corrigenda'][number]['changed'];

/** What corrects the notice. Everything that it changes stands in it, before and after. */
export const corrigendumCommands = {
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
      lots: lots.nullable().optional(),
      /** Changes elsewhere in the papers, in the buyer's words. */
      changed: z.array(z.strictObject({ what: text(1, 80), from: text(0, 400), to: text(0, 400) })).max(100),
    }),
    states: ['published'],
    action: 'corrigendum',
    decide(draft, input, context) {
      const current = draft.notice;
      if (!current) return refuse('not-published');
      if (draft.corrigenda.some((one) => one.id === input.id)) return refuse('twice', { id: input.id }, 'id');
      if (hasPassed(context, current.closing)) return refuse('closing-passed');
      const weighty = input.demand !== null || input.plan !== null || Boolean(input.lots);
      if (!weighty && input.closing === null && input.changed.length === 0) return refuse('nothing-changes');
      if (input.significance === 'minor' && weighty) return refuse('not-minor', {}, 'significance');
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
        const fault = planFault(input.plan) ?? planChangeFault(draft.plan, input.plan);
        if (fault) return fault;
        changed.push({ what: 'plan', from: planText(draft.plan), to: planText(input.plan) });
        draft.plan = input.plan;
      }
      const fault = changeLots(draft, input.lots ?? [], changed) ?? draftFault(draft);
      if (fault) return fault;
      if (input.demand || input.lots) rememberDemand(draft, context.at);
      const least = closingAfterChange(draft, current, input.significance, context);
      const moved = extend(draft, current, input.closing, least, context);
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
};

/** Offers are sealed to the parts that were published, and "not applicable" is not allowed after suppliers could have counted on it. */
function planChangeFault(before: Purchase['plan'], after: Plan): Refusal | null {
  if (before?.priceApart !== after.priceApart) return refuse('price-apart-fixed', {}, 'priceApart');
  const added = after.notApplicable.find((one) => !before?.notApplicable.includes(one));
  return added === undefined ? null : refuse('not-applicable-not-allowed', { requirement: added }, 'notApplicable');
}

function changeLots(draft: Purchase, given: z.output<typeof lots>, changed: Changed): Refusal | null {
  const twice = doubled(given.map((one) => one.id));
  if (twice !== null) return refuse('twice', { id: twice }, 'lots');
  for (const { id: own, requirements } of given) {
    const found = draft.lots.find((one) => one.id === own);
    if (!found) return refuse('unknown', { id: own }, 'lots');
    changed.push({ what: `lot ${own}`, from: listText(found.requirements), to: listText(requirements) });
    found.requirements = requirements;
  }
  return null;
}

/** The whole plan, its members in one order, so that two texts differ only where the plans do. */
function planText(one: Purchase['plan']): string {
  if (!one) return '';
  const { criteria, tieBreak, notApplicable, priceApart } = one;
  const inOrder = criteria.map((own) => ({
    id: own.id,
    kind: own.kind,
    weight: own.weight,
    ...('formula' in own ? { formula: own.formula } : {}),
  }));
  return JSON.stringify({ criteria: inOrder, tieBreak, notApplicable, priceApart });
}

const listText = (one: readonly string[] | null): string => one?.join(' ') ?? '*';
