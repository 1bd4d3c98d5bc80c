/** What a purchase itself says about who may do what, beyond the table of roles. */
import type { Actor } from './command.ts';
import { minute } from './commands/timing.ts';
import { may } from './permissions.ts';
import { procedureOf } from './procedures.ts';
import type { Offer, Request } from './purchase/offers.ts';
import type { Purchase, State } from './purchase/purchase.ts';
import { type Refusal, refuse } from './refusal.ts';
import { isLate } from './time/deadline.ts';

const AFTER_OPENING: readonly State[] = ['opened', 'evaluated', 'awarded', 'contracted', 'ended'];

/** Has this person declared a conflict of interest for a lot (for any, where `lot` is null)? It cannot be taken back. */
export function isBarred({ declarations }: Purchase, person: string, lot: string | null): boolean {
  return declarations.some(
    (one) => one.person === person && one.conflict && (one.lots === null || lot === null || one.lots.includes(lot)),
  );
}

/** Has this person declared at all, for this lot (for every lot, where null)? Directive 2014/24/EU, Article 24. */
export function hasDeclared({ declarations, lots }: Purchase, person: string, lot: string | null): boolean {
  const own = declarations.filter((one) => one.person === person);
  const wanted = lot === null ? lots.map(({ id }) => id) : [lot];
  return wanted.every((id) => own.some((one) => one.lots === null || one.lots.includes(id)));
}

/** Null where the person may come near the offers of a lot (of all lots, where null). */
export function mayTouchOffers(purchase: Purchase, person: string, lot: string | null): Refusal | null {
  if (isBarred(purchase, person, lot)) return refuse('conflict-declared', {}, lot ?? undefined);
  return hasDeclared(purchase, person, lot) ? null : refuse('declare-first', {}, lot ?? undefined);
}

/**
 * Null where somebody may read what is in an offer. Suppliers read their own at any time; the buyer's people after the opening and their own
 * declaration; auditors after the opening, since they take no part in the choice.
 */
export function mayReadOffer(purchase: Purchase, actor: Actor, offer: Offer): Refusal | null {
  const { id, roles, supplier } = actor;
  if (may(roles, 'offer.own') && supplier === offer.supplier) return null;
  if (!may(roles, 'offer.read')) return refuse('not-permitted');
  if (offer.opened === null || !wasOpened(purchase)) return refuse('still-sealed', {}, offer.id);
  if (isBarred(purchase, id, offer.lot)) return refuse('conflict-declared', {}, offer.lot);
  return roles.includes('auditor') ? null : mayTouchOffers(purchase, id, offer.lot);
}

/** Does the procedure begin with requests to take part, of which the buyer chooses? Directive 2014/24/EU, Articles 28 and 29. */
export const hasSelection = ({ description }: Pick<Purchase, 'description'>): boolean =>
  procedureOf(description.procedure).stages.includes('selection');

/** Have all suppliers had their time for requests to take part, and is it still to be decided who goes on? */
export const awaitsCandidates = ({ state, notice }: Purchase, at: string): boolean =>
  state === 'published' && notice?.stage === 'selection' && isLate(at, notice.closing);

/** Requests to take part that count: the last in time of each supplier. */
export function countingRequests({ requests }: Purchase): Request[] {
  return requests.filter(
    (one, i) => !one.late && !requests.slice(i + 1).some((next) => next.supplier === one.supplier && !next.late),
  );
}

/**
 * Null where somebody may read what requests to take part say: after their closing (Directive 2014/24/EU, Article 22(3)) and their own
 * declaration; auditors after the closing.
 */
export function mayReadRequests(purchase: Purchase, { id, roles }: Actor, at: string): Refusal | null {
  if (!may(roles, 'request.read')) return refuse('not-permitted', { action: 'request.read' });
  if (!biddersKnown(purchase, at)) return refuse('still-open', { until: minute(purchase.notice?.closing.local ?? '') });
  if (isBarred(purchase, id, null)) return refuse('conflict-declared');
  return roles.includes('auditor') ? null : mayTouchOffers(purchase, id, null);
}

