import { isLate, type Purchase, type Upcoming, upcoming } from '@proviso/procurement';
import { countStates, lastPurchases, newestDemands, owedInAll, type TenantScope } from '@proviso/store';
import { type Home, home } from '../contract/purchasing.ts';
import { type Actor, type Route, route } from '../http/route.ts';
import { calendarAddress } from '../messages/calendar.ts';
import { AHEAD } from '../messages/reminders.ts';
import { waiversEnding } from '../probing/waiting.ts';
import { inTenant } from './address.ts';
import { documentOf } from './rows.ts';
import { waitingFor } from './waiting.ts';

/** States in which somebody may be waited for. */
const ACTIVE = ['drafted', 'specified', 'published', 'closed', 'opened', 'evaluated', 'awarded', 'contracted'];
/** The last changed; older ones are found in the list of purchases. */
const LOOKED_AT = 100;
const SHOWN = 50;

export const homeRoutes: readonly Route[] = [
  route({
    method: 'GET',
    url: '/api/t/:tenant/home',
    access: { member: true },
    summary: 'What waits for me, and what is due',
    params: inTenant,
    response: home,
    handle: async ({ trx, deps, actor }) => {
      const at = deps.now().toISOString();
      const rows = await lastPurchases(trx, ACTIVE, LOOKED_AT);
      const all = rows.map((row) => ({ ...row, purchase: documentOf(row) }));
      const prepared = await preparedOf(
        trx,
        all.map(({ purchase }) => purchase),
      );
      const waiting = all.flatMap(({ id, title, purchase }) =>
        waitingFor(purchase, actor, at, prepared.get(id)).map((one) => ({ purchase: id, title, ...one })),
      );
      const ending = await waiversEnding(trx, actor, all, at);
      const deadlines = all.flatMap(({ id, title, purchase }) =>
        deadlinesOf(purchase, at).map(({ kind, deadline }) => ({ purchase: id, title, kind, at: deadline.instant })),
      );
      const owed = await obligationsOf(trx, actor, deps.now());
      return {
        waiting: [...counted([...waiting, ...ending]), ...owed.waiting]
          .toSorted(byMoment(({ due }) => due))
          .slice(0, SHOWN),
        deadlines: [...counted(deadlines), ...owed.deadlines].toSorted(byMoment((one) => one.at)).slice(0, SHOWN),
        states: Object.fromEntries(await countStates(trx)),
        calendar: await calendarAddress(trx, deps, { tenant: actor.tenant, person: actor.id }),
      };
    },
  }),
];

/** Versions that wait for a corrigendum, by the purchase: newer than what suppliers answer. */
async function preparedOf(trx: TenantScope, purchases: readonly Purchase[]) {
  const published = purchases.filter(({ state }) => state === 'published');
  const newest = await newestDemands(
    trx,
    published.map(({ id }) => id),
  );
  return new Map(
    published.flatMap(({ id, demand }) => {
      const last = newest.get(id);
      return last && last.n > (demand?.version ?? 0)
        ? [[id, { hash: last.hash.toString('hex'), by: last.by }] as const]
        : [];
    }),
  );
}

/**
 * Duties of contracts, however long ago their purchase was changed: one's own from the day on which one was reminded, and those to come of
 * everybody.
 */
async function obligationsOf(trx: TenantScope, actor: Actor, now: Date): Promise<Pick<Home, 'waiting' | 'deadlines'>> {
  const mine = await owedInAll(trx, { owner: actor.id, to: new Date(now.getTime() + AHEAD), limit: SHOWN });
  const next = await owedInAll(trx, { from: now, limit: SHOWN });
  return {
    waiting: mine.map(({ due, ...one }) => ({ ...one, what: 'obligation', due: due.toISOString() })),
    deadlines: next.map(({ due, ...one }) => ({ ...one, kind: 'obligation-due', at: due.toISOString() })),
  };
}

/** The same in one line, with how many there are: ten open questions wait as one thing. */
function counted<One extends object>(all: readonly One[]): (One & { count: number })[] {
  const found = new Map<string, One & { count: number }>();
  for (const one of all) {
    const key = JSON.stringify(one);
    found.set(key, { ...one, count: (found.get(key)?.count ?? 0) + 1 });
  }
  return [...found.values()];
}

/** A purchase that was kept has the deadlines it had; reckoning a hundred of them anew takes longer than all the rest of the page. */
const reckoned = new WeakMap<Purchase, Upcoming[]>();
const BEFORE_ALL = '1970-01-01T00:00:00Z';

/** But the duties of its contracts, which are found for all purchases at once. */
function deadlinesOf(purchase: Purchase, at: string): Upcoming[] {
  const all = reckoned.get(purchase) ?? upcoming(purchase, BEFORE_ALL).filter(({ kind }) => kind !== 'obligation-due');
  reckoned.set(purchase, all);
  return all.filter(({ deadline }) => !isLate(at, deadline));
}

/** The nearest first; what has no moment comes last, in the order it had. */
const byMoment =
  <One>(of: (one: One) => string | null) =>
  (a: One, b: One): number =>
    (of(a) === null ? Number.POSITIVE_INFINITY : Date.parse(of(a) ?? '')) -
      (of(b) === null ? Number.POSITIVE_INFINITY : Date.parse(of(b) ?? '')) || 0;
