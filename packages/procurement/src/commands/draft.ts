import { z } from 'zod';
import { command, hasPassed, madeBy } from '../command.ts';
import { id, localTime, note, reason, requirementId, sha256, words } from '../fields.ts';
import { evaluatorsOf, isBarred, isRevealed } from '../guards.ts';
import { procedureOf } from '../procedures.ts';
import { demandLine } from '../purchase/demand.ts';
import { plan } from '../purchase/evaluation.ts';
import { description, lot, type Purchase } from '../purchase/purchase.ts';
import { type Refusal, refuse } from '../refusal.ts';
import { deadlineAt, isZone } from '../time/deadline.ts';
import { doubled, localFault } from './checks.ts';

/** Before publication: what is bought, what is asked, how offers are compared, and who takes part. */
export const draftCommands = {
  'purchase.describe': command({
    input: description,
    states: ['drafted'],
    action: 'purchase.edit',
    decide(draft, input) {
      const fault = descriptionFault(input, draft.framework !== null) ?? lotsFault(draft.lots, input.procedure);
      if (fault) return fault;
      draft.description = input;
      return { events: [{ type: 'purchase.described' }] };
    },
  }),
  'lots.set': command({
    input: z.strictObject({ lots: z.array(lot).min(1).max(100) }),
    states: ['drafted'],
    action: 'purchase.edit',
    decide(draft, { lots }) {
      const fault = lotsFault(lots, draft.description.procedure);
      if (fault) return fault;
      draft.lots = lots;
      return { events: [{ type: 'lots.set', ids: { count: lots.length } }] };
    },
  }),
  'demand.set': command({
    input: z.strictObject({ version: z.int().min(1), hash: sha256, lines: z.array(demandLine).min(1).max(1000) }),
    states: ['drafted'],
    action: 'demand.edit',
    decide(draft, input, context) {
      const fault = demandFault(draft, input);
      if (fault) return fault;
      draft.demand = { ...input, ...madeBy(context) };
      return { events: [{ type: 'demand.set', ids: { version: input.version }, hashes: [input.hash] }] };
    },
  }),
  'plan.set': command({
    input: plan,
    states: ['drafted'],
    action: 'purchase.edit',
    decide(draft, input) {
      const fault = planFault(input);
      if (fault) return fault;
      draft.plan = input;
      return { events: [{ type: 'plan.set' }] };
    },
  }),
  'openers.name': command({
    input: z.strictObject({ openers: z.array(id).max(20), recovery: id.nullable() }),
    states: ['drafted', 'specified'],
    action: 'team.name',
    decide(draft, { openers, recovery }) {
      const twice = doubled(recovery === null ? openers : [...openers, recovery]);
      if (twice !== null) return refuse('twice', { id: twice }, 'openers');
      if (openers.length < 2) return refuse('two-openers', {}, 'openers');
      draft.openers = openers;
      draft.recovery = recovery;
      return { events: [{ type: 'openers.named', ids: { count: openers.length } }] };
    },
  }),
  'evaluators.name': command({
    input: z.strictObject({
      evaluators: z.array(z.strictObject({ person: id, lots: z.array(id).min(1).nullable() })).max(50),
    }),
    states: ['drafted', 'specified', 'published', 'closed', 'opened'],
    action: 'team.name',
    decide(draft, { evaluators }, context) {
      const twice = doubled(evaluators.map(({ person }) => person));
      if (twice !== null) return refuse('twice', { id: twice }, 'evaluators');
      for (const { id: lotId } of draft.lots) {
        const named = (list: Purchase['evaluators']): string[] =>
          list.filter(({ lots }) => lots === null || lots.includes(lotId)).map(({ person }) => person);
        const [before, after] = [named(draft.evaluators), named(evaluators)];
        if (after.length < 2) return refuse('two-evaluators', { lot: lotId }, 'evaluators');
        const same = before.length === after.length && before.every((one) => after.includes(one));
        if (!same && isBarred(draft, context.by.id, lotId)) return refuse('conflict-declared', {}, lotId);
        const gone = draft.evaluation.finished.find((one) => one.lot === lotId && !after.includes(one.evaluator));
        if (gone) return refuse('evaluator-finished', { person: gone.evaluator, lot: lotId }, 'evaluators');
        // Only where conflicts have left fewer than two: nobody else could then agree on a score.
        const enough = evaluatorsOf(draft, lotId).length >= 2;
        if (isRevealed(draft, lotId) && enough && after.some((one) => !before.includes(one)))
          return refuse('scores-revealed', { lot: lotId }, 'evaluators');
      }
      draft.evaluators = evaluators;
      return { events: [{ type: 'evaluators.named', ids: { count: evaluators.length } }] };
    },
  }),
  'consultation.open': command({
    input: z.strictObject({ id, until: localTime }),
    states: ['drafted'],
    action: 'consultation.manage',
    decide(draft, { id: own, until }, context) {
      if (draft.consultations.some((one) => one.id === own)) return refuse('twice', { id: own }, 'id');
      const fault = localFault(until, draft.description.zone, 'until');
      if (fault) return fault;
      const end = deadlineAt(until, draft.description.zone);
      if (hasPassed(context, end)) return refuse('in-the-past', { local: until }, 'until');
      const hash = draft.demand?.hash ?? null;
      draft.consultations.push({ id: own, until: end, demand: hash, answers: [], outcome: null, ...madeBy(context) });
      return { events: [{ type: 'consultation.opened', ids: { consultation: own }, hashes: hash ? [hash] : [] }] };
    },
  }),
  'consultation.answer': command({
    input: z.strictObject({ consultation: id, id, hash: sha256 }),
    states: ['drafted'],
    action: 'consultation.answer',
    decide(draft, { consultation, id: own, hash }, context) {
      const found = draft.consultations.find((one) => one.id === consultation);
      if (!found) return refuse('unknown', { id: consultation }, 'consultation');
      if (!context.by.supplier) return refuse('not-permitted');
      if (found.outcome || hasPassed(context, found.until)) return refuse('consultation-over', {}, 'consultation');
      if (found.answers.some((one) => one.id === own)) return refuse('twice', { id: own }, 'id');
      found.answers.push({ id: own, supplier: context.by.supplier, hash, at: context.at });
      return { events: [{ type: 'consultation.answered', ids: { consultation, answer: own }, hashes: [hash] }] };
    },
  }),
  'consultation.close': command({
    input: z.strictObject({ consultation: id, summary: words, changed: z.array(requirementId).max(1000) }),
    states: ['drafted'],
    action: 'consultation.manage',
    decide(draft, { consultation, summary, changed }, context) {
      const found = draft.consultations.find((one) => one.id === consultation);
      if (!found) return refuse('unknown', { id: consultation }, 'consultation');
      if (found.outcome) return refuse('consultation-over', {}, 'consultation');
      found.outcome = { summary, changed, ...madeBy(context) };
      return { events: [{ type: 'consultation.closed', ids: { consultation } }] };
    },
  }),
  'purchase.specify': command({
    input: z.strictObject({}),
    states: ['drafted'],
    action: 'demand.edit',
    decide(draft, _, context) {
      if (!draft.demand) return refuse('no-demand');
      if (!draft.plan) return refuse('no-plan');
      const fault = lotsFault(draft.lots, draft.description.procedure) ?? draftFault(draft);
      if (fault) return fault;
      const open = draft.consultations.find(({ outcome }) => outcome === null);
      if (open) return refuse('consultation-open', { id: open.id });
      draft.state = 'specified';
      draft.specified = { count: draft.reopened.length + 1, ...madeBy(context) };
      return { events: [{ type: 'purchase.specified', hashes: [draft.demand.hash] }] };
    },
  }),
  'purchase.reopen': command({
    input: z.strictObject({ reason }),
    states: ['specified'],
    action: 'demand.edit',
    decide(draft, { reason: why }, context) {
      draft.state = 'drafted';
      draft.specified = null;
      draft.reopened.push({ reason: why, ...madeBy(context) });
      return { events: [{ type: 'purchase.reopened' }] };
    },
  }),
  'demand.approve': command({
    input: z.strictObject({
      as: z.enum(['legal', 'security']),
      verdict: z.enum(['approved', 'objected']),
      demand: sha256,
      reason: note,
    }),
    states: ['specified', 'published'],
    action: 'demand.approve',
    decide(draft, input, context) {
      if (!context.by.roles.includes(input.as)) return refuse('not-permitted', {}, 'as');
      // After publication it is a demand to come, for a corrigendum.
      const current = input.demand === draft.demand?.hash;
      if (draft.state === 'specified' && !current) return refuse('demand-changed', {}, 'demand');
      if (current && draft.demand?.by === context.by.id) return refuse('own-work', {}, 'as');
      if (input.verdict === 'objected' && input.reason === '') return refuse('reason-needed', {}, 'reason');
      draft.approvals.push({ ...input, specified: draft.specified?.count ?? 1, ...madeBy(context) });
      const type = input.verdict === 'approved' ? 'demand.approved' : 'demand.objected';
      return { events: [{ type, ids: { as: input.as }, hashes: [input.demand] }] };
    },
  }),
};

