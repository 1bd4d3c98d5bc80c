import {
  approvalFault,
  awaitsCandidates,
  countingOffers,
  currentAward,
  evaluatorsOf,
  hasDeclared,
  isBarred,
  isFrozen,
  isLate,
  isRevealed,
  lastApproval,
  may,
  openLots,
  type Purchase,
} from '@proviso/procurement';
import type { Actor } from '../http/route.ts';

/** What somebody is waited for: ids of messages of the home page. */
export type Waiting =
  | 'specify'
  | 'close-consultation'
  | 'approve-legal'
  | 'approve-security'
  | 'approve-prepared-legal'
  | 'approve-prepared-security'
  | 'publish'
  | 'answer-question'
  | 'decide-candidates'
  | 'decide-deviation'
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

/** A version of the demand that was kept after publication, for a corrigendum, and who kept it. */
export interface Prepared {
  hash: string;
  by: string;
}

/**
 * What waits for a person in one purchase, with the moment by which, where there is one; but obligations, which `home` finds across all
 * purchases. `prepared` is newer than the demand that stands. Pure.
 */
export function waitingFor(
  purchase: Purchase,
  { id, roles }: Pick<Actor, 'id' | 'roles'>,
  at: string,
  prepared: Prepared | null = null,
): { what: Waiting; due: string | null }[] {
  const found: { what: Waiting; due: string | null }[] = [];
  const add = (what: Waiting, due: string | null = null): void => void found.push({ what, due });
  const can = (action: Parameters<typeof may>[1]): boolean => may(roles, action);
  const { state, notice } = purchase;
  const closing = notice?.closing.instant ?? null;
  const opening = notice?.opening.instant ?? null;

  if (state === 'drafted' && purchase.demand && purchase.plan && can('purchase.edit')) add('specify');
  if (state === 'drafted' && can('consultation.manage'))
    for (const { until, outcome } of purchase.consultations)
      if (outcome === null && isLate(at, until)) add('close-consultation');
  if (state === 'specified' && purchase.demand) {
    const { hash, by } = purchase.demand;
    for (const as of approvers(purchase, roles, hash)) if (by !== id) add(`approve-${as}`);
    if (can('publish') && approvalFault(purchase, hash, null) === null) add('publish');
  }
  if (state === 'published' && prepared && prepared.by !== id)
    for (const as of approvers(purchase, roles, prepared.hash)) add(`approve-prepared-${as}`);
  if (state === 'published' && can('question.answer'))
    for (const question of purchase.questions) if (!question.answer) add('answer-question', closing);
  const proposed = state === 'opened' && can('deviation.decide') ? undecided(purchase, id) : [];
  // How many there are is for who has declared.
  const decidable = proposed.filter((lot) => hasDeclared(purchase, id, lot));
  const isNeeded = takesPart(purchase, id) || decidable.length < proposed.length;
  if (['closed', 'opened'].includes(state) && isNeeded && !hasDeclared(purchase, id, null))
    add('declare-conflict', opening);
  if (isBarred(purchase, id, null)) return found;
  if (awaitsCandidates(purchase, at) && can('request.decide')) add('decide-candidates');
  if (state === 'closed' && purchase.openers.includes(id) && !isPresent(purchase, 'quality', id))
    add('attend-opening', opening);
  if (state === 'opened') {
    for (const _ of decidable) add('decide-deviation');
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
  return found;
}

/** As what somebody with these roles is asked to approve a demand: where the last word on it is none, or a no. */
const approvers = (purchase: Purchase, roles: readonly string[], hash: string): ('legal' | 'security')[] =>
  (['legal', 'security'] as const).filter(
    (as) => roles.includes(as) && lastApproval(purchase, as, hash)?.verdict !== 'approved',
  );

/** The lots of deviations that keep them from being frozen until somebody answers the supplier, one each; not those that a conflict keeps this person from. */
const undecided = (purchase: Purchase, person: string): string[] => {
  const lotOf = new Map(countingOffers(purchase).map((offer) => [offer.id, offer.lot]));
  return purchase.deviations.flatMap(({ offer, status }) => {
    const lot = lotOf.get(offer);
    if (status !== 'proposed' || lot === undefined) return [];
    return isFrozen(purchase, lot) || isBarred(purchase, person, lot) ? [] : [lot];
  });
};

const takesPart = ({ openers, evaluators }: Purchase, person: string): boolean =>
  openers.includes(person) || evaluators.some((one) => one.person === person);

const isPresent = ({ openings, round }: Purchase, part: 'quality' | 'price', person: string): boolean =>
  openings.some(
    (one) =>
      one.part === part && one.round === round && (one.done !== null || one.present.some((p) => p.person === person)),
  );
