/** What may be probed of a supplier's service, by whom and when: the rules beside the table of roles. */
import { Temporal } from 'temporal-polyfill';
import type { Actor } from './command.ts';
import { countingOffers, mayReadOffer } from './guards.ts';
import type { Purchase } from './purchase/purchase.ts';
import { type Refusal, refuse } from './refusal.ts';
import { dayIn } from './time/deadline.ts';

/** How often names are probed while a contract runs. */
export const PROBE_EVERY = ['off', 'weekly', 'monthly'] as const;
export type ProbeEvery = (typeof PROBE_EVERY)[number];

/**
 * Null where somebody may see what a supplier agreed to and what probes found, and have it looked at: who may read one of its opened offers. For
 * the server's own schedule the offer must be open.
 */
export function mayProbe(purchase: Purchase, actor: Actor, supplier: string): Refusal | null {
  const own = countingOffers(purchase).filter((one) => one.supplier === supplier);
  if (own.length === 0) return refuse('unknown', { id: supplier }, 'supplier');
  if (actor.roles.includes('system'))
    return own.some(({ opened }) => opened !== null) ? null : refuse('still-sealed', {}, 'supplier');
  const refusals = own.map((offer) => mayReadOffer(purchase, actor, offer));
  return refusals.includes(null) ? null : (refusals[0] ?? null);
}

/** Suppliers whose names are probed on a schedule: those under contract, while it runs. */
export function probesThrough({ state, contracts, offers }: Purchase, day: string): string[] {
  if (!['evaluated', 'awarded', 'contracted'].includes(state)) return [];
  const running = contracts.filter(({ from, to }) => from <= day && day <= to).map(({ offer }) => offer);
  return [...new Set(offers.filter(({ id }) => running.includes(id)).map(({ supplier }) => supplier))];
}

/** The moment from which names are due to be probed again; null where they are not. */
export function probeDueAt(last: string | null, every: ProbeEvery): string | null {
  if (every === 'off') return null;
  if (last === null) return '1970-01-01T00:00:00Z';
  const step = every === 'weekly' ? { days: 7 } : { months: 1 };
  // Half a day early: the schedule comes once a night, and not always at the same minute.
  return Temporal.Instant.from(last).toZonedDateTimeISO('UTC').add(step).subtract({ hours: 12 }).toInstant().toString();
}

/** Does a failing check still pass as accepted? To the end of its last day, where the purchase is. */
export function waiverStands(
  { until, ended }: { until: string; ended: string | null },
  { description }: Pick<Purchase, 'description'>,
  at: string,
): boolean {
  return ended === null && until >= dayIn(at, description.zone);
}