/** What is wrong with a description; also asked when a purchase is made. */
export function descriptionFault(input: Purchase['description'], callOff: boolean): Refusal | null {
  if (!isZone(input.zone)) return refuse('unknown-zone', { zone: input.zone }, 'zone');
  if ((input.procedure === 'call-off') !== callOff) return refuse('call-off-of-framework', {}, 'procedure');
  const most = procedureOf(input.procedure).mostMonths;
  if (most && input.contractMonths > most.count && input.longTerm === null)
    return refuse('framework-too-long', { months: most.count }, 'contractMonths');
  return null;
}

/** What is wrong with lots by themselves; also asked when a purchase is made, and when it becomes one of another procedure. */
export function lotsFault(lots: Purchase['lots'], procedure: Purchase['description']['procedure']): Refusal | null {
  const twice = doubled(lots.map((one) => one.id));
  if (twice !== null) return refuse('twice', { id: twice }, 'lots');
  if (procedure !== 'framework' && lots.some(({ winners }) => winners > 1)) return refuse('one-winner', {}, 'lots');
  return null;
}

/** What is wrong with a new version of the demand. */
export function demandFault(
  { demand }: Purchase,
  { version, lines }: { version: number; lines: { id: string }[] },
): Refusal | null {
  const twice = doubled(lines.map((one) => one.id));
  if (twice !== null) return refuse('twice', { id: twice }, 'lines');
  if (demand && version <= demand.version) return refuse('older-version', { version: demand.version }, 'version');
  return null;
}