/** Were offers opened, in this round or one before, however the purchase ended? */
export function wasOpened({ state, stopped, round }: Purchase): boolean {
  return round > 1 || AFTER_OPENING.includes(stopped?.from ?? state);
}

/** Evaluators of a lot who have declared no conflict. */
export function evaluatorsOf(purchase: Purchase, lot: string): string[] {
  return purchase.evaluators
    .filter(({ person, lots }) => (lots === null || lots.includes(lot)) && !isBarred(purchase, person, lot))
    .map(({ person }) => person);
}

/** Have all evaluators of a lot, at least two, finished? */
export function allFinished(purchase: Purchase, lot: string): boolean {
  const people = evaluatorsOf(purchase, lot);
  return people.length >= 2 && people.every((person) => hasFinished(purchase, person, lot));
}

/** Have evaluators seen each other's scores of a lot? From when all had finished; a conflict that is declared later hides nothing again. */
export function isRevealed({ evaluation }: Purchase, lot: string): boolean {
  return evaluation.revealed.some((one) => one.lot === lot);
}

/** Keeps for good which lots' scores are known; called after every command, since a conflict or a name less can bring it about too. */
export function recordRevealed(draft: Purchase, at: string): void {
  for (const { id: lot } of draft.lots)
    if (!isRevealed(draft, lot) && allFinished(draft, lot)) draft.evaluation.revealed.push({ lot, at });
}

export function hasFinished({ evaluation }: Purchase, person: string, lot: string): boolean {
  return evaluation.finished.some((one) => one.evaluator === person && one.lot === lot);
}

export function isFrozen({ evaluation }: Purchase, lot: string): boolean {
  return evaluation.frozen.some((one) => one.lot === lot);
}

/** Lots that are still to be awarded or were. */
export function openLots({ lots, cancelled }: Purchase): Purchase['lots'] {
  return lots.filter(({ id }) => !cancelled.some(({ lot }) => lot === id));
}

/** Offers of this round that count: in time, not replaced, not withdrawn, of lots that were not cancelled. */
export function countingOffers(purchase: Purchase, lot: string | null = null): Offer[] {
  const open = new Set(openLots(purchase).map(({ id }) => id));
  return purchase.offers.filter(
    (one) =>
      one.round === purchase.round &&
      !one.late &&
      one.replacedBy === null &&
      one.withdrawn === null &&
      open.has(one.lot) &&
      (lot === null || one.lot === lot),
  );
}

/** Suppliers that bid in time for a lot in any round: all of them are told how it ended, Directive 89/665/EEC, Articles 2a(2) and 2b(b). */
export function bidders({ offers }: Purchase, lot: string): string[] {
  const stood = offers.filter(
    (one) => one.lot === lot && !one.late && one.replacedBy === null && one.withdrawn === null,
  );
  return [...new Set(stood.map(({ supplier }) => supplier))];
}

/** The requirements a lot is judged by, in the order of the demand. */
export function linesOfLot({ demand, lots }: Purchase, lot: string): NonNullable<Purchase['demand']>['lines'] {
  const own = lots.find(({ id }) => id === lot)?.requirements ?? null;
  return (demand?.lines ?? []).filter(({ id }) => own === null || own.includes(id));
}

/** Requirements of a lot that two evaluators found not to apply: out of both sums, for every offer alike. */
export function notApplicableIn({ evaluation }: Purchase, lot: string): Purchase['evaluation']['notApplicable'] {
  return evaluation.notApplicable.filter((one) => one.lot === lot && one.agreed !== null);
}

/** The last word of legal or security on a demand (the one that stands, unless another is named) since it was last declared ready. */
export function lastApproval(
  { approvals, demand, specified }: Purchase,
  as: 'legal' | 'security',
  hash = demand?.hash,
): Purchase['approvals'][number] | null {
  return (
    approvals.findLast((one) => one.as === as && one.demand === hash && one.specified === specified?.count) ?? null
  );
}

/** Is the list of bidders complete, so that people can say whether they have a conflict with one of them? */
export function biddersKnown(purchase: Purchase, at: string): boolean {
  return purchase.state !== 'published' || purchase.invited !== null || awaitsCandidates(purchase, at);
}
