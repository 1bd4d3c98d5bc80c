import {
  currentAward,
  evaluatorsOf,
  hasDeclared,
  isBarred,
  isFrozen,
  isRevealed,
  may,
  openLots,
  type Purchase,
} from '@proviso/procurement';
import type { Actor } from '../http/route.ts';

/** What somebody is waited for: ids of messages of the home page. */
export type Waiting =
  | 'specify'
  | 'approve-legal'
  | 'approve-security'
  | 'publish'
  | 'answer-question'
  | 'declare-conflict'
  | 'attend-opening'
  | 'score'
  | 'agree'
  | 'freeze'
  | 'award'
  | 'notify-bidders'
  | 'sign'
  | 'obligation'
  | 'waiver';

/** What waits for a person in one purchase, with the moment by which, where there is one. Pure. */
export function waitingFor(
  purchase: Purchase,
  { id, roles }: Pick<Actor, 'id' | 'roles'>,
  at: string,
): { what: Waiting; due: string | null }[] {
  const found: { what: Waiting; due: string | null }[] = [];
  const add = (what: Waiting, due: string | null = null): void => void found.push({ what, due });
  const can = (action: Parameters<typeof may>[1]): boolean => may(roles, action);
  const { state, notice } = purchase;
  const closing = notice?.closing.instant ?? null;
  const opening = notice?.opening.instant ?? null;

  if (state === 'drafted' && purchase.demand && purchase.plan && can('purchase.edit')) add('specify');
  if (state === 'specified') {
    for (const as of ['legal', 'security'] as const)
      if (roles.includes(as) && purchase.demand?.by !== id && !isApproved(purchase, as)) add(`approve-${as}`);
    if (can('publish') && isApproved(purchase, 'legal') && isApproved(purchase, 'security')) add('publish');
  }
  if (state === 'published' && can('question.answer'))
    for (const question of purchase.questions) if (!question.answer) add('answer-question', closing);
  if (['closed', 'opened'].includes(state) && takesPart(purchase, id) && !hasDeclared(purchase, id, null))
    add('declare-conflict', opening);
  if (isBarred(purchase, id, null)) return found;
  if (state === 'closed' && purchase.openers.includes(id) && !isPresent(purchase, 'quality', id))
    add('attend-opening', opening);
  if (state === 'opened') {
    const open = openLots(purchase);
    for (const lot of open) {
      if (!evaluatorsOf(purchase, lot.id).includes(id) || isFrozen(purchase, lot.id)) continue;
      const done = purchase.evaluation.finished.some((one) => one.evaluator === id && one.lot === lot.id);
      if (!done) add('score');
      else if (isRevealed(purchase, lot.id)) add('agree');
    }
    if (can('quality.freeze') && open.some((lot) => isRevealed(purchase, lot.id) && !isFrozen(purchase, lot.id)))
      add('freeze');
    const frozen = open.every((lot) => isFrozen(purchase, lot.id));
    if (frozen && purchase.plan?.priceApart && purchase.openers.includes(id) && !isPresent(purchase, 'price', id))
      add('attend-opening');
  }
  if (state === 'evaluated' && can('award.decide')) add('award');
  if (state === 'awarded' && can('contract.sign'))
    for (const lot of openLots(purchase)) {
      const award = currentAward(purchase, lot.id);
      if (award && !award.standstill) add('notify-bidders');
      else if (award?.standstill && award.standstill.end.instant < at) add('sign');
    }
  for (const obligation of purchase.obligations)
    if (state === 'contracted' && obligation.owner === id && obligation.state === 'open')
      add('obligation', `${obligation.due}T00:00:00Z`);
  return found;
}

function isApproved({ approvals, demand, specified }: Purchase, as: 'legal' | 'security'): boolean {
  const last = approvals.findLast((one) => one.as === as && one.demand === demand?.hash);
  return last?.verdict === 'approved' && specified !== null && last.at >= specified.at;
}

const takesPart = ({ openers, evaluators }: Purchase, person: string): boolean =>
  openers.includes(person) || evaluators.some((one) => one.person === person);

const isPresent = ({ openings, round }: Purchase, part: 'quality' | 'price', person: string): boolean =>
  openings.some(
    (one) =>
      one.part === part && one.round === round && (one.done !== null || one.present.some((p) => p.person === person)),
  );
