import { withTenant } from '@proviso/store';
import { z } from 'zod';
import { HttpProblem } from '../http/problem.ts';
import { type Route, route } from '../http/route.ts';
import { inTenant } from '../purchases/address.ts';
import { calendarAddress, calendarOf, isCurrent, newCalendarAddress, ownerIn } from './calendar.ts';

const address = z.object({ address: z.string() });

/** The calendar of deadlines: its secret address, and the feed itself. */
export const routes: Route[] = [
  route({
    method: 'GET',
    url: '/api/t/:tenant/calendar',
    access: { member: true },
    summary: 'The secret address of my calendar of deadlines',
    params: inTenant,
    response: address,
    handle: async ({ trx, deps, actor }) => ({
      address: await calendarAddress(trx, deps, { tenant: actor.tenant, person: actor.id }),
    }),
  }),
  route({
    method: 'POST',
    url: '/api/t/:tenant/calendar',
    access: { member: true },
    summary: 'Gives my calendar another address; the one before ends',
    params: inTenant,
    response: address,
    handle: async ({ trx, deps, actor }) => ({
      address: await newCalendarAddress(trx, deps, { tenant: actor.tenant, person: actor.id }),
    }),
  }),
  route({
    method: 'GET',
    url: '/calendar/:file',
    access: { open: 'A calendar program cannot sign in; the address is the secret.' },
    summary: 'Deadlines of all running purchases, as an iCalendar file',
    params: z.object({ file: z.string().max(100) }),
    response: 'bytes',
    handle: async ({ deps, params, reply }) => {
      const owner = ownerIn(params.file.replace(/\.ics$/, ''));
      if (!owner) throw new HttpProblem(404, 'not-found');
      const file = await withTenant(deps.store.db, owner.tenant, async (trx) =>
        (await isCurrent(trx, deps, owner)) ? await calendarOf(trx, deps, owner.tenant) : null,
      );
      if (file === null) throw new HttpProblem(404, 'not-found');
      reply.type('text/calendar; charset=utf-8').header('cache-control', 'private, max-age=900');
      return file;
    },
  }),
];
