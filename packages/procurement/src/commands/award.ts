import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { type Context, command, hasPassed, madeBy } from '../command.ts';
import { amount, day, id, localTime, reason, requirementId, sha256 } from '../fields.ts';
import { bidders, countingOffers, mayTouchOffers, openLots } from '../guards.ts';
import { obligationsOf } from '../obligations.ts';
import { procedureOf, standstill } from '../procedures.ts';
import type { Award } from '../purchase/contract.ts';
import type { Purchase } from '../purchase/purchase.ts';
import { type Refusal, refuse } from '../refusal.ts';
import { withAmounts } from '../scoring/assemble.ts';
import { score } from '../scoring/recompute.ts';
import type { OfferResult } from '../scoring/v1/score.ts';
import { compareInstants, deadlineAt, deadlineOf } from '../time/deadline.ts';
import { endOfPeriod } from '../time/period.ts';
import { validUntil } from '../time/validity.ts';
import { doubled, localFault } from './checks.ts';
import { minute } from './timing.ts';

export const awardCommands = {
  'award.decide': command({
    input: z.strictObject({ lot: id, offers: z.array(id).min(1).max(50), reason, draw: reason.nullable() }),
    states: ['evaluated'],
    action: 'award.decide',
    decide(draft, { lot, offers, reason: why, draw }, context) {
      const own = openLots(draft).find((one) => one.id === lot);
      const frozen = draft.evaluation.frozen.find((one) => one.lot === lot);
      if (!own || !frozen) return refuse('unknown', { id: lot }, 'lot');
      const guard = mayTouchOffers(draft, context.by.id, lot);
      if (guard) return guard;
      if (currentAward(draft, lot)) return refuse('already-awarded', { lot }, 'lot');
      const twice = doubled(offers);
      if (twice !== null) return refuse('twice', { id: twice }, 'offers');
      if (offers.length > own.winners) return refuse('too-many-winners', { winners: own.winners }, 'offers');
      const input = withAmounts(draft, frozen.input);
      const result = score(input);
      const ranked = result.offers.filter(({ rank }) => rank !== null);
      const fault =
        choiceFault(ranked, offers, draw !== null, input.tieBreak.includes('draw')) ??
        expiredFault(draft, offers, context);
      if (fault) return fault;
      draft.awards.push({
        lot,
        offers,
        reason: why,
        draw,
        input,
        result,
        standstill: null,
        withdrawn: null,
        ...madeBy(context),
      });
      settle(draft);
      return { events: [{ type: 'award.decided', ids: { lot, offers: offers.join(' ') } }] };
    },
  }),
  /** A supplier has agreed in writing to stay bound for longer; `evidence` is its letter. Needed for an award after the offers ran out. */
  'validity.extend': command({
    input: z.strictObject({ offer: id, until: localTime, evidence: sha256 }),
    states: ['opened', 'evaluated', 'awarded'],
    action: 'validity.extend',
    decide(draft, { offer, until: local, evidence }, context) {
      const found = countingOffers(draft).find((one) => one.id === offer);
      if (!found || !draft.notice) return refuse('unknown', { id: offer }, 'offer');
      const { zone } = draft.description;
      const fault = localFault(local, zone, 'until');
      if (fault) return fault;
      const until = deadlineAt(local, zone);
      const before = validUntil(draft.notice, found);
      if (compareInstants(until.instant, before.instant) <= 0)
        return refuse('never-shorter', { from: minute(before.local) }, 'until');
      found.extended.push({ until, evidence, ...madeBy(context) });
      return { events: [{ type: 'validity.extended', ids: { offer }, hashes: [evidence] }] };
    },
  }),
  /** The bidders are told; the standstill runs from the day after: Directive 89/665/EEC, Article 2a(2). */
  'award.notify': command({
    input: z.strictObject({ lot: id, means: z.enum(['electronic', 'other', 'none']) }),
    states: ['awarded'],
    action: 'award.decide',
    decide(draft, { lot, means }, context) {
      const found = currentAward(draft, lot);
      if (!found) return refuse('unknown', { id: lot }, 'lot');
      if (found.standstill) return refuse('already-notified', { lot });
      const { zone, procedure } = draft.description;
      const alone = bidders(draft, lot).length === 1;
      if (means === 'none' && procedureOf(procedure).standstill && !alone)
        return refuse('standstill-due', { source: standstill.electronic.source }, 'means');
      const end =
        means === 'none'
          ? deadlineOf(context.at, zone)
          : endOfPeriod(context.at, { days: standstill[means].days }, zone, context.calendar).end;
      found.standstill = { sent: context.at, means, end };
      return { events: [{ type: 'award.notified', ids: { lot } }] };
    },
  }),
  'award.withdraw': command({
    input: z.strictObject({ lot: id, reason }),
    states: ['evaluated', 'awarded'],
    action: 'award.decide',
    decide(draft, { lot, reason: why }, context) {
      const found = currentAward(draft, lot);
      if (!found) return refuse('unknown', { id: lot }, 'lot');
      if (draft.contracts.some((one) => one.lot === lot)) return refuse('already-signed');
      found.withdrawn = { reason: why, ...madeBy(context) };
      draft.state = 'evaluated';
      return { events: [{ type: 'award.withdrawn', ids: { lot } }] };
    },
  }),
  /** Every clause becomes an obligation; what was demanded and is no clause is listed with why. */
  'contract.sign': command({
    input: z.strictObject({
      lot: id,
      offer: id,
      from: day,
      to: day,
      hash: sha256,
      value: amount.nullable(),
      owner: id,
      owners: z.array(z.strictObject({ requirement: requirementId, owner: id })).max(1000),
      dropped: z.array(z.strictObject({ requirement: requirementId, reason })).max(1000),
    }),
    states: ['awarded'],
    action: 'contract.sign',
    decide(draft, input, context) {
      const found = currentAward(draft, input.lot);
      if (!found?.offers.includes(input.offer)) return refuse('not-awarded', { offer: input.offer }, 'offer');
      if (draft.contracts.some((one) => one.lot === input.lot && one.offer === input.offer))
        return refuse('already-signed');
      if (!found.standstill) return refuse('notify-first', { lot: input.lot });
      const { means, end } = found.standstill;
      if (means !== 'none' && !hasPassed(context, end)) return refuse('standstill-runs', { until: minute(end.local) });
      if (compareInstants(`${input.to}T00:00:00Z`, `${input.from}T00:00:00Z`) <= 0)
        return refuse('ends-before-start', {}, 'to');
      const { contractMonths: months } = draft.description;
      if (isLongerThan(input, months)) return refuse('contract-too-long', { months }, 'to');
      const made = obligationsOf(draft, input);
      const strange = [...input.owners, ...input.dropped].find(
        ({ requirement }) => !made.demanded.includes(requirement),
      );
      if (strange) return refuse('not-demanded', { requirement: strange.requirement });
      const { lot, offer, from, to, hash, value } = input;
      draft.contracts.push({ lot, offer, signed: context.at, from, to, hash, value, ...madeBy(context) });
      draft.obligations.push(...made.obligations);
      draft.dropped.push(...made.dropped);
      settle(draft);
      return {
        events: [
          { type: 'contract.signed', ids: { lot, offer, obligations: made.obligations.length }, hashes: [hash] },
        ],
      };
    },
  }),
};

