import type { Language } from '@proviso/catalogue';
import { ownQuestions, type Purchase, publicQuestions } from '@proviso/procurement';
import { type PurchaseKeys, readPurchaseKeys } from '@proviso/sealing';
import { getKeys, getSupplier, readDraft, type TenantScope } from '@proviso/store';
import type { OfferAsked, OfferView } from '../contract/offering.ts';
import type { Deps } from '../http/deps.ts';
import { HttpProblem } from '../http/problem.ts';
import type { LinkActor } from '../http/route.ts';
import { buyerOf } from '../messages/tenant.ts';
import { roundOf } from '../opening/keys.ts';
import { ownRequests } from '../requests/view.ts';
import { askedForm } from './asked-form.ts';
import { consultationsFor, shownDemand } from './consultation.ts';
import { earlierDemands } from './earlier-demands.ts';
import { readPurchase } from './read-purchase.ts';

/** Steps of a deviation that are the buyer's. */
const DECIDED: readonly string[] = ['accepted', 'countered', 'refused'];

/** Name of the one draft that a link has. */
export const DRAFT = 'all';

/**
 * A purchase as one supplier sees it: what is published, and its own questions and offers. Nothing of others, not even how many there are.
 * @throws HttpProblem 409 `not-published` while there is nothing to answer yet
 */
export async function offerView(
  trx: TenantScope,
  deps: Pick<Deps, 'now' | 'files'>,
  actor: LinkActor,
  asked?: Language,
): Promise<OfferView> {
  const { purchase } = await readPurchase(trx, actor.purchase);
  const now = deps.now().toISOString();
  const language = asked ?? purchase.description.language;
  const demand = shownDemand(purchase);
  const form = demand === null ? null : await askedForm(trx, purchase.id, demand, language);
  if (!form || demand === null) throw new HttpProblem(409, 'not-published');
  const own = purchase.offers.filter((one) => one.supplier === actor.supplier);
  const ids = new Set(own.map(({ id }) => id));
  const supplier = await getSupplier(trx, actor.supplier);
  const drafts = await readDraft(trx, actor.invitation);
  const { title, reference } = purchase.description;
  const sealed = offerAsked(purchase, demand, purchase.notice ? await keysOf(trx, purchase) : null);
  return {
    ...sealed,
    purchase: {
      ...sealed.purchase,
      title,
      reference,
      buyer: await buyerOf(trx),
      state: purchase.state,
      stage: purchase.notice?.stage ?? null,
      questionsUntil: purchase.notice?.questionsUntil.instant ?? null,
      now,
      language: purchase.description.language,
    },
    invitation: actor.invitation,
    supplier: { id: actor.supplier, name: supplier?.name ?? '' },
    invited: purchase.invited?.includes(actor.supplier) ?? true,
    selection: await ownRequests(trx, purchase, actor),
    earlier: earlierDemands(purchase),
    form: form.form,
    questions: publicQuestions(purchase),
    own: ownQuestions(purchase, actor.supplier).map(({ id, text, at, answer }) => ({
      id,
      text,
      at,
      answered: answer !== null,
    })),
    corrigenda: purchase.corrigenda.map(({ id, at, reason, changed, closing }) => ({
      id,
      at,
      reason,
      changed,
      closing: closing?.to.instant ?? null,
    })),
    consultations: await consultationsFor(deps, purchase, actor.supplier, now),
    deviations: purchase.deviations
      .filter(({ offer, status }) => ids.has(offer) && status !== 'proposed')
      .map(({ offer, requirement, proposal, status, counter, steps }) => ({
        offer,
        requirement,
        proposal,
        status,
        counter,
        // The buyer's own: the last step may be the supplier's.
        reason: steps.findLast(({ status: step }) => DECIDED.includes(step))?.reason ?? '',
      })),
    explanations: purchase.evaluation.explanations
      .filter(({ offer }) => ids.has(offer))
      .map(({ offer, asked: at, reply }) => ({ offer, asked: at, replied: reply !== null })),
    offers: own
      .map(({ id, lot, at, late, bytes, replacedBy, withdrawn }) => ({
        id,
        lot,
        at,
        late,
        bytes,
        replaced: replacedBy !== null,
        withdrawn: withdrawn !== null,
      }))
      .reverse(),
    draft: drafts.find(({ part }) => part === DRAFT)?.version ?? 0,
  };
}

/** What an offer is to be sealed for. Nothing in it is one supplier's. */
export function offerAsked(purchase: Purchase, demand: string, keys: PurchaseKeys | null): OfferAsked {
  return {
    purchase: {
      id: purchase.id,
      lots: purchase.lots.map((lot) => ({ id: lot.id, title: lot.title })),
      zone: purchase.description.zone,
      closing: purchase.notice?.closing.instant ?? null,
    },
    demand,
    keys,
    price: {
      asked: purchase.plan?.criteria.some(({ kind }) => kind === 'price') ?? false,
      apart: purchase.plan?.priceApart ?? false,
    },
  };
}

/** The public keys of a purchase's present round; null before they are made. */
export async function keysOf(trx: TenantScope, purchase: Purchase): Promise<PurchaseKeys | null> {
  const row = await getKeys(trx, roundOf(purchase));
  return row ? readPurchaseKeys(row.keys) : null;
}
