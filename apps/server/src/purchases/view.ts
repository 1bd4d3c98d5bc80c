import {
  ACTIONS,
  biddersKnown,
  COMMANDS,
  type Actor as Decider,
  isBarred,
  may,
  mayReadOffer,
  mayReadRequests,
  mayTouchOffers,
  type Purchase,
  type Request,
  upcoming,
} from '@proviso/procurement';
import { namesOf, type PurchaseRow, type TenantScope } from '@proviso/store';
import type { PurchaseView } from '../contract/purchasing.ts';
import type { Actor } from '../http/route.ts';
import { deciderOf } from './actors.ts';
import { documentOf } from './rows.ts';

/** Given by the server itself, from files and rows that a client could bend: see `demand/`, `opening/` and `probing/`. */
export const SERVER_COMMANDS: readonly string[] = [
  'demand.set',
  'offers.open',
  'price.open',
  'purchase.close',
  ...Object.keys(COMMANDS).filter((type) => type.startsWith('probe.')),
];

/** Can nobody give this command by the route of commands? A purchase may be closed by hand, too. */
export const isOfServer = (type: string): boolean => SERVER_COMMANDS.includes(type) && type !== 'purchase.close';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** A purchase as one person may see it at a moment, with names for its ids. */
export async function viewOf(
  trx: TenantScope,
  row: Pick<PurchaseRow, 'document' | 'version'>,
  actor: Actor,
  at: Date,
): Promise<PurchaseView> {
  const purchase = documentOf(row);
  const seen = visible(purchase, deciderOf(actor), at.toISOString());
  const { scopes, roles } = actor;
  const allowed = ACTIONS.filter((action) => may(roles, action) && (scopes === null || scopes.includes(action)));
  const barred = isBarredEverywhere(purchase, actor.id);
  const commands = Object.entries(COMMANDS).filter(
    ([type, { action, states }]) =>
      !SERVER_COMMANDS.includes(type) &&
      states.includes(purchase.state) &&
      allowed.includes(action) &&
      (!barred || type === 'conflict.declare'),
  );
  return {
    purchase: seen,
    version: row.version,
    commands: commands.map(([type]) => type),
    actions: allowed,
    upcoming: upcoming(purchase, at.toISOString()),
    names: await namesOf(trx, idsIn(seen)),
  };
}

/**
 * Takes out what somebody may not see: who bids, before the closing (Directive 2014/24/EU, Article 22(3)); what is in offers, before the
 * opening or with a conflict of interest; scores and awards by the same rules; who asked a question or spoke in a consultation; why somebody declared a conflict.
 */
export function visible(purchase: Purchase, actor: Decider, at: string): Purchase {
  const known = biddersKnown(purchase, at);
  const offers = known ? purchase.offers.map((offer) => offerFor(purchase, actor, offer)) : [];
  const readable = new Set(
    purchase.offers.filter((one) => mayReadOffer(purchase, actor, one) === null).map(({ id }) => id),
  );
  const nearLots = new Set(purchase.lots.filter(({ id }) => isNear(purchase, actor, id)).map(({ id }) => id));
  const mayScore = may(actor.roles, 'score.read');
  // Who reads awards reads the ranking, which follows from the frozen scores.
  const mayRank = mayScore || may(actor.roles, 'award.read');
  const evaluation = (one: Purchase['evaluation']): Purchase['evaluation'] => ({
    finished: one.finished,
    revealed: one.revealed,
    notApplicable: one.notApplicable.filter(({ lot }) => nearLots.has(lot)),
    amounts: one.amounts.filter(({ offer }) => mayScore && readable.has(offer)),
    explanations: one.explanations.filter(({ offer }) => readable.has(offer)),
    exclusions: one.exclusions.filter(({ offer }) => readable.has(offer)),
    frozen: one.frozen.filter(({ lot }) => mayRank && nearLots.has(lot)),
  });
  const seesAsker = may(actor.roles, 'question.answer');
  const seesAnswers = may(actor.roles, 'consultation.read');
  const seesNotes = actor.roles.includes('owner') || actor.roles.includes('auditor');
  return {
    ...purchase,
    offers,
    requests: known ? purchase.requests.map((one) => requestFor(purchase, actor, at, one)) : [],
    // What was corrected before it was confirmed is for the log; its hash shows that it was.
    openings: purchase.openings.map((one) => ({
      ...one,
      replaced: one.replaced.map((earlier) => ({
        ...earlier,
        offers: earlier.offers.map((offer) => ({ ...offer, contents: null, price: null })),
      })),
    })),
    deviations: purchase.deviations.filter(({ offer }) => readable.has(offer)),
    consultations: purchase.consultations.map((one) =>
      seesAnswers ? one : { ...one, answers: one.answers.map((answer) => ({ ...answer, supplier: '' })) },
    ),
    questions: purchase.questions.map((one) => (seesAsker ? one : { ...one, supplier: '' })),
    declarations: purchase.declarations.map((one) =>
      seesNotes || one.person === actor.id ? one : { ...one, note: '' },
    ),
    evaluation: evaluation(purchase.evaluation),
    earlier: purchase.earlier.map((one) => ({ ...one, evaluation: evaluation(one.evaluation) })),
    // Once the bidders were told, an award is no secret among the buyer's people.
    awards: purchase.awards.filter(
      ({ lot, standstill }) => may(actor.roles, 'award.read') && (nearLots.has(lot) || standstill !== null),
    ),
  };
}

function offerFor(purchase: Purchase, actor: Decider, offer: Purchase['offers'][number]): Purchase['offers'][number] {
  const mayPrice = may(actor.roles, 'price.read');
  if (mayReadOffer(purchase, actor, offer) === null) return mayPrice ? offer : { ...offer, price: null };
  return { ...offer, price: null, opened: offer.opened && { ...offer.opened, contents: null } };
}

/** Who asked to take part is known to all after the closing; why somebody was not chosen, to who may read the requests. */
function requestFor(purchase: Purchase, actor: Decider, at: string, one: Request): Request {
  if (one.decision === null || mayReadRequests(purchase, actor, at) === null) return one;
  return { ...one, decision: { ...one.decision, reason: '' } };
}

/** Auditors take no part in the choice; everybody else declares first. */
const isNear = (purchase: Purchase, { id, roles }: Decider, lot: string): boolean =>
  roles.includes('auditor') ? !isBarred(purchase, id, lot) : mayTouchOffers(purchase, id, lot) === null;

const isBarredEverywhere = (purchase: Purchase, person: string): boolean =>
  purchase.lots.every(({ id }) => isBarred(purchase, person, id));

/** All that looks like the id of a person or supplier, once each. */
function idsIn(value: unknown): string[] {
  const found = new Set<string>();
  const open: unknown[] = [value];
  while (open.length > 0) {
    const one = open.pop();
    if (typeof one === 'string') {
      if (UUID.test(one)) found.add(one);
    } else if (typeof one === 'object' && one !== null) open.push(...Object.values(one));
  }
  return [...found];
}