/** Awarded when every open lot is; contracted when every one of those awards is signed. Cancelling the last open lot can bring it there too. */
export function settle(draft: Purchase): void {
  const awards = openLots(draft).map((one) => currentAward(draft, one.id));
  if (!awards.every((one) => one !== undefined)) return;
  const signed = awards.every(({ lot, offers }) =>
    offers.every((offer) => draft.contracts.some((one) => one.lot === lot && one.offer === offer)),
  );
  draft.state = signed ? 'contracted' : 'awarded';
}

/** The award of a lot that stands. */
export function currentAward({ awards }: Purchase, lot: string): Award | undefined {
  return awards.find((one) => one.lot === lot && one.withdrawn === null);
}

/** Bidders are free after the days that the notice states, unless they agreed to more. */
function expiredFault({ notice, offers: all }: Purchase, offers: readonly string[], context: Context): Refusal | null {
  for (const offer of all.filter((one) => offers.includes(one.id))) {
    const until = notice && validUntil(notice, offer);
    if (until && hasPassed(context, until))
      return refuse('offer-expired', { offer: offer.id, until: minute(until.local) }, 'offers');
  }
  return null;
}

/** What was published is also the most: for a framework `descriptionFault` has held it to Article 33(1) of Directive 2014/24/EU. */
function isLongerThan({ from, to }: { from: string; to: string }, months: number): boolean {
  return Temporal.PlainDate.compare(to, Temporal.PlainDate.from(from).add({ months })) > 0;
}

/** Winners are the best ranked; equals at the edge that the stated rules leave are drawn by people, and the draw is recorded. */
function choiceFault(ranked: readonly OfferResult[], offers: readonly string[], drawn: boolean, mayDraw: boolean) {
  const rankOf = new Map(ranked.map(({ id: own, rank }) => [own, rank ?? 0]));
  const strange = offers.find((one) => !rankOf.has(one));
  if (strange !== undefined) return refuse('not-ranked', { offer: strange }, 'offers');
  const last = Math.max(...offers.map((one) => rankOf.get(one) ?? 0));
  const passed = ranked.filter(({ id: own, rank }) => !offers.includes(own) && (rank ?? 0) <= last);
  const better = passed.find(({ rank }) => (rank ?? 0) < last);
  if (better) return refuse('better-passed', { offer: better.id }, 'offers');
  if (passed.length === 0 || drawn) return null;
  return mayDraw ? refuse('draw-needed', {}, 'draw') : refuse('tie-not-broken', { offer: passed[0]?.id ?? '' }, 'draw');
}