/** What is wrong with a plan by itself. */
export function planFault({ criteria, tieBreak, priceApart }: NonNullable<Purchase['plan']>): Refusal | null {
  const ids = criteria.map((one) => one.id);
  const twice = doubled(ids) ?? doubled(tieBreak);
  if (twice !== null) return refuse('twice', { id: twice }, 'criteria');
  const count = (kind: string): number => criteria.filter((one) => one.kind === kind).length;
  if (count('requirements') !== 1) return refuse('requirements-criterion', {}, 'criteria');
  if (count('price') > 1) return refuse('one-price', {}, 'criteria');
  if (priceApart && count('price') === 0) return refuse('price-apart-without-price', {}, 'priceApart');
  if (ids.includes('draw')) return refuse('unknown', { id: 'draw' }, 'criteria');
  const strange = tieBreak.find((one) => one !== 'draw' && !ids.includes(one));
  if (strange !== undefined) return refuse('unknown', { id: strange }, 'tieBreak');
  if (tieBreak.includes('draw') && tieBreak.at(-1) !== 'draw') return refuse('draw-last', {}, 'tieBreak');
  return null;
}

/** Do lots and plan name only what the demand holds, and does every requirement stand in a lot? */
export function draftFault({ demand, plan: planned, lots }: Purchase): Refusal | null {
  const lines = new Map((demand?.lines ?? []).map((one) => [one.id, one]));
  for (const { requirements } of lots)
    for (const one of requirements ?? [])
      if (!lines.has(one)) return refuse('not-demanded', { requirement: one }, 'lots');
  const somewhere = new Set(lots.flatMap(({ requirements }) => requirements ?? [...lines.keys()]));
  for (const one of lines.keys()) if (!somewhere.has(one)) return refuse('in-no-lot', { requirement: one }, 'lots');
  for (const one of planned?.notApplicable ?? [])
    if (!lines.has(one)) return refuse('not-demanded', { requirement: one }, 'notApplicable');
  return null;
}
