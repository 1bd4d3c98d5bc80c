import { isLate, type Purchase, type Upcoming, upcoming } from '@proviso/procurement';
import { countStates, lastPurchases } from '@proviso/store';
import { home } from '../contract/purchasing.ts';
import { type Route, route } from '../http/route.ts';
import { calendarAddress } from '../messages/calendar.ts';
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
      const waiting = all.flatMap(({ id, title, purchase }) =>
        waitingFor(purchase, actor, at).map((one) => ({ purchase: id, title, ...one })),
      );
      const ending = await waiversEnding(trx, actor, all, at);
      const deadlines = all.flatMap(({ id, title, purchase }) =>
        deadlinesOf(purchase, at).map(({ kind, deadline }) => ({ purchase: id, title, kind, at: deadline.instant })),
      );
      return {
        waiting: [...waiting, ...ending].toSorted(byMoment(({ due }) => due)).slice(0, SHOWN),
        deadlines: deadlines.toSorted(byMoment((one) => one.at)).slice(0, SHOWN),
        states: Object.fromEntries(await countStates(trx)),
        calendar: await calendarAddress(trx, deps, { tenant: actor.tenant, person: actor.id }),
      };
    },
  }),
];

/** A purchase that was kept has the deadlines it had; reckoning a hundred of them anew takes longer than all the rest of the page. */
const reckoned = new WeakMap<Purchase, Upcoming[]>();
const BEFORE_ALL = '1970-01-01T00:00:00Z';

function deadlinesOf(purchase: Purchase, at: string): Upcoming[] {
  const all = reckoned.get(purchase) ?? upcoming(purchase, BEFORE_ALL);
  reckoned.set(purchase, all);
  return all.filter(({ deadline }) => !isLate(at, deadline));
}

/** The nearest first; what has no moment comes last, in the order it had. */
const byMoment =
  <One>(of: (one: One) => string | null) =>
  (a: One, b: One): number =>
    (of(a) === null ? Number.POSITIVE_INFINITY : Date.parse(of(a) ?? '')) -
      (of(b) === null ? Number.POSITIVE_INFINITY : Date.parse(of(b) ?? '')) || 0;
