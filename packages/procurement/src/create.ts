import { z } from 'zod';
import { type Context, madeBy } from './command.ts';
import { descriptionFault, lotsFault } from './commands/draft.ts';
import type { Happened } from './events.ts';
import { id } from './fields.ts';
import { inputProblem } from './input-problem.ts';
import { may } from './permissions.ts';
import { emptyEvaluation } from './purchase/evaluation.ts';
import { description, lot, type Purchase } from './purchase/purchase.ts';
import { type Refusal, refuse } from './refusal.ts';

export const createInput = z.strictObject({ id, description, lots: z.array(lot).min(1).max(100).nullable() });

/**
 * A new purchase, drafted; one lot called `all` where none are named. A call-off is handed its framework, in which `call-off.start` has made
 * room for it: only the parties of that lot may bid.
 */
export function createPurchase(
  input: unknown,
  context: Omit<Context, 'calendar'>,
  framework: Purchase | null = null,
): { purchase: Purchase; events: Happened[] } | Refusal {
  if (!may(context.by.roles, 'purchase.create')) return refuse('not-permitted', { action: 'purchase.create' });
  const read = createInput.safeParse(input, { reportInput: true });
  if (!read.success) {
    const issue = read.error.issues[0];
    return refuse('bad-input', inputProblem(issue), issue?.path.join('.') ?? '');
  }
  const { id: own, description: about, lots } = read.data;
  const fault = descriptionFault(about, framework !== null) ?? lotsFault(lots ?? [], about.procedure);
  if (fault) return fault;
  const room = framework?.callOffs.find(({ purchase }) => purchase === own) ?? null;
  if (framework && !room) return refuse('call-off-of-framework', {}, 'id');
  const parties = (framework?.contracts ?? [])
    .filter((one) => one.lot === room?.lot)
    .map(({ offer }) => framework?.offers.find((one) => one.id === offer)?.supplier ?? '')
    .filter((one) => one !== '');
  const purchase: Purchase = {
    schema: 'proviso.purchase/1',
    id: own,
    version: 1,
    created: context.at,
    createdBy: context.by.id,
    updated: context.at,
    state: 'drafted',
    round: 1,
    description: about,
    framework: framework ? { purchase: framework.id, parties } : null,
    lots: lots ?? [{ id: 'all', title: about.title, requirements: null, winners: 1 }],
    cancelled: [],
    demand: null,
    demands: [],
    plan: null,
    openers: [],
    recovery: null,
    evaluators: [],
    consultations: [],
    specified: null,
    reopened: [],
    approvals: [],
    notice: null,
    corrigenda: [],
    questions: [],
    requests: [],
    invited: framework ? parties : null,
    offers: [],
    declarations: [],
    openings: [],
    deviations: [],
    evaluation: emptyEvaluation(),
    earlier: [],
    awards: [],
    contracts: [],
    obligations: [],
    dropped: [],
    callOffs: [],
    stopped: null,
    ended: null,
  };
  const { by, at } = madeBy({ ...context, calendar: () => false });
  return { purchase, events: [{ type: 'purchase.created', purchase: own, at, by, ids: {}, hashes: [] }] };
}
